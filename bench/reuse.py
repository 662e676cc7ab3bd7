"""How long it takes to find the copies among a year's narratives: `python -m bench.reuse [COUNT]`, 40,000 by default.

In the database of DATABASE_URL, which needs the register of the whole country; takes everything back. Prints how many texts
were compared in full, of all pairs there are, and how many of the planted copies were found. Exits with 1 below 99 in 100.
"""

from __future__ import annotations

import os
import sys
import time

import django

YEAR = 2031
CHUNK = 100
MIN_FOUND = 0.99


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.db import connection, transaction

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40_000
    with transaction.atomic():
        keys, copies = store(count)
        begun = time.perf_counter()
        for start in range(0, count, CHUNK):
            sign(keys[start : start + CHUNK])
        sketched = time.perf_counter() - begun
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        begun = time.perf_counter()
        compared, found = 0, set()
        for start in range(0, count, CHUNK):
            texts, alike = look_up(keys[start : start + CHUNK])
            compared += texts
            found |= alike
        looked_up = time.perf_counter() - begun
        transaction.set_rollback(True)
    pairs = count * (count - 1) // 2
    caught = sum(bool({copy, model} & found) for copy, model in copies)
    print(f"{connection.vendor}: {count} narratives, {pairs} pairs")
    print(f"sketched in {sketched:.1f} s, looked up and compared in {looked_up:.1f} s")
    print(f"compared in full: {compared} pairs, one in {pairs // max(compared, 1)}")
    print(f"copies planted {len(copies)}, found {caught}; texts said to be alike {len(found)}")
    return 0 if caught >= MIN_FOUND * len(copies) else 1


def store(count: int) -> tuple[list[int], list[tuple[int, int]]]:
    """The keys of the versions stored, and which of them are copies of which."""
    from agencies.models import Agency
    from bench.made_texts import made_texts
    from reports.models import Report, State, Version

    codes = list(Agency.objects.filter(owes_report=True).order_by("code").values_list("pk", flat=True)[:count])
    if len(codes) < count:
        sys.exit("The register is too small: manage.py load_divisions")
    reports = Report.objects.bulk_create([Report(agency_id=code, year=YEAR) for code in codes], batch_size=2000)
    texts = list(made_texts(count))
    versions = Version.objects.bulk_create(
        [
            Version(report=report, number=1, edition="2021", state=State.PUBLISHED, **text.narrative)
            for report, text in zip(reports, texts, strict=True)
        ],
        batch_size=1000,
    )
    keys = [version.pk for version in versions]
    return keys, [(keys[place], keys[text.copied]) for place, text in enumerate(texts) if text.copied is not None]


def sign(keys: list[int]) -> None:
    from reports.findings.texts import signatures_of
    from reports.models import Version

    signatures_of(list(Version.objects.filter(pk__in=keys).select_related("report__agency")))


def look_up(keys: list[int]) -> tuple[int, set[int]]:
    """How many texts were compared in full, and which of these were found to be alike."""
    from reports.checks.rules.reused_text import reused_text
    from reports.findings.contents import subject_of
    from reports.findings.texts import texts_for
    from reports.models import Version

    versions = list(Version.objects.filter(pk__in=keys).select_related("report__agency"))
    subjects = [subject_of(version) for version in versions]
    others = texts_for(subjects)
    alike = {versions[n].pk for n, subject in enumerate(subjects) if reused_text(subject.content, None, others[n])}
    return sum(map(len, others.values())), alike


if __name__ == "__main__":
    sys.exit(main())
