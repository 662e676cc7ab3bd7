"""The relation of who counts into whom: as the codes have it at first, then as supervisors change it."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from agencies.codes import codes_above
from agencies.models import Agency, CountingRecord, CountsInto, User

BATCH_SIZE = 2000
MAX_STEPS = 12
"""More steps up than there are levels of government: what goes on longer goes round."""


def begin_as_coded(codes: Collection[str] | None = None) -> int:
    """Has every agency, or these, count into the nearest one above by the codes, unless it is said already; and says how many."""
    registered = set(Agency.objects.values_list("code", flat=True))
    wanted = Agency.objects.filter(counts_into=None).order_by("code")
    if codes is not None:
        wanted = wanted.filter(code__in=codes)
    rows = [
        CountsInto(agency_id=code, whole_id=whole, valid_from=founded, valid_to=ended)
        for code, founded, ended in wanted.values_list("code", "valid_from", "valid_to")
        if (whole := next((above for above in codes_above(code) if above in registered), None))
    ]
    CountsInto.objects.bulk_create(rows, batch_size=BATCH_SIZE)
    return len(rows)


@transaction.atomic
def count_into(
    agencies: Iterable[Agency], whole: Agency | None, since: datetime.date, by: User | None, comment: str = ""
) -> list[Agency]:
    """From that day on these count into that one, or into nobody; what was so before stays for the time before. Gives back those
    that this changes. Raises ValidationError where one would count into itself, be it by way of others."""
    locked = list(Agency.objects.select_for_update().filter(pk__in=[each.pk for each in agencies]).order_by("pk"))
    above = {whole.pk, *wholes_above(whole.pk, since.year)} if whole else set()
    changed, records = [], []
    for agency in locked:
        if agency.pk in above:
            words = {"agency": agency.name, "whole": whole.name if whole else ""}
            raise ValidationError(_("“%(whole)s”本身计入“%(agency)s”，不能反过来。") % words, "goes_round")
        before = _in_force(agency, since)
        if (before.whole_id if before else None) == (whole.pk if whole else None):
            continue
        agency.counts_into.filter(valid_from__gte=since).delete()
        day_before = since - datetime.timedelta(days=1)
        agency.counts_into.filter(Q(valid_to=None) | Q(valid_to__gte=since)).update(valid_to=day_before)
        if whole:
            CountsInto.objects.create(agency=agency, whole=whole, valid_from=since, valid_to=agency.valid_to)
        changed.append(agency)
        records.append(
            CountingRecord(
                agency=agency,
                before=before.whole if before else None,
                after=whole,
                since=since,
                comment=comment.strip(),
                made_by=by,
            )
        )
    CountingRecord.objects.bulk_create(records)
    return changed


@transaction.atomic
def end_with_merger(agency: Agency, by: User | None) -> list[Agency]:
    """An agency that ended keeps its relation until then; from the next day on its parts count into its successor."""
    if agency.valid_to is None:
        return []
    agency.counts_into.filter(Q(valid_to=None) | Q(valid_to__gt=agency.valid_to)).update(valid_to=agency.valid_to)
    heir = agency.successor
    left = Agency.objects.filter(counts_into__in=CountsInto.objects.filter(whole=agency, valid_to=None))
    if heir is None:
        return []
    since = agency.valid_to + datetime.timedelta(days=1)
    told = _("“%(agency)s”并入“%(heir)s”") % {"agency": agency.name, "heir": heir.name}
    return count_into(left.exclude(pk=heir.pk), heir, since, by, told)


def _in_force(agency: Agency, day: datetime.date) -> CountsInto | None:
    began = Q(valid_from=None) | Q(valid_from__lte=day)
    rows = agency.counts_into.filter(began, Q(valid_to=None) | Q(valid_to__gte=day)).select_related("whole")
    return rows.order_by(F("valid_from").desc(nulls_last=True)).first()


def wholes_above(code: str, year: int) -> list[str]:
    """Everybody into whom an agency counts in that year, the nearest first."""
    return lines_above([code], year)[code]


def lines_above(codes: Iterable[str], year: int) -> dict[str, list[str]]:
    """By agency, everybody into whom it counts in that year, the nearest first: in a query for each level."""
    found: dict[str, list[str]] = {code: [] for code in codes}
    known: dict[str, str] = {}
    asked: set[str] = set()
    wanted = set(found)
    while wanted:
        known |= CountsInto.objects.wholes_of(wanted, year)
        asked |= wanted
        wanted = set(known.values()) - asked
    for code, line in found.items():
        here = code
        while (here := known.get(here, "")) and len(line) < MAX_STEPS:
            line.append(here)
    return found


def parts_below(codes: Iterable[str], year: int) -> dict[str, str]:
    """Everybody who counts into one of these in that year, be it by way of others, with the one that it counts into directly: in
    two queries for each level."""
    found: dict[str, str] = {}
    level = set(codes)
    for _step in range(MAX_STEPS):
        rows = CountsInto.objects.in_year(year).filter(whole__in=level).values_list("agency_id", flat=True)
        candidates = set(rows) - found.keys()
        direct = CountsInto.objects.wholes_of(candidates, year)
        reached = {agency: whole for agency, whole in direct.items() if whole in level}
        found |= reached
        level = set(reached)
        if not level:
            break
    return found
