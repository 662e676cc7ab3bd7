"""Rules about single cells and whole tables: blanks, marks, what is no count, tables absent or of another edition."""

from __future__ import annotations

from reports.checks.arithmetic import equations_of
from reports.checks.content import Content, Finding
from reports.standard.elements import Figure
from reports.standard.marks import means_blank


def undecided(content: Content) -> list[Finding]:
    """Cells that say nothing, one finding a row; and equations that only doubts of the import leave undecided."""
    return _blank_rows(content) + _undecided_equations(content)


def is_blank(content: Content, key: str) -> bool:
    """Whether the filer left the cell empty, or wrote there that it is."""
    if content.figures.get(key) is not None or key in content.doubted:
        return False
    return means_blank(content.marks.get(key, ""))


def _figures(content: Content) -> list[Figure]:
    """Every cell of the tables that are there."""
    if content.form is None:
        return []
    figures = content.form.figures.values()
    return (
        [figure for figure in figures if content.has_table(figure.table)] if content.missing_tables else list(figures)
    )


def _blank_rows(content: Content) -> list[Finding]:
    rows: dict[str, list[str]] = {}
    for figure in _figures(content):
        if content.figures.get(figure.key) is None and is_blank(content, figure.key):
            rows.setdefault(figure.row_key, []).append(figure.key)
    return [
        Finding("undecided", row, tuple(keys), {key: content.entry(key) for key in keys}) for row, keys in rows.items()
    ]


def _undecided_equations(content: Content) -> list[Finding]:
    """Where the filer left something out the row says so; what remains is what the import could not read."""
    if not content.doubted or content.form is None:
        return []
    findings = []
    for equation in equations_of(content):
        found = equation.evaluate(content.known, content.form.signed)
        if found.verdict == "undecided" and content.doubted.issuperset(found.unknown):
            operands = {"equation": equation.rule} | {key: content.entry(key) for key in equation.cells}
            findings.append(Finding("undecided", equation.where, equation.cells, operands))
    return findings


def not_a_count(content: Content) -> list[Finding]:
    """Each cell that holds something else than a number of its kind: negative, fractional, beyond measure, or words."""
    if content.form and content.form.figures.keys() == content.known.keys() and min(content.known.values()) >= 0:
        return []
    return [
        Finding("not_a_count", figure.key, (figure.key,), {figure.key: content.entry(figure.key)})
        for figure in _figures(content)
        if figure.key not in content.doubted and not _is_proper(content, figure)
    ]


def _is_proper(content: Content, figure: Figure) -> bool:
    value = content.figures.get(figure.key)
    if value is None:
        return means_blank(content.marks.get(figure.key, ""))
    return figure.key in content.known and (value >= 0 or figure.column.signed)


def missing_table(content: Content) -> list[Finding]:
    """Each standard table that the report lacks; all of them where it has none."""
    tables = content.form_expected.tables
    return [
        Finding("missing_table", table.key)
        for table in tables
        if table.key in content.missing_tables or content.form is None
    ]


def wrong_edition(content: Content) -> list[Finding]:
    """The tables are of another edition than the one in force for the year."""
    if content.form is None or content.year is None or content.form.covers(content.year):
        return []
    return [Finding("wrong_edition", "document", operands={"edition": content.edition, "year": content.year})]
