"""Make the fonts of the PDF files: `python -m reports.exporting.fonts.build [FOLDER]`, from Debian's fonts-noto-cjk.

Body: the characters of GB 2312, those of every name in the register, and those of the declared form. Headings: only what the
form itself prints, in sans serif. Both are renamed, so that nobody takes them for the whole fonts. Needs fonttools.
"""

from __future__ import annotations

import csv
import lzma
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

from reports.standard import EDITIONS

HERE = Path(__file__).resolve().parent
SOURCES = Path("/usr/share/fonts/opentype/noto")
DIVISIONS = HERE.parents[2] / "agencies" / "data" / "divisions.csv.xz"
FONTS = {"body": ("NotoSerifCJK-Regular.ttc", "Nianbao Serif"), "headings": ("NotoSansCJK-Regular.ttc", "Nianbao Sans")}
_LANGUAGE = " CJK SC"
_NAMES = {1: "{0}", 3: "{0}", 4: "{0}", 6: "{1}", 16: "{0}"}


def main(arguments: list[str]) -> None:
    folder = Path(arguments[0]) if arguments else SOURCES
    wanted = {"body": gb2312() | register() | form() | latin(), "headings": form() | latin()}
    for use, (file, family) in FONTS.items():
        font = _cut(folder / file, wanted[use])
        _rename(font, family)
        font.save(HERE / f"{family.replace(' ', '')}.otf")


def gb2312() -> set[str]:
    """All 7,445 characters of GB 2312-80: its rows hold 94 each, not all of them taken."""
    codes = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return set("".join(code.decode("gb2312", errors="ignore") for code in codes))


def register() -> set[str]:
    """Names of places use rarer characters than prose does."""
    with lzma.open(DIVISIONS, "rt", encoding="utf-8") as file:
        return {character for row in csv.reader(file) for field in row for character in field}


def form() -> set[str]:
    return {character for text in _texts() for character in text}


def latin() -> set[str]:
    return {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x100))} | set("–—‘’“”…·•‰′″→№①②③④⑤⑥⑦⑧⑨⑩≠≈≤≥×÷")


def _texts() -> Iterator[str]:
    for edition in EDITIONS.values():
        yield from (chapter.heading for chapter in edition.chapters)
        for table in edition.tables:
            for block in table.blocks:
                yield from (block.title, block.corner, block.band, table.section)
                for row in block.rows:
                    yield from row.path
                for column in block.columns:
                    yield from column.path


def _cut(file: Path, characters: Iterable[str]) -> TTFont:
    collection = TTCollection(file)
    font = next(font for font in collection.fonts if font["name"].getDebugName(1).endswith(_LANGUAGE))
    options = subset.Options(layout_features=["ccmp", "locl", "mark", "mkmk"], hinting=False, desubroutinize=False)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.notdef_outline = True
    # What is never set downwards needs no vertical metrics.
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "DSIG"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(character) for character in characters])
    cutter.subset(font)
    return font


def _rename(font: TTFont, family: str) -> None:
    for record in font["name"].names:
        if record.nameID in _NAMES:
            record.string = _NAMES[record.nameID].format(family, family.replace(" ", ""))
    compact = font["CFF "].cff
    compact.fontNames = [family.replace(" ", "")]
    compact.topDictIndex[0].FamilyName = compact.topDictIndex[0].FullName = family


if __name__ == "__main__":
    main(sys.argv[1:])
