"""Document + standard form -> ParsedReport: figures with their places, prose, and every doubt said aloud."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain, pairwise, takewhile

from django.utils.translation import gettext as _

from config.language import pick
from reports.importing.boilerplate import is_date, is_name
from reports.importing.chapters import Chapters, join, split_chapters
from reports.importing.conservation import check_conservation
from reports.importing.document import Block, Document, Grid, Paragraph
from reports.importing.doubts import (
    doubt_empty_ends,
    doubt_last_row,
    doubt_pushed,
    doubt_what_nothing_holds,
    doubt_wrapped,
    named,
)
from reports.importing.identity import (
    is_title,
    read_contact,
    read_contact_lines,
    read_signature,
    read_title,
    says,
)
from reports.importing.labels import index_of
from reports.importing.parsed import ParsedReport, Problem
from reports.importing.prose_in_tables import extract_prose, is_label, paragraphs_of
from reports.importing.scope import read_scope
from reports.importing.table_rows import Doubt, read_cells
from reports.importing.tokens import Token, labels_found, place_of, sort_grids, tokens_of
from reports.standard import CURRENT, EDITIONS, NEWEST_FIRST, edition_for
from reports.standard.both_editions import PROBLEMS
from reports.standard.elements import Edition, Figure, Table

_MAX_COUNT = 2**31 - 1
_MAX_AMOUNT = Decimal(10) ** 12
_COUNTING_UNITS = frozenset("件项条个份起次宗")


@dataclass
class _TableFound:
    """The cells of a standard table; where it has lost its form, `lines` are the paragraphs that were cells."""

    tokens: list[Token] = field(default_factory=list)
    lines: list[Paragraph] = field(default_factory=list)


def recognise(document: Document) -> ParsedReport:
    content = extract_prose(document.blocks)
    chapters = split_chapters(content)
    parsed = ParsedReport()
    title = _read_identity(parsed, content, chapters)
    tables = _find_tables(content, chapters)
    edition = _edition(tables, parsed.year)
    if edition and not chapters.blocks.keys() <= {chapter.key for chapter in edition.chapters}:
        chapters = split_chapters(content, edition)
    if edition is None:
        parsed.problems.append(
            Problem(
                "no_table",
                "document",
                _("没有找到年度报告的三张表，一个数据也没有读到。请确认文件是政府信息公开工作年度报告。"),
            )
        )
        parsed.missing_tables = tuple(table.key for table in _form_expected(parsed).tables)
    else:
        parsed.edition = edition.name
        parsed.figures = dict.fromkeys(edition.figures)
        for table in edition.tables:
            _read_table(parsed, table, tables[table.key])
        for table in edition.tables:
            if tables[table.key].lines:
                doubt_what_nothing_holds(parsed, edition, table)
        if document.may_be_cut and not chapters.blocks.keys() & _chapters_below_tables(edition):
            doubt_last_row(parsed, edition)
    cells = {line for table in tables.values() for line in table.lines}
    beside = _read_prose(parsed, chapters, title, cells)
    in_tables, in_others = _cell_texts(content, tables)
    parsed.furniture = _furniture(document, [*chapters.furniture, *beside], in_others)
    texts = (
        parsed.narrative.values(),
        parsed.furniture.values(),
        chapters.headings,
        in_tables,
        (line.text for line in cells),
    )
    parsed.problems += check_conservation(document.source, chain(*texts))
    return parsed


def _cell_texts(content: list[Block], tables: dict[str, _TableFound]) -> tuple[list[str], list[str]]:
    """What the cells of the standard tables say, and those of the page's other tables."""
    read = {(token.place.grid, token.place.row) for table in tables.values() for token in table.tokens}
    standard: list[str] = []
    others: list[str] = []
    for block in content:
        if isinstance(block, Grid):
            is_standard = any((block.number, row) in read for row, _cells in enumerate(block.rows, block.first_row))
            (standard if is_standard else others).extend(cell.text for row in block.rows for cell in row)
    return standard, others


def _furniture(document: Document, beside: list[tuple[str, Block]], in_others: list[str]) -> dict[str, str]:
    """What is no text of the report, by what it is."""
    texts: dict[str, list[str]] = {}
    for each in document.furniture:
        texts.setdefault(each.name, []).append(each.text)
    for name, block in beside:
        if isinstance(block, Paragraph):
            texts.setdefault(name, []).append(block.text)
    if any(in_others):
        texts["other_table"] = [text for text in in_others if text]
    return {name: "\n".join(lines) for name, lines in texts.items()}


def _form_expected(parsed: ParsedReport) -> Edition:
    """The edition of its tables; where it has none, the one that its year asks for."""
    return parsed.form or (edition_for(parsed.year) if parsed.year else None) or CURRENT


def _chapters_below_tables(form: Edition) -> set[str]:
    last = max(number for number, chapter in enumerate(form.chapters) if chapter.has_table)
    return {chapter.key for chapter in form.chapters[last + 1 :]}


