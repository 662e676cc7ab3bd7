"""Reports to export, any that can be: both editions, any figures, blanks and marks, any text. No database."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from agencies.models import Agency, Division
from reports.exporting.fonts.build import gb2312
from reports.importing.chapters import heading_of
from reports.importing.parsed import ParsedReport
from reports.models import FIGURES_MODELS, Report, Version
from reports.standard import NARRATIVE_PARTS
from reports.standard.elements import Edition, Figure

MARKS = ("/", "-", "—", "——", "\\", "无", "暂无", "不适用", "N/A", "×")
CONTACT = {
    "contact_address": "示例县青山镇（东街）1号，二楼",
    "contact_postcode": "990101",
    "contact_phone": "0900-6013001转2",
    "website": "http://www.qingshan.gov.example/nb/index.html?y=1",
}

_HAN = "".join(sorted(character for character in gb2312() if "\u4e00" <= character <= "\u9fff"))
_LATIN = "ABCXYZabcxyz0123456789"
_POINTS = "，。；：、！？（）《》“”‘’—…·%%.,;:!?()[]<>&\"'/\\=+-@#*_|~^$`{}"
_words = st.one_of(
    st.text(_HAN, min_size=1, max_size=20),
    st.text(_LATIN, min_size=1, max_size=8),
    st.sampled_from(_POINTS),
    st.sampled_from(
        (
            "2022年",
            "收到申请3件，",
            "其他",
            "总计",
            "无",
            "全年未收取信息处理费。",
            "（一）",
            "1.",
            " ",
            "WPS Office 2019",
            "12",
        )
    ),
)


def _stands(text: str) -> bool:
    """Whether it can be told from the form's own chapter headings, and from what any page carries around a report."""
    return bool(text) and not any(heading_of(part) for part in (text, text.rstrip("。")))


def _one_space(words: list[str]) -> str:
    return re.sub(r" +", " ", "".join(words)).strip()


paragraph = st.lists(_words, min_size=1, max_size=40).map(_one_space).filter(_stands)
prose = st.lists(paragraph, max_size=4).map("\n".join)
# What stands around a table and says no more than one of its labels is that label.
notes = st.lists(paragraph.map("说明：{}".format), max_size=2).map("\n".join)


def _value(figure: Figure) -> st.SearchStrategy[Any]:
    least = -999 if figure.column.signed else 0
    if figure.column.decimal:
        number: st.SearchStrategy[Any] = st.decimals(0, 10**9, places=6) | st.integers(0, 99).map(Decimal)
    else:
        number = st.integers(least, 30) | st.integers(least, 10**9 - 1)
    return st.one_of(st.just(0), st.just(0), number, st.none(), st.sampled_from(MARKS))


@st.composite
def versions(draw: st.DrawFn, form: Edition) -> Version:
    """A published version; a few cells differ from zero, in any way a cell can."""
    odd = draw(st.lists(st.sampled_from(sorted(form.figures)), max_size=40, unique=True))
    values: dict[str, Any] = {key: draw(_value(form.figures[key])) for key in odd}
    if draw(st.integers(0, 4)) == 0:
        # A whole row that is blank or bears marks.
        row = form.figures[draw(st.sampled_from(sorted(form.figures)))].row_key
        fill = draw(st.none() | st.sampled_from(MARKS))
        values |= {key: fill for key, figure in form.figures.items() if figure.row_key == row}
    last = form.last_year or 2030
    return make_version(
        form,
        draw(st.integers(form.first_year, last)),
        {key: value for key, value in values.items() if not isinstance(value, str)},
        {key: value for key, value in values.items() if isinstance(value, str)},
        {part: draw(notes if part == "notes" else prose) for part in NARRATIVE_PARTS},
        CONTACT if draw(st.booleans()) else {},
    )


def make_version(
    form: Edition,
    year: int,
    figures: dict[str, Any],
    marks: dict[str, str],
    narrative: dict[str, str],
    fields: dict[str, Any] | None = None,
) -> Version:
    """What is neither in `figures` nor in `marks` is zero."""
    division = Division(code="990101101000", name="青山镇", level="township")
    agency = Agency(code="990101101000", name="青山镇人民政府", kind="township", division=division)
    version = Version(
        report=Report(agency=agency, year=year),
        number=1,
        edition=form.name,
        marks=marks,
        **narrative,
        **{"printed_name": "示例县青山镇人民政府", **(fields or {})},
    )
    zeros: dict[str, Any] = dict.fromkeys(form.figures, 0)
    values = zeros | dict.fromkeys(marks) | figures
    FIGURES_MODELS[form.name](
        version=version, **{figure.field_name: values[key] for key, figure in form.figures.items()}
    )
    return version


def essence(version: Version) -> dict[str, Any]:
    """What has to come back."""
    return {
        "edition": version.edition,
        "year": version.report.year,
        "agency": version.printed_name,
        "figures": version.figures,
        "marks": version.marks,
        "narrative": {part: text.split("\n") for part, text in version.narrative.items()},
        "contact": [version.contact_address, version.contact_postcode, version.contact_phone, version.website],
        "missing_tables": tuple(version.missing_tables),
    }


def essence_of_parsed(parsed: ParsedReport) -> dict[str, Any]:
    return {
        "edition": parsed.edition,
        "year": parsed.year,
        "agency": parsed.agency,
        "figures": parsed.figures,
        "marks": parsed.marks,
        "narrative": {part: parsed.narrative[part].split("\n") for part in NARRATIVE_PARTS},
        "contact": [parsed.contact.get(name, "") for name in ("address", "postcode", "phone", "website")],
        "missing_tables": parsed.missing_tables,
    }
