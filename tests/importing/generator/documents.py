"""One document from one seed, and the judgement on what was read from it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher

from reports.importing.parsed import ParsedReport
from tests.importing.generator import as_text
from tests.importing.generator.as_docx import docx_of
from tests.importing.generator.as_html import page_as_saved, page_by_word, web_archive
from tests.importing.generator.as_office_pdf import office_pdf_of
from tests.importing.generator.as_pdf import pdf_of
from tests.importing.generator.as_site_pdf import site_pdf_of
from tests.importing.generator.as_workbook import xls_of, xlsx_of
from tests.importing.generator.known import Known, at_length, known_report, squeezed
from tests.importing.generator.pages import Page, page_of

Writer = Callable[[Page, random.Random], bytes]


def _text(shape: as_text.Shape) -> Writer:
    return lambda page, chance: as_text.text_of(page, shape, chance)


WRITERS: dict[str, tuple[str, Writer]] = {
    **{shape.__name__: ("txt", _text(shape)) for shape in (*as_text.CLEAR, *as_text.LOSSY)},
    "page_as_saved": ("html", page_as_saved),
    "page_by_word": ("html", page_by_word),
    "web_archive": ("mht", web_archive),
    "docx": ("docx", docx_of),
    "xlsx": ("xlsx", xlsx_of),
    "xls": ("xls", xls_of),
    "pdf": ("pdf", pdf_of),
    "site_pdf": ("pdf", site_pdf_of),
    "office_pdf": ("pdf", office_pdf_of),
}
PRINTED = {name for name, (ending, _write) in WRITERS.items() if ending == "pdf"}
"""Shapes that take a browser or an office program seconds to make."""
_LOSSY = {shape.__name__ for shape in as_text.LOSSY}
_WITHOUT_ROWS = {each.__name__ for each in (as_text.bare_lines, as_text.flooded, as_text.flooded_page)}


@dataclass(frozen=True)
class Made:
    """`plain` says that nothing in the document leaves room for doubt, except for the cells that are known to."""

    name: str
    data: bytes
    known: Known
    plain: bool
    unlike: list[str]
    beside: list[str]


def document_of(shape: str, seed: int) -> Made:
    chance = random.Random(f"{shape} {seed}")
    known = known_report(chance)
    if shape in PRINTED - {"pdf"}:
        at_length(known, chance)
    page = page_of(known, chance)
    ending, write = WRITERS[shape]
    # Where empty cells leave no trace, a row with one can be read in several ways.
    blank = any(not text for text in known.printed.values())
    # A narrow column of a PDF breaks numbers, a page break cuts rows.
    plain = ending != "pdf" and not (
        known.ambiguous
        or page.unlike
        or (shape in _LOSSY and blank)
        or (ending == "txt" and _lone_zero(known))
        or (shape in _WITHOUT_ROWS and _something_does_not_add_up(known))
    )
    return Made(f"{shape}-{seed}.{ending}", write(page, chance), known, plain, page.unlike, page.furniture)


def _lone_zero(known: Known) -> bool:
    """Whether in some row a zero is followed by nothing: in plain text it may be one that was merged across the row."""
    rows: dict[str, list[str]] = {}
    for key, figure in known.edition.figures.items():
        rows.setdefault(figure.row_key, []).append(known.printed[key])
    return any(len(texts) > 1 and texts[0] in ("0", "０") and not any(texts[1:]) for texts in rows.values())


def _something_does_not_add_up(known: Known) -> bool:
    """Whether some row does not add up, or some figure that takes part in no sum is so small that it may number a page: where
    nothing shows the rows only the sums tell that none was lost and none came in."""
    sums = [each for each in known.edition.equations if len({key.rsplit(".", 1)[0] for key in each.cells}) == 1]
    off = any(
        sum(known.figures[key] or 0 for key in each.left) != sum(known.figures[key] or 0 for key in each.right)
        or (known.marks & set(each.cells) and any(known.figures[key] for key in each.cells))
        for each in sums
    )
    in_a_sum = {key for each in sums for key in each.cells}
    small = any(known.figures[key] in (1, 2, 3) for key in known.figures.keys() - in_a_sum)
    return off or (small and None in known.figures.values())


def silent_errors(made: Made, parsed: ParsedReport) -> list[str]:
    """Every figure that is wrong or missing, or should be doubted, and that no problem names."""
    known, doubted = made.known, parsed.doubted
    if parsed.edition is None:
        return [] if any(problem.where == "document" for problem in parsed.problems) else ["no table, and nothing said"]
    if parsed.edition != known.edition.name:
        return [f"edition {parsed.edition}"]
    wrong = []
    for key in known.edition.figures.keys() - doubted:
        read = (parsed.figures[key], key in parsed.marks)
        if key in known.ambiguous | known.suspect or read != (known.figures[key], key in known.marks):
            wrong.append(f"{key}: {known.printed[key]!r} read as {read[0]!r} {parsed.marks.get(key, '')!r}")
    return sorted(wrong)


def wrong_words(made: Made, parsed: ParsedReport) -> list[str]:
    """What is not right about title, contact and prose."""
    known = made.known
    found = {"agency": parsed.agency, "year": str(parsed.year)} | {
        part: squeezed(parsed.narrative[part]) for part in known.narrative
    }
    expected = {"agency": known.agency, "year": str(known.year)} | {
        part: squeezed(text) for part, text in known.narrative.items()
    }
    found |= {part: parsed.contact.get(part, "") for part in known.contact}
    found["scope"], expected["scope"] = parsed.scope.kind, known.scope
    expected |= known.contact
    return [f"{part}: {expected[part]!r} read as {found[part]!r}" for part in expected if found[part] != expected[part]]


def not_conserved(parsed: ParsedReport) -> list[str]:
    """What the import itself says of characters lost or read twice."""
    return [problem.message for problem in parsed.problems if problem.code in ("text_lost", "text_twice")]


def right_words(made: Made, parsed: ParsedReport) -> tuple[int, int]:
    """How many characters of the prose stand in their chapter and in order, and how many there are."""
    right = total = 0
    for part, text in made.known.narrative.items():
        expected, found = squeezed(text), squeezed(parsed.narrative[part])
        blocks = SequenceMatcher(None, expected, found, autojunk=False).get_matching_blocks()
        right += sum(block.size for block in blocks)
        total += len(expected)
    return right, total


def needless_doubts(made: Made, parsed: ParsedReport) -> set[str]:
    """The figures that were plainly right and are doubted all the same."""
    known = made.known
    if parsed.edition is None:
        return set(known.figures)
    return set(parsed.doubted) - known.ambiguous - known.suspect
