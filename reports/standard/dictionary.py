"""The data dictionary: every figure of every edition and every rate, one row each, as they are declared."""

from __future__ import annotations

from reports.standard import EDITIONS
from reports.standard.counterparts import counterparts
from reports.standard.rates import RATES

_SUCCESSORS = tuple(edition for edition in EDITIONS.values() if edition.succeeds)
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
    *(f"counterparts_{edition.name}" for edition in _SUCCESSORS),
    "note",
)


def data_dictionary() -> list[dict[str, str]]:
    """Keyed by `COLUMNS`. `counterparts_YYYY` are the keys of that edition, joined by `+`, whose sum counts the same."""
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
            **{
                f"counterparts_{other.name}": ""
                if other is edition
                else "+".join(counterparts((figure.key,), edition.name, other.name))
                for other in _SUCCESSORS
            },
            "note": figure.row.note,
        }
        for edition in EDITIONS.values()
        for figure in edition.figures.values()
    ]


RATE_COLUMNS = ("key", "label", "label_en", "definition", "edition", "numerator", "denominator", "smallest_denominator")


def rate_dictionary() -> list[dict[str, str]]:
    """Keyed by `RATE_COLUMNS`, one row for each rate and edition: the keys, joined by `+`, whose sums are divided.

    Where the denominator is below the smallest, only the two counts are given.
    """
    return [
        {
            "key": rate.key,
            "label": rate.label,
            "label_en": rate.label_en,
            "definition": rate.definition,
            "edition": edition,
            "numerator": "+".join(rate.numerator[edition]),
            "denominator": "+".join(rate.denominator[edition]),
            "smallest_denominator": str(rate.smallest),
        }
        for rate in RATES.values()
        for edition in rate.figures
    ]
