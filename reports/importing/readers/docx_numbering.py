"""Word's automatic numbering: the numeral of a numbered paragraph stands in no text, but in a definition and in its turn."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from reports.importing.readers.archive import parse_xml, read_member

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VALUE = _W + "val"
_DIGITS = "〇一二三四五六七八九"
_CHINESE = frozenset(
    {"chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCountingThousand"}
    | {"taiwaneseCounting", "japaneseDigitalTenThousand", "koreanDigital2"}
)
_LEVELS = 9
_DEEPEST_STYLE = 20


@dataclass(frozen=True)
class _Level:
    """`text` is the numeral with its brackets, `%1` standing for the count of the first level."""

    format: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass
class Numbering:
    """Counts along as the paragraphs of a document are gone through in order."""

    levels: Mapping[str, Mapping[int, _Level]] = field(default_factory=dict)
    lists: Mapping[str, str] = field(default_factory=dict)
    styles: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, list[int]] = field(default_factory=dict)
    printed: list[str] = field(default_factory=list)
    """All numerals so far."""

    def numeral(self, paragraph: etree._Element) -> str:
        """What Word prints before a paragraph; nothing where it is not numbered, or has a bullet."""
        properties = paragraph.find(_W + "pPr") if self.lists else None
        if properties is None:
            return ""
        number, level = self._of(properties)
        list_levels = self.levels.get(self.lists.get(number, ""), {})
        if level not in list_levels:
            return ""
        # Lists of one definition count on together.
        counts = self.counts.setdefault(self.lists[number], [0] * _LEVELS)
        counts[level] = counts[level] + 1 if counts[level] else list_levels[level].start
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        if list_levels[level].format in ("bullet", "none"):
            return ""
        numeral = list_levels[level].text
        for each, definition in list_levels.items():
            numeral = numeral.replace(f"%{each + 1}", _spelt(counts[each] or definition.start, definition.format))
        self.printed.append(numeral)
        return numeral

    def bracketed(self, numeral: str) -> str:
        """The numeral in brackets of our own, which keep it apart from a number that follows."""
        self.printed.append("（）")
        return f"（{numeral}）"

    def _of(self, properties: etree._Element) -> tuple[str, int]:
        """The list and level of a paragraph, its own or those of its style."""
        style = properties.find(_W + "pStyle")
        number, level = self.styles.get(style.get(_VALUE, ""), ("", 0)) if style is not None else ("", 0)
        return _list_of(properties, number, level)


def read_numbering(archive: zipfile.ZipFile) -> Numbering:
    """Raises Unreadable where a part is damaged."""
    names = set(archive.namelist())
    if "word/numbering.xml" not in names:
        return Numbering()
    root = parse_xml(read_member(archive, "word/numbering.xml"))
    levels = {
        definition.get(_W + "abstractNumId", ""): {
            int(level.get(_W + "ilvl", "")): _read_level(level)
            for level in definition.iter(_W + "lvl")
            if level.get(_W + "ilvl", "") in "012345678"
        }
        for definition in root.findall(_W + "abstractNum")
    }
    lists = {each.get(_W + "numId", ""): _child(each, "abstractNumId") for each in root.findall(_W + "num")}
    styles = _read_styles(parse_xml(read_member(archive, "word/styles.xml"))) if "word/styles.xml" in names else {}
    return Numbering(levels, lists, styles)


def _read_level(level: etree._Element) -> _Level:
    start = _child(level, "start")
    return _Level(
        _child(level, "numFmt") or "decimal",
        _child(level, "lvlText"),
        int(start) if start.isdecimal() and len(start) < 5 else 1,
    )


def _read_styles(root: etree._Element) -> dict[str, tuple[str, int]]:
    """The list and level that a style gives its paragraphs, perhaps by the style that it is based on."""
    elements = {style.get(_W + "styleId", ""): style for style in root.findall(_W + "style")}
    found = {}
    for name in elements:
        number, level, key = "", 0, name
        for _ in range(_DEEPEST_STYLE):
            style = elements.get(key)
            if style is None:
                break
            properties = style.find(_W + "pPr")
            if properties is not None and properties.find(_W + "numPr") is not None:
                number, level = _list_of(properties, "", 0)
                break
            key = _child(style, "basedOn")
        if number:
            found[name] = number, level
    return found


def _list_of(properties: etree._Element, number: str, level: int) -> tuple[str, int]:
    numbered = properties.find(_W + "numPr")
    if numbered is None:
        return number, level
    own_level = _child(numbered, "ilvl")
    return _child(numbered, "numId") or number, int(own_level) if own_level in tuple("012345678") else level


def _child(element: etree._Element, name: str) -> str:
    child = element.find(_W + name)
    return child.get(_VALUE, "") if child is not None else ""


def _spelt(number: int, form: str) -> str:
    if form in _CHINESE or form.startswith("chinese"):
        return _in_chinese(number)
    if form == "decimalEnclosedCircle" and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if form in ("upperLetter", "lowerLetter") and 1 <= number <= 26:
        return chr((65 if form == "upperLetter" else 97) + number - 1)
    return str(number)


def _in_chinese(number: int) -> str:
    """一 to 九十九."""
    tens, ones = divmod(number, 10)
    if tens > 9:
        return str(number)
    return ("" if tens < 1 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (
        "" if tens and not ones else _DIGITS[ones]
    )
