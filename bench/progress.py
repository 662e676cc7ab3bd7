"""How long the progress of a year takes over the whole nation: `python -m bench.progress`, in the database of DATABASE_URL.

Needs the register of the whole country (`manage.py load_divisions`). Makes six years of reports, measures, and takes them
back. Exits with 1 where a page's figures take longer than two seconds.
"""

from __future__ import annotations

import datetime
import os
import sys
import time

import django

YEARS = [2024, 2023, 2022, 2021, 2020, 2019]
MAX_SECONDS = 2.0
ROUNDS = 3
PROVINCE, CITY, COUNTY = "370000000000", "371000000000", "371003000000"


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.db import connection, transaction

    slowest = 0.0
    with transaction.atomic():
        print(f"{connection.vendor}: {fill()} reports")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        for code in (None, PROVINCE, CITY, COUNTY):
            seconds, units = measure(code)
            slowest = max(slowest, *seconds.values())
            took = "  ".join(f"{name} {1000 * spent:6.0f} ms" for name, spent in seconds.items())
            print(f"{code or 'the nation':>12}  {units:6} units  {took}")
        transaction.set_rollback(True)
    return 0 if slowest <= MAX_SECONDS else 1


def fill() -> int:
    """A report of each unit and year, but for one in nine; one in seven of them late."""
    from django.db.models import F, OuterRef, Subquery
    from django.utils import timezone

    from agencies.models import Agency
    from reports.models import Report, State, Version

    reports = []
    versions = []
    for year in YEARS:
        in_time, late = (timezone.make_aware(datetime.datetime(year + 1, month, 20)) for month in (1, 5))
        for number, code in enumerate(Agency.objects.owing(year).values_list("pk", flat=True)):
            if (number + year) % 9:
                reports.append(Report(agency_id=code, year=year))
                at = late if (number + year) % 7 == 0 else in_time
                versions.append(
                    Version(number=1, edition="2021", state=State.PUBLISHED, submitted_at=at, published_at=at)
                )
    Report.objects.bulk_create(reports, batch_size=2000)
    for report, version in zip(reports, versions, strict=True):
        version.report = report
    Version.objects.bulk_create(versions, batch_size=1000)
    first = Version.objects.filter(report=OuterRef("pk"))
    Report.objects.filter(published=None).exclude(versions=None).update(published=Subquery(first.values("pk")[:1]))
    return Report.objects.filter(published__report=F("pk")).count()


def measure(code: str | None) -> tuple[dict[str, float], int]:
    """The best of a few rounds of what the page asks for: the table, and the first of the overdue with their number."""
    from agencies.codes import subtree
    from agencies.models import Agency, Division
    from reports.review.progress import overdue, rows

    region = Division.objects.get(pk=code) if code else None
    units = Agency.objects.filter(code__range=subtree(region.prefix)) if region else Agency.objects.all()
    today = datetime.date(YEARS[0] + 1, 7, 1)

    def listed() -> None:
        late = overdue(units, YEARS[0], today)
        late.count()
        list(late[:50])

    return {
        "table": best(lambda: rows(units, region, False, YEARS[0], YEARS)),
        "overdue": best(listed),
    }, units.filter(owes_report=True).count()


def best(act: object) -> float:
    assert callable(act)
    spent = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        act()
        spent.append(time.perf_counter() - begun)
    return min(spent)


if __name__ == "__main__":
    sys.exit(main())
