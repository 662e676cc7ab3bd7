"""The last day in time as a database expression, for counting a whole country at once.

The same rules in the same order as in `deadline`, which says why; a test holds the two together.
"""

from __future__ import annotations

from django.db.models import Case, DateField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat, Left, Substr
from django.db.models.lookups import Exact

from agencies.codes import DIVISION_CODE_LENGTH, PREFIX_LENGTHS
from agencies.models import Kind, Level
from reports.deadlines.statutory import end_of
from reports.models import Extension, ExtensionState, LocalDate


def due_on(year: int) -> Coalesce:
    """The last day in time of an agency's report on the year; for querysets of agencies."""
    extension = Extension.objects.filter(agency=OuterRef("pk"), year=year, state=ExtensionState.GRANTED)
    return Coalesce(
        Subquery(extension.values("until")[:1]),
        Subquery(_local(year).values("due")[:1]),
        _statutory(year),
        output_field=DateField(),
    )


def _local(year: int) -> QuerySet[LocalDate]:
    """The dates that apply to an agency, the nearest office's first; of one office, its kind's before that of all."""
    above = Q()
    for digits in PREFIX_LENGTHS.values():
        above |= Q(division=Concat(Left(OuterRef("code"), digits), Value("0" * (DIVISION_CODE_LENGTH - digits))))
    return (
        LocalDate.objects.filter(above, Q(kind=OuterRef("kind")) | Q(kind=""), year=year)
        # The government of a place sets the date for those below it; its own comes from above.
        .exclude(division=OuterRef("code"))
        .order_by("-division__level", "-kind")
    )


def _statutory(year: int) -> Case:
    first = PREFIX_LENGTHS[Level.COUNTY]
    below = DIVISION_CODE_LENGTH - first
    county_or_above = Exact(Substr("code", first + 1, below), Value("0" * below))
    government = When(Q(county_or_above, kind=Kind.GOVERNMENT), then=Value(end_of(year, 3)))
    return Case(government, default=Value(end_of(year, 1)), output_field=DateField())
