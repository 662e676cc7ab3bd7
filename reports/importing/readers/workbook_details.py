"""What an .xlsx shows that calamine does not tell: errors, formulas that nobody calculated, letters struck out or raised."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from reports.importing.document import RAISED
from reports.importing.readers.archive import parse_xml

_FORMULA_OR_ERROR = (b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/", b't="e"', b"t='e'")
_LOOKS = re.compile(rb"<(?:\w+:)?(?:strike|vertAlign)\b")
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass
class Details:
    """`cells` are the texts of cells that would seem empty, by sheet, then by row and column, from 1; `strings` how texts look
    in which something is struck out or raised, by their letters."""

    cells: defaultdict[str, dict[tuple[int, int], str]] = field(default_factory=lambda: defaultdict(dict))
    strings: dict[str, str] = field(default_factory=dict)

    def as_it_looks(self, value: object) -> str:
        """Spreadsheets keep every number as a float; 3.0 was typed as 3."""
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        text = str(value).strip() if value is not None else ""
        return self.strings.get(text, text)


def details_of(parts: Mapping[str, bytes]) -> Details:
    """By the name of each part of the workbook what is in it. Raises Unreadable where one that matters is damaged."""
    details = Details()
    strings = parts.get("xl/sharedStrings.xml", b"")
    if _LOOKS.search(strings):
        details.strings = dict(map(_as_it_looks, parse_xml(strings).iterchildren("{*}si")))
    sheets = (name for name in parts if name.startswith("xl/worksheets/"))
    telling = {name for name in sheets if any(sign in parts[name] for sign in _FORMULA_OR_ERROR)}
    for sheet, part in _sheets(parts) if telling else ():
        for cell in parse_xml(parts[part]).iter("{*}c") if part in telling else ():
            place, text = _PLACE.fullmatch(cell.get("r", "")), _instead_of_a_value(cell)
            if place and text:
                details.cells[sheet][int(place[2]), _column(place[1])] = text
    return details


def _sheets(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """The name of each sheet and that of its part."""
    relations = parse_xml(parts.get("xl/_rels/workbook.xml.rels", b""))
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    for sheet in parse_xml(parts["xl/workbook.xml"]).iter("{*}sheet"):
        relation = next((value for name, value in sheet.attrib.items() if str(name).endswith("}id")), None)
        yield sheet.get("name", ""), posixpath.normpath(posixpath.join("/xl", targets.get(relation, "")))[1:]


def _instead_of_a_value(cell: etree._Element) -> str:
    value, formula = (next(cell.iterchildren(name), None) for name in ("{*}v", "{*}f"))
    shown = "" if value is None else value.text or ""
    if cell.get("t") == "e":
        return shown or "#"
    return "=" + (formula.text or "") if formula is not None and not shown and cell.get("t") != "str" else ""


def _as_it_looks(string: etree._Element) -> tuple[str, str]:
    letters = looks = ""
    for run in string.iterchildren("{*}r", "{*}t"):
        text = "".join(each.text or "" for each in ([run] if run.tag.endswith("}t") else run.iterchildren("{*}t")))
        letters += text
        properties = next(run.iterchildren("{*}rPr"), None)
        looks += text if properties is None else _with_looks(text, properties)
    return letters.strip(), looks.strip()


def _with_looks(text: str, properties: etree._Element) -> str:
    """Struck and raised text is marked as such: 5 struck out beside 3 is not 53, nor is 3² 32."""
    if any(each.get("val", "1") not in ("0", "false") for each in properties.iterchildren("{*}strike")):
        return f"~~{text}~~"
    aside = any(each.get("val") != "baseline" for each in properties.iterchildren("{*}vertAlign"))
    return text.translate(RAISED) if aside else text


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
