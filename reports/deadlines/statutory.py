"""What the Regulations on Open Government Information (政府信息公开条例, 2019) say about the date. Pure: no database.

Article 49: departments of governments from the county upwards hand theirs to the office in charge and publish it by
31 January; governments from the county upwards publish theirs by 31 March. The law names no date for townships and
subdistricts: their county sets it.
"""

from __future__ import annotations

import datetime

from agencies.codes import level_of
from agencies.models import Agency, Kind, Level

FIXED_BY_LAW = (Kind.GOVERNMENT, Kind.DEPARTMENT, Kind.COMMITTEE)
"""The kinds whose date no office may set later than the law does."""


def statutory_date(agency: Agency, year: int) -> datetime.date:
    """The date for the report on the year; for whom the law names none, 31 January, until their county sets one."""
    government = agency.kind == Kind.GOVERNMENT and level_of(agency.code[:12]) <= Level.COUNTY
    return end_of(year, 3 if government else 1)


def latest_date(kind: str, year: int) -> datetime.date:
    """The latest that an office may set for that kind of agency, or for all kinds at once (`""`).

    Where the law names no date it is 31 March, by when the county that counts them in publishes its own.
    """
    if (kind in FIXED_BY_LAW and kind != Kind.GOVERNMENT) or not kind:
        return end_of(year, 1)
    return end_of(year, 3)


def opening_date(year: int) -> datetime.date:
    """When filing begins unless an office says otherwise: as soon as the year is over."""
    return datetime.date(year + 1, 1, 1)


def end_of(year: int, month: int) -> datetime.date:
    """The 31st of that month in the year after the report year."""
    return datetime.date(year + 1, month, 31)
