"""How many stored reports a second one core checks anew, all of the job included: `python -m bench.rechecking [COUNT]`.

In the database of DATABASE_URL, which needs the register of the whole country; two years of COUNT townships (2,000 by default)
are stored, checked and taken back. `first` is the first check of all, `again` what a changed rule asks for: nothing is new but
the verdicts. Exits with 1 where fewer than 300 reports a second of the processor are checked again.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter

import django

YEARS = (2029, 2030)
LEAST = 300


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.db import connection, transaction

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with transaction.atomic():
        keys = store(count)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"{connection.vendor}: {len(keys)} reports")
        rates = {name: measured(keys) for name in ("first", "again")}
        transaction.set_rollback(True)
    for name, (own, wall, found) in rates.items():
        print(
            f"{name:>6}: {len(keys) / own:6.0f} reports a second of this processor,"
            f" {len(keys) / wall:6.0f} by the clock; {found} findings"
        )
    return 0 if len(keys) / rates["again"][0] >= LEAST else 1


def store(count: int) -> list[int]:
    """The figures of the samples, with what these say about them, in a text of its own for every unit and year."""
    from agencies.models import Agency, Kind
    from bench.made_texts import made_texts, speaks_of_tables
    from reports.models import FIGURES_MODELS, Report, State, Version
    from reports.standard import CURRENT
    from samples.contents import all_samples

    samples = [sample for sample in all_samples() if sample.edition.name == CURRENT.name]
    units = Agency.objects.filter(kind=Kind.TOWNSHIP, owes_report=True).order_by("code")
    codes = list(units.values_list("pk", flat=True)[:count])
    wanted = [Report(agency_id=code, year=year) for year in YEARS for code in codes]
    reports = Report.objects.bulk_create(wanted, batch_size=2000)
    versions = []
    for number, (report, text) in enumerate(zip(reports, made_texts(len(reports), about_tables=False), strict=True)):
        sample = samples[number % len(samples)]
        said = [line for line in sample.narrative["overview"].split("。") if speaks_of_tables(line)]
        overview = text.narrative["overview"] + "。".join(said).replace(f"{sample.year}年", f"{report.year}年") + "。"
        narrative = text.narrative | {"overview": overview}
        versions.append(Version(report=report, number=1, edition=CURRENT.name, state=State.PUBLISHED, **narrative))
    Version.objects.bulk_create(versions, batch_size=1000)
    model = FIGURES_MODELS[CURRENT.name]
    rows = [
        model(
            version=version,
            **{CURRENT.figures[key].field_name: value for key, value in samples[number % len(samples)].figures.items()},
        )
        for number, version in enumerate(versions)
    ]
    model._default_manager.bulk_create(rows, batch_size=500)
    for version in versions:
        version.report.published = version
    Report.objects.bulk_update(reports, ["published"], batch_size=2000)
    return [version.pk for version in versions]


def measured(keys: list[int]) -> tuple[float, float, int]:
    """Seconds of this process, seconds by the clock, and how many findings there are."""
    from reports.findings.rechecking import CHUNK, recheck_versions
    from reports.models import Finding, Version

    Version.objects.filter(pk__in=keys).update(checked_with="")
    own, wall = time.process_time(), time.perf_counter()
    for start in range(0, len(keys), CHUNK):
        recheck_versions(Version.objects.filter(pk__in=keys[start : start + CHUNK]), Counter())
    spent = time.process_time() - own, time.perf_counter() - wall
    return *spent, Finding.objects.filter(version__in=keys).count()


if __name__ == "__main__":
    sys.exit(main())
