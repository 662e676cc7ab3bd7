"""The written chapters while they are filled in: their sentences, last year's outline, what was repeated. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]*")
_NUMERAL = "一二三四五六七八九十"
# （一）… 1.… 一是… first of all, and how the heading that it begins is closed.
_NUMBERED = re.compile(rf"\s*(?:[（(][{_NUMERAL}\d]+[）)]|\d{{1,2}}[.．、]|[{_NUMERAL}]+[、是])\s*")
_HEADING_ENDS = re.compile(r"[。：:；]")
_LONGEST_HEADING = 30
_SHORTEST_REPEATED = 15
_FIGURES = re.compile(r"\d[\d,.]*%?")


def sentences(text: str) -> list[str]:
    """The sentences of a chapter as they stand in it, each once."""
    return list(dict.fromkeys(found[0].strip() for found in _SENTENCE.finditer(text) if found[0].strip()))


def outline(text: str, parts: Sequence[str]) -> str:
    """The headings of last year's chapter, to be written under anew. Where it had none, the parts that the form requires.

    No figure comes along: what was true last year has to be found out again.
    """
    headings = [heading for line in text.split("\n") if (heading := _heading(line))]
    if not headings:
        headings = [f"（{_NUMERAL[number]}）{part}。" for number, part in enumerate(parts[: len(_NUMERAL)])]
    return "\n".join(headings)


def _heading(line: str) -> str:
    numbered = _NUMBERED.match(line)
    if not numbered:
        return ""
    end = _HEADING_ENDS.search(line, numbered.end())
    heading = line[: end.end()] if end else line
    if len(heading) > _LONGEST_HEADING or _FIGURES.search(heading, numbered.end()):
        return ""
    return heading.strip()


def repeated(text: str, before: str) -> list[int]:
    """Which paragraphs, counted from 1, stood word for word in last year's chapter. Short ones may."""
    stood = {_bare(line) for line in before.split("\n")}
    lines = [line for line in text.split("\n") if line.strip()]
    return [
        number
        for number, line in enumerate(lines, 1)
        if len(_bare(line)) >= _SHORTEST_REPEATED and _bare(line) in stood
    ]


def _bare(line: str) -> str:
    return "".join(line.split())
