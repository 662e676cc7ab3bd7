"""A known report as a document before any file format: title, headings, prose, and tables with the labels as people vary them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from reports.sheets.layout import Role, placed_table
from samples.making.printed import Block, SampleCell, SampleHeading, SampleParagraph, SampleTable
from tests.importing.generator.known import Known
from tests.importing.generator.page_breaks import over_pages

_TRADITIONAL = str.maketrans("现结转总计规", "現結轉總計規")
_RADICALS = str.maketrans("行自人文一二", "⾏⾃⼈⽂⼀⼆")
_HALF_WIDTH = str.maketrans("（）：，", "():,")
_HEADINGS = {
    "disclosure": ("二、主动公开政府信息情况", "二、行政机关主动公开政府信息情况", "二、 主动公开政府信息情况"),
    "applications": ("三、收到和处理政府信息公开申请情况", "三、政府机关收到和处理政府信息公开申请情况"),
    "proceedings": (
        "四、政府信息公开行政复议、行政诉讼情况",
        "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
    ),
    "problems": ("五、存在的主要问题及改进情况", "五、政府信息公开工作存在的主要问题及改进情况"),
    "other": ("六、其他需要报告的事项",),
}
_RENAMED = {
    "现行有效件数": ("现有效件数", "现行有效件"),
    "行政规范性文件": ("规范性文件",),
    "规范性文件": ("行政规范性文件",),
    "本年制发件数": ("本年({year})制发件数", "本年制发数量"),
    "本年收费金额（单位：万元）": ("本年收费金额(单位：万元)", "本年收费金额（单位：万元"),
    "（一）予以公开": ("一）予以公开", "(一) 予以公开"),
    "（七）总计": ("（七)总计", "(七)总计"),
    "5.要求行政机关确认或重新出具已获取信息": ("5.要求行政机关确认或重新\n出具已获取信息",),
    "1.属于国家秘密": ("1. 属于国家秘密", "1、属于国家秘密"),
}
_EXPLAINED = {
    "一、本年新收政府信息公开申请数量": "（指本年1月1日至12月31日收到的申请，含当面、信函、网络等各种方式）",
    "二、上年结转政府信息公开申请数量": "（应与上一年度报告一致）",
    "（一）予以公开": "（含主动公开后告知获取方式、途径的情形）",
    "1.属于国家秘密": "（经依法定密）",
    "四、结转下年度继续办理": "（截至12月31日尚未答复）",
    "自然人": "（含个体工商户）",
    "总计": "（各项之和）",
}
_EXPLANATION = "填报说明：本表所称申请，是指公民、法人和其他组织向本机关提出的申请，以收到日为准。"
_TRUNCATED = {"本年新制作数量": "本年新", "本年新公开数量": "本年新"}


@dataclass
class Page:
    """`unlike` says what about it is not as the form has it, so that a doubt may be right even where nothing is ambiguous.
    `furniture` are the texts that a format adds beside the report's own: footnotes, boxes."""

    title: list[str]
    blocks: list[Block]
    unlike: list[str]
    year: int = 0
    furniture: list[str] = field(default_factory=list)


def page_of(known: Known, chance: random.Random) -> Page:
    year, agency = known.year, known.agency
    title = chance.choice(
        [
            [f"{agency}{year}年政府信息公开工作年度报告"],
            [agency, f"{year}年政府信息公开工作年度报告"],
            [f"{agency} {year} 年度政府信息公开工作年度报告"],
            [f"{year}年{agency}政府信息公开工作年度报告"],
            [f"{agency}关于{year}年政府信息公开工作情况的报告"],
        ]
    )
    page = Page(title, list(_paragraphs(known.narrative["preamble"])), [], year)
    tables = {table.key for table in known.edition.tables}
    manner = chance.choice(
        [_as_it_is, _as_it_is, _spaced, _broken, _half_width, _traditional, _radicals, _renamed, _renamed, _explained]
    )
    for chapter in known.edition.chapters:
        page.blocks.append(SampleHeading(chance.choice(_HEADINGS.get(chapter.key, (chapter.heading,)))))
        if chapter.key not in tables:
            page.blocks += _paragraphs(known.narrative[chapter.key])
            continue
        if chance.random() < 0.02 and "no table" not in page.unlike:
            # People think that a chapter of zeros needs no table.
            page.blocks.append(SampleParagraph("本年度未发生相关情况。"))
            known.ambiguous |= {figure.key for figure in known.edition.table(chapter.key).figures()}
            page.unlike.append("no table")
            continue
        grid = printed_grid(known, chapter.key, chance, page.unlike)
        # Figures, too, may have been broken; their labels are what varies.
        cells = tuple(
            cell if cell.role == "figure" else replace(cell, text=manner(cell.text, known, chance))
            for cell in grid.cells
        )
        page.blocks += over_pages(replace(grid, cells=cells), chance, page.unlike)
    return page


