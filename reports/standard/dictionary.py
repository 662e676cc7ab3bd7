"""The data dictionary: every figure of every edition, one row each, as the declared form has it."""

from __future__ import annotations

from reports.standard import EDITIONS

COLUMNS = (
    "edition",
    "key",
    "section",
    "row_label",
    "column_label",
    "label_en",
    "type",
    "unit",
    "signed",
    "counterparts_2021",
    "note",
)


def data_dictionary() -> list[dict[str, str]]:
    """Keyed by `COLUMNS`. `counterparts_2021` are the keys of the 2021 edition, joined by `+`, whose sum counts the same."""
    return [
        {
            "edition": edition.name,
            "key": figure.key,
            "section": figure.section,
            "row_label": "/".join(figure.row.path),
            "column_label": "/".join(figure.column.path),
            "label_en": figure.label_en,
            "type": "decimal" if figure.column.decimal else "integer",
            "unit": figure.column.unit,
            "signed": "signed" if figure.column.signed else "",
            "counterparts_2021": "+".join(edition.counterparts.get(figure.key, ())),
            "note": figure.row.note,
        }
        for edition in EDITIONS.values()
        for figure in edition.figures.values()
    ]
