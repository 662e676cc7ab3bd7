"""The deadline of a report and its ground; two queries however many agencies are asked about."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agencies.codes import DIVISION_CODE_LENGTH, PREFIX_LENGTHS
from agencies.models import Agency
from reports.deadlines.statutory import FIXED_BY_LAW, opening_date, statutory_date
from reports.models import Extension, ExtensionState, LocalDate


class Basis(StrEnum):
    EXTENSION = "extension"
    LOCAL = "local"
    STATUTORY = "statutory"


@dataclass(frozen=True)
class Deadline:
    """`due` is the last day in time. `local` is the date that its office set, whether or not an extension goes before
    it; `extension` the one in force."""

    due: datetime.date
    opens: datetime.date
    basis: Basis
    statutory: datetime.date
    fixed_by_law: bool
    local: LocalDate | None = None
    extension: Extension | None = None

    def days_left(self, today: datetime.date) -> int:
        """Days until the last one in time, 0 on the day itself, negative once it has passed."""
        return (self.due - today).days

    @property
    def why(self) -> str:
        """The ground for the date in the user's words: 依据：汐川县规定 1月20日."""
        return _("依据：%(ground)s") % {"ground": self.ground}

    @property
    def ground(self) -> str:
        if self.extension:
            day = date_format(self.extension.until, "MONTH_DAY_FORMAT")
            return _("主管部门同意延至 %(day)s") % {"day": day}
        if self.local:
            words = {"place": self.local.division.name, "day": date_format(self.local.due, "MONTH_DAY_FORMAT")}
            return _("%(place)s规定 %(day)s") % words
        day = date_format(self.statutory, "MONTH_DAY_FORMAT")
        if self.fixed_by_law:
            return _("《政府信息公开条例》第四十九条，%(day)s") % {"day": day}
        return _("上级尚未另行规定，暂按 %(day)s") % {"day": day}


def deadlines(agencies: Iterable[Agency], year: int) -> dict[str, Deadline]:
    """The deadline of each agency's report on the year, by the agency's key."""
    found = deadlines_of_reports((agency, year) for agency in agencies)
    return {agency: deadline for (agency, _year), deadline in found.items()}


def deadlines_of_reports(wanted: Iterable[tuple[Agency, int]]) -> dict[tuple[str, int], Deadline]:
    """The deadline of each report, named by agency and year, by the agency's key and the year."""
    reports = list(wanted)
    if not reports:
        return {}
    codes = [agency.code for agency, _year in reports]
    span = min(codes), max(codes)
    years = {year for _agency, year in reports}
    granted = Extension.objects.filter(year__in=years, state=ExtensionState.GRANTED, agency__code__range=span)
    extensions = {(extension.agency_id, extension.year): extension for extension in granted}
    local_dates = _local_dates(span, years)
    return {
        (agency.pk, year): _deadline(agency, year, local_dates, extensions.get((agency.pk, year)))
        for agency, year in reports
    }


def due_dates(agencies: Iterable[Agency], year: int) -> dict[str, datetime.date]:
    """The last day in time for each agency's report on the year, by the agency's key."""
    return {key: deadline.due for key, deadline in deadlines(agencies, year).items()}


def due_date(agency: Agency, year: int) -> datetime.date:
    """The last day in time for this agency's report on the year."""
    return deadlines([agency], year)[agency.pk].due


LocalDates = dict[tuple[str, int], dict[str, LocalDate]]
"""By the prefix of the division and the year, then by kind."""


def _local_dates(span: tuple[str, str], years: set[int]) -> LocalDates:
    """The dates set anywhere between the province of the first code and the last code: all that can apply to them."""
    first = span[0][: PREFIX_LENGTHS[1]].ljust(DIVISION_CODE_LENGTH, "0")
    found: LocalDates = defaultdict(dict)
    for local in LocalDate.objects.filter(year__in=years, division__code__range=(first, span[1])).select_related(
        "division"
    ):
        found[local.division.prefix, local.year][local.kind] = local
    return found


def _deadline(agency: Agency, year: int, local_dates: LocalDates, extension: Extension | None) -> Deadline:
    statutory = statutory_date(agency, year)
    local = _nearest(agency, year, local_dates)
    due, basis = (local.due, Basis.LOCAL) if local else (statutory, Basis.STATUTORY)
    if extension:
        due, basis = extension.until, Basis.EXTENSION
    return Deadline(
        due=due,
        opens=local.opens if local and local.opens else opening_date(year),
        basis=basis,
        statutory=statutory,
        fixed_by_law=agency.kind in FIXED_BY_LAW,
        local=local,
        extension=extension,
    )


def _nearest(agency: Agency, year: int, local_dates: LocalDates) -> LocalDate | None:
    for length in sorted(PREFIX_LENGTHS.values(), reverse=True):
        by_kind = local_dates.get((agency.code[:length], year))
        local = by_kind.get(agency.kind, by_kind.get("")) if by_kind else None
        # The government of a place sets the date for those below it; its own comes from above.
        if local and agency.code != local.division_id:
            return local
    return None
