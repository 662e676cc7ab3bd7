"""The written chapters while they are filled in: their sentences, last year's outline, what was repeated. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from reports.standard.elements import NUMERALS, Chapter, Edition

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]*")
# （一）… 1.… 一是… first of all, and how the heading that it begins is closed.
_NUMBERED = re.compile(rf"\s*(?:[（(][{NUMERALS}\d]+[）)]|\d{{1,2}}[.．、]|[{NUMERALS}]+[、是])\s*")
_HEADING_ENDS = re.compile(r"[。：:；]")
_MAX_HEADING_LENGTH = 30
_MIN_REPEATED_LENGTH = 15
_FIGURES = re.compile(r"\d[\d,.]*%?")


def sentences(text: str) -> list[str]:
    """The sentences of a chapter as they stand in it, each once."""
    return list(dict.fromkeys(found[0].strip() for found in _SENTENCE.finditer(text) if found[0].strip()))


def unwritten(form: Edition, narrative: Mapping[str, str]) -> list[Chapter]:
    """The chapters that the form prescribes and of which not a word is written."""
    return [chapter for chapter in form.prose if not narrative[chapter.key].strip()]


def outline(text: str, parts: Sequence[str]) -> str:
    """The headings of last year's chapter, to be written under anew. Where it had none, the parts that the form requires.

    No figure comes along: what was true last year has to be found out again.
    """
    headings = [heading for line in text.split("\n") if (heading := _heading(line))]
    if not headings:
        headings = [f"（{NUMERALS[number]}）{part}。" for number, part in enumerate(parts[: len(NUMERALS)])]
    return "\n".join(headings)


def opening(form: Edition, agency: str, year: int, contact: Mapping[str, str]) -> str:
    """What a report opens with: its basis, its chapters, the period of its figures, where to read it and whom to ask.

    `contact` are the contact fields by their names; what is blank is left out.
    """
    titles = [chapter.title for chapter in form.chapters]
    chapters = "、".join(titles[:-1]) + "和" + titles[-1]
    lines = [
        f"根据《中华人民共和国政府信息公开条例》和{form.document}规定的格式，编制本报告。",
        f"本报告由{chapters}{NUMERALS[len(titles) - 1]}个部分组成。",
        f"所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
    ]
    if contact.get("website"):
        lines.append(f"本报告的电子版可在{contact['website']}查阅。")
    labels = {"contact_address": "地址", "contact_postcode": "邮政编码", "contact_phone": "联系电话"}
    reached = "；".join(f"{label}：{contact[name]}" for name, label in labels.items() if contact.get(name))
    lines.append(f"如对本报告有疑问，请与{agency}联系" + (f"（{reached}）。" if reached else "。"))
    return "".join(lines)


def _heading(line: str) -> str:
    numbered = _NUMBERED.match(line)
    if not numbered:
        return ""
    end = _HEADING_ENDS.search(line, numbered.end())
    heading = line[: end.end()] if end else line
    if len(heading) > _MAX_HEADING_LENGTH or _FIGURES.search(heading, numbered.end()):
        return ""
    return heading.strip()


def repeated(text: str, before: str) -> list[int]:
    """Which paragraphs, counted from 1, stood word for word in last year's chapter. Short ones may."""
    earlier = {_bare(line) for line in before.split("\n")}
    lines = [line for line in text.split("\n") if line.strip()]
    return [
        number
        for number, line in enumerate(lines, 1)
        if len(_bare(line)) >= _MIN_REPEATED_LENGTH and _bare(line) in earlier
    ]


def _bare(line: str) -> str:
    return "".join(line.split())
