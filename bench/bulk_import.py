"""A bulk import of made reports into the database that DATABASE_URL names, which must be empty: `python -m bench.bulk_import`.

Prints one JSON object: how many reports, the seconds that reading alone takes, and those of the whole job, as a worker does it.
"""

from __future__ import annotations

import dataclasses
import io
import json
import os
import sys
import time
import zipfile

FORMATS = ("docx", "html", "xlsx", "rows")
REPORTS = 240


def made_reports(count: int) -> dict[str, bytes]:
    """Reports of the sample units on later and later years, in turn as Word, web page, workbook and text."""
    from samples.contents import ENDINGS, all_samples
    from samples.make import WRITERS

    newest = {sample.agency: sample for sample in all_samples() if sample.edition.name == "2021"}
    files: dict[str, bytes] = {}
    for number in range(count):
        sample = list(newest.values())[number % len(newest)]
        year = 2024 + number // len(newest)
        form = FORMATS[(number + number // len(newest)) % len(FORMATS)]
        prose = {part: text.replace(f"{sample.year}年", f"{year}年") for part, text in sample.narrative.items()}
        made = dataclasses.replace(sample, year=year, format=form, encoding="utf-8", narrative=prose)
        files[f"{sample.agency}{year}.{ENDINGS[form]}"] = WRITERS[form](made)
    return files


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.core.management import call_command

    from agencies.models import User
    from reports.importing.read import read_report
    from reports.intake.batch_import import start_import
    from reports.jobs.running import run_job
    from reports.models import Job, Version
    from samples.contents import FOLDER

    call_command("migrate", verbosity=0)
    call_command("load_divisions", FOLDER / "register.csv", stdout=io.StringIO())
    files = made_reports(REPORTS)
    begun = time.perf_counter()
    for name, data in files.items():
        read_report(data, name)
    reading = time.perf_counter() - begun
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as writing:
        for name, data in files.items():
            writing.writestr(name, data)
    upload = SimpleUploadedFile("all.zip", archive.getvalue())
    by = User.objects.create_superuser("bench", password=None)
    batch = start_import([upload], by, as_draft=False, hold_doubtful=False)
    begun = time.perf_counter()
    run_job.func(batch.job_id)
    whole = time.perf_counter() - begun
    stored = Version.objects.count()
    if stored != len(files) or Job.objects.get().state != "done":
        sys.exit(f"{stored} of {len(files)} reports are stored: {dict(batch.files.values_list('name', 'message'))}")
    print(json.dumps({"reports": stored, "reading": reading, "whole": whole}))


if __name__ == "__main__":
    main()