def _paragraphs(text: str) -> list[Block]:
    return [SampleParagraph(line) for line in text.splitlines() if line]


def printed_grid(known: Known, key: str, chance: random.Random, unlike: list[str]) -> SampleTable:
    """The official table with the printed values, perhaps without its first line, cut headings, a merged row of zeros."""
    lines = [
        [
            _Open(known.printed[cell.figure.key] if cell.figure else cell.text, cell.role, cell.colspan, cell.rowspan)
            for cell in line
        ]
        for line in placed_table(known.edition.table(key)).rows
    ]
    if chance.random() < 0.08:
        unlike.append("first line missing")
        if key == "applications":
            # The corner reaches down from it.
            lines[1].insert(0, replace(lines[0][0], rowspan=2))
        del lines[0]
    if chance.random() < 0.06 and key == "applications":
        unlike.append("a row that the form does not have")
        place = next(number for number, line in enumerate(lines) if any(each.role == "figure" for each in line)) + 1
        width = sum(each.colspan for each in lines[place - 1] if each.role == "label")
        values = [_Open(str(chance.randint(0, 9)), "figure", 1, 1) for _ in known.edition.table(key).blocks[0].columns]
        lines.insert(place, [_Open("其中：通过政府网站提交的", "label", width, 1), *values])
    if chance.random() < 0.1 and key == "applications":
        unlike.append("explanation in a line of its own")
        lines.insert(0, [_Open(_EXPLANATION, "label", sum(cell.colspan for cell in lines[0]), 1)])
    if chance.random() < 0.1:
        for open_cell in (each for line in lines for each in line if each.text in _TRUNCATED):
            open_cell.text = _TRUNCATED[open_cell.text]
            unlike.append("truncated heading")
    for line in lines:
        values = [each for each in line if each.role == "figure"]
        if len(values) > 1 and chance.random() < 0.03 and {each.text for each in values} == {"0"}:
            line[line.index(values[0]) :] = [_Open("0", "figure", sum(each.colspan for each in values), 1)]
            unlike.append("zero merged over a row")
    if key == "disclosure" and chance.random() < 0.06:
        _glue(lines, known, unlike)
    return _placed(lines)


def _glue(lines: list[list[_Open]], known: Known, unlike: list[str]) -> None:
    """The first row of figures becomes one text, its label and its digits in it (规章000)."""
    line = next(line for line in lines if any(each.role == "figure" for each in line))
    values = [each for each in line if each.role == "figure"]
    if len(values) < 2 or not all(each.text.isascii() and each.text.isdecimal() for each in values):
        return
    label = line[line.index(values[0]) - 1]
    label.text += "".join(each.text for each in values)
    label.colspan += sum(each.colspan for each in values)
    line[line.index(values[0]) :] = []
    row = known.edition.table("disclosure").blocks[0].rows[0].key
    known.ambiguous |= {key for key in known.figures if key.startswith(f"disclosure.{row}.")}
    unlike.append("digits glued to their label")


@dataclass
class _Open:
    text: str
    role: Role
    colspan: int
    rowspan: int


def _placed(lines: list[list[_Open]]) -> SampleTable:
    cells: list[SampleCell] = []
    taken: set[tuple[int, int]] = set()
    for line, printed in enumerate(lines):
        column = 0
        for each in printed:
            while (line, column) in taken:
                column += 1
            cells.append(SampleCell(each.text, each.role, line, column, each.colspan, each.rowspan))
            taken |= {
                (below, right)
                for below in range(line, line + each.rowspan)
                for right in range(column, column + each.colspan)
            }
            column += each.colspan
    return SampleTable(tuple(cells), len(lines), max(column for _line, column in taken) + 1)


def _as_it_is(text: str, _known: Known, _chance: random.Random) -> str:
    return text


def _spaced(text: str, _known: Known, chance: random.Random) -> str:
    return "".join(f"{letter} " if chance.random() < 0.15 else letter for letter in text)


def _broken(text: str, _known: Known, chance: random.Random) -> str:
    """Somebody pressed Enter in the middle of a label, so that it looked better."""
    if len(text) < 5 or chance.random() < 0.6:
        return text
    place = chance.randrange(2, len(text) - 1)
    return f"{text[:place]}\n{text[place:]}"


def _explained(text: str, _known: Known, _chance: random.Random) -> str:
    return text + _EXPLAINED.get(text, "")


def _half_width(text: str, _known: Known, _chance: random.Random) -> str:
    return text.translate(_HALF_WIDTH)


def _traditional(text: str, _known: Known, _chance: random.Random) -> str:
    return text.translate(_TRADITIONAL)


def _radicals(text: str, _known: Known, _chance: random.Random) -> str:
    return text.translate(_RADICALS)


def _renamed(text: str, known: Known, chance: random.Random) -> str:
    return chance.choice(_RENAMED.get(text, (text,))).format(year=known.year)
