"""PDF files by Typst: PDF/A-2a and PDF/UA-1, tagged, with fonts of their own, so that any machine prints them alike."""

from __future__ import annotations

import datetime
import json
import re
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal

from fontTools.ttLib import TTFont
from typst import Compiler

from reports.sheets.layout import PlacedCell
from reports.sheets.printed import Printed, PrintedHeading, PrintedTable, balanced

CONTENT_TYPE = "application/pdf"
_HERE = Path(__file__).resolve().parent
_FONTS = _HERE / "fonts"
_STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]
_ONE_COMPILER = Lock()
_TEXT_WIDTH = 156 / 25.4 * 72  # points between the margins
_DIGIT = 0.56  # how wide a digit is, in parts of the type size
_LONG_WORD = re.compile(r"[!-~\xa0]{16}")
_BREAKABLE = re.compile(r"(?<![!-~])([0-9A-Za-z]{1,30}) (?=[0-9A-Za-z])")


def as_pdf(printed: Printed) -> bytes:
    content = {
        "agency": _shown(printed.agency),
        "title": printed.title,
        "blocks": [_block(block) for block in printed.blocks],
        "contact": [[_shown(text) for text in line] for line in printed.contact],
    }
    made_for = datetime.datetime(printed.year + 1, 1, 1, tzinfo=datetime.UTC)
    with _ONE_COMPILER:
        pdf = _compiler().compile(
            format="pdf",
            sys_inputs={"report": json.dumps(content)},
            pdf_standards=[*_STANDARDS],
            timestamp=made_for,
        )
    assert isinstance(pdf, bytes)
    return pdf


def uncovered(printed: Printed) -> str:
    """The characters that the file's font lacks. They are printed as their numbers, 〔U+20BB7〕, never left out."""
    characters = {character for text in printed.texts() for character in text}
    return "".join(sorted(characters - _covered() - {" "}))


@cache
def _compiler() -> Compiler:
    return Compiler(str(_HERE / "report.typ"), font_paths=[str(_FONTS)], ignore_system_fonts=True)


@cache
def _covered() -> frozenset[str]:
    with TTFont(_FONTS / "NianbaoSerif.otf", lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def _shown(text: str) -> str:
    """The text with numbers for characters without a shape. Lines break at a space only between Latin words: whoever reads
    the file knows to put it back there."""
    shown = "".join(
        character if character in _covered() or character == " " else f"〔U+{ord(character):04X}〕"
        for character in text
    )
    kept = _BREAKABLE.sub(r"\1\n", shown).replace(" ", "\N{NO-BREAK SPACE}")
    return kept.replace("\n", " ")


def _block(block: Any) -> dict[str, Any]:
    if isinstance(block, PrintedTable):
        return {
            "kind": "table",
            "widths": block.shares,
            "head": [_cell(cell, block) for row in block.layout.head for cell in row],
            "body": [_cell(cell, block) for row in block.layout.body for cell in row],
        }
    if isinstance(block, PrintedHeading):
        return {"kind": "heading", "text": block.text}
    text = _shown(block.text)
    # A line before a long address would be torn apart to fill its width.
    return {"kind": "paragraph", "text": text, "justified": not _LONG_WORD.search(text)}


def _cell(cell: PlacedCell, table: PrintedTable) -> dict[str, Any]:
    text, is_number = table.text(cell), table.number(cell) is not None
    size = 8.5 if table.layout.width > 9 else 10.5
    width = sum(table.shares[cell.column : cell.column + cell.colspan]) * _TEXT_WIDTH - 6
    if is_number:
        size = min(size, width / (len(text) * _DIGIT))
    centred = cell.role == "heading" or (cell.role == "label" and cell.rowspan > 1)
    spare = width - balanced(text, int(width / size)) * size
    return {
        "role": cell.role,
        "colspan": cell.colspan,
        "rowspan": cell.rowspan,
        "text": _shown(text) if cell.figure else text,
        "size": round(size, 2),
        "whole": is_number,
        "aside": round(max(spare / 2 - 1, 0), 2) if centred else 0,
    }