def _find_tables(content: list[Block], chapters: Chapters) -> dict[str, _TableFound]:
    """The grids of each table; where a chapter has none, its lines, since a table may have lost its form altogether."""
    grids = sort_grids(content)
    return {
        key: _TableFound(grids[key]) if grids[key] else _table_in_lines(key, chapters)
        for key in dict.fromkeys(table.key for form in NEWEST_FIRST for table in form.tables)
    }


def _table_in_lines(key: str, chapters: Chapters) -> _TableFound:
    lines = [block for block in chapters.blocks.get(key, ()) if isinstance(block, Paragraph)]
    tokens = [token for cells in tokens_of(lines) for token in cells]
    found = labels_found(tokens)
    is_table = max(found[name, key] for name in EDITIONS) >= 3
    return _TableFound(tokens, lines) if is_table else _TableFound()


def _edition(tables: dict[str, _TableFound], year: int | None) -> Edition | None:
    """The layout found, whatever the year; the year decides only where the tables found are alike in several editions."""
    scores: Counter[str] = Counter()
    for key, found in tables.items():
        labels = labels_found(found.tokens)
        scores.update({name: labels[name, key] for name in EDITIONS})
    best = [EDITIONS[name] for name, score in scores.items() if score and score == max(scores.values())]
    by_year = edition_for(year) if year else None
    return by_year if by_year in best else (best[-1] if best else None)


def _read_table(parsed: ParsedReport, table: Table, found: _TableFound) -> None:
    form = parsed.form
    assert form is not None
    title = _table_title(form, table)
    if not found.tokens:
        parsed.missing_tables += (table.key,)
        parsed.problems.append(Problem("unread_table", table.key, _("没有找到%(table)s的表格。") % {"table": title}))
        return
    parsed.places[table.key] = found.tokens[0].place
    reading = read_cells(table, index_of(form.name, table.key), found.tokens)
    if not reading.cells:
        message = _("%(table)s的表格没有读出来，请对照原文填写。") % {"table": title}
        parsed.problems.append(Problem("unread_table", table.key, message))
        return
    parsed.problems += [_problem(form, table, doubt) for doubt in reading.doubts]
    parsed.places |= {doubt.where: doubt.place for doubt in reading.doubts if doubt.place}
    for key, token in reading.cells.items():
        _read_cell(parsed, form.figures[key], token)
    doubt_wrapped(parsed, form, reading.cells)
    doubt_empty_ends(parsed, form, table, reading.cells, Counter(token.row for token in found.tokens))
    doubt_pushed(parsed, form, table, reading.may_be_shifted)


def _table_title(form: Edition, table: Table) -> str:
    chapter = form.chapter(table.key)
    numeral = pick(chapter.numeral, str(form.chapters.index(chapter) + 1))
    return _("第%(numeral)s章“%(title)s”") % {"numeral": numeral, "title": pick(chapter.title, chapter.title_en)}


def _problem(form: Edition, table: Table, doubt: Doubt) -> Problem:
    rows = {f"{table.key}.{row.key}": named(row) for block in table.blocks for row in block.rows}
    words = {"table": _table_title(form, table), "row": rows.get(doubt.where, ""), "about": doubt.about}
    messages = {
        "unread_row": _("%(table)s中没有找到“%(row)s”这一行，请对照原文填写。"),
        "unsure_row": _("%(table)s“%(row)s”一行的数据（%(about)s）与列数不符，无法确定各属哪一列，请对照原文填写。"),
        "unsure_columns": _("%(table)s的表头次序与格式不同，无法确定各列，请对照原文填写。"),
        "read_twice": _("%(table)s“%(row)s”一行在文中出现两次且数据不同，请对照原文填写。"),
        "glued_digits": _("%(table)s中“%(about)s”的数字连在一起，无法确定各是多少，请对照原文填写。"),
    }
    return Problem(doubt.code, doubt.where, messages[doubt.code] % words, doubt.about)


def _read_cell(parsed: ParsedReport, figure: Figure, token: Token) -> None:
    value = token.value
    parsed.places[figure.key] = token.place
    if value.kind == "blank":
        return
    if value.kind == "mark":
        parsed.marks[figure.key] = value.text
        return
    counted = not value.unit or value.unit in _COUNTING_UNITS
    if type(value.number) is int and counted and abs(value.number) <= _MAX_COUNT and not figure.column.decimal:
        parsed.figures[figure.key] = value.number
        return
    words = {"figure": named(figure), "text": value.text, "unit": figure.column.unit}
    if figure.column.decimal and value.number is not None and abs(Decimal(value.number)) < _MAX_AMOUNT:
        parsed.figures[figure.key] = value.number
        if value.unit and value.unit != figure.column.unit:
            message = (
                _("“%(figure)s”原文为“%(text)s”，单位与表格规定的“%(unit)s”不同，请核对。")
                if figure.column.names_unit
                else _("“%(figure)s”原文为“%(text)s”，表格没有规定单位，只记下了数字，请核对。")
            )
            parsed.problems.append(Problem("other_unit", figure.key, message % words))
    else:
        parsed.marks[figure.key] = value.text
        message = _("“%(figure)s”原文为“%(text)s”，不是一个可以确定的数，请对照原文填写。") % words
        parsed.problems.append(
            Problem("glued_digits" if value.kind == "glued" else "not_a_number", figure.key, message)
        )


def _read_identity(parsed: ParsedReport, content: list[Block], chapters: Chapters) -> Block | None:
    """Returns what holds the title."""
    every = [block.text for block in content if isinstance(block, Paragraph)]
    # The title of a web page often stands outside the element that holds the report, or only in the table of its catalogue.
    before = list(takewhile(chapters.is_before, content))
    opening = [block for block in before if isinstance(block, Paragraph)]
    signature = read_signature(every)
    title = read_title([block.text for block in opening], signature)
    if not title.agency:
        opening = [line for block in before for line in paragraphs_of(block)]
        title = read_title([line.text for line in opening], signature)
    parsed.agency, parsed.year = title.agency, title.year
    if title.line is not None:
        parsed.places |= dict.fromkeys(("agency", "year"), place_of(opening[title.line]))
    if not parsed.agency:
        parsed.problems.append(Problem("no_agency", "agency", _("标题中没有找到机构名称，请指明是哪个机构的报告。")))
    if parsed.year is None:
        parsed.problems.append(Problem("no_year", "year", _("标题中没有找到报告年度，请指明是哪一年的报告。")))
    elif not title.dated:
        if said := next((block for block in opening if says(block.text, title.evidence)), None):
            parsed.places["year"] = place_of(said)
        words = {"year": parsed.year, "evidence": title.evidence}
        message = _("标题中没有年度，按文中的“%(evidence)s”认定为 %(year)s 年，请核对。") % words
        parsed.problems.append(Problem("year_from_period", "year", message))
    parsed.contact = read_contact(join(tuple(chapters.front)) or "\n".join(every)) | read_contact_lines(content)
    return opening[title.line] if title.line is not None else None


def _read_prose(
    parsed: ParsedReport, chapters: Chapters, title: Block | None, cells: set[Paragraph]
) -> list[tuple[str, Block]]:
    """Returns what stands among the texts and is none, with what it is."""
    preamble, beside = _after_title(chapters.front, title)
    texts: dict[str, Sequence[Block]] = {"preamble": preamble}
    form = _form_expected(parsed)
    for chapter in form.prose:
        texts[chapter.key] = chapters.blocks.get(chapter.key, [])
        if chapter.key in chapters.blocks:
            continue
        words = {"chapter": chapter.heading}
        if holder := chapters.shared.get(chapter.key):
            words["other"] = form.chapter(holder).heading
            message = _("“%(chapter)s”没有自己的标题，与“%(other)s”合为一章，文字都记在后者之下，请核对。")
            parsed.problems.append(Problem("shared_chapter", f"narrative.{chapter.key}", message % words))
        else:
            message = _("没有找到“%(chapter)s”一章的标题，该章文字未读入。")
            parsed.problems.append(Problem("no_chapter", f"narrative.{chapter.key}", message % words))
    around = [
        block
        for chapter in form.chapters
        if chapter.has_table
        for block in chapters.blocks.get(chapter.key, ())
        if isinstance(block, Paragraph) and block not in cells
    ]
    texts["notes"] = [block for block in around if not is_label(block.text)]
    beside += [("label", block) for block in around if is_label(block.text)]
    for part, blocks in texts.items():
        parsed.narrative[part] = join(tuple(blocks))
        if first := next((block for block in blocks if isinstance(block, Paragraph)), None):
            parsed.places[f"narrative.{part}"] = place_of(first)
    # What was done about problems is no statement about the figures.
    stated = [chapter.key for chapter in reversed(form.prose) if chapter.key != PROBLEMS.key]
    said = [
        title.text if isinstance(title, Paragraph) else "",
        *(parsed.narrative[part] for part in ("notes", "preamble", *stated)),
    ]
    parsed.scope = read_scope(parsed.agency, said, parsed.figures)
    return beside


def _after_title(front: list[Block], title: Block | None) -> tuple[list[Block], list[tuple[str, Block]]]:
    """What stands before the first chapter, less title, name and date; and these."""
    paragraphs = [block for block in front if isinstance(block, Paragraph)]
    titles = [position for position, block in enumerate(paragraphs) if block is title or is_title(block.text)]
    start = titles[-1] + 1 if titles else 0
    beside: list[tuple[str, Block]] = [
        ("title" if position in titles else "page", block) for position, block in enumerate(paragraphs[:start])
    ]
    text: list[Block] = []
    for block, following in pairwise([*paragraphs[start:], None]):
        assert block is not None
        if is_date(block.text):
            beside.append(("date", block))
        elif following is not None and is_name(block.text) and is_date(following.text):
            beside.append(("signature", block))
        else:
            text.append(block)
    return text, beside
