"""Everything that is public, a file for each year and format, with checksums: made anew by `publish_data`."""

from __future__ import annotations

import csv
import fcntl
import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from reports.exporting.many import as_csv, as_jsonl, in_full, write_xlsx
from reports.models import Report
from reports.standard.dictionary import COLUMNS as DICTIONARY_COLUMNS
from reports.standard.dictionary import data_dictionary

MANIFEST = "manifest.json"
DICTIONARY = "data-dictionary.csv"
ENDINGS = {"csv": "csv", "xlsx": "xlsx", "jsonl": "jsonl.gz"}
_CHUNK_SIZE = 1 << 20

Progress = Callable[[str, int, int], None]
"""Called after each report with the name of the file, how many reports it will hold, and how many it holds."""


@dataclass(frozen=True)
class DataFile:
    """One file of the folder. `year` is None for the data dictionary; `reports` counts its lines."""

    name: str
    form: str
    year: int | None
    reports: int | None
    size: int
    sha256: str
    made_at: str


def write_years(folder: Path, progress: Progress) -> list[DataFile]:
    """Writes the files of all years and their manifest, which names only whole files.

    A report that is published meanwhile may be in one format of its year and not yet in another.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        written = [_data_file(folder, DICTIONARY, "csv", None, None, _write_dictionary)]
        years = Report.objects.published().order_by("-year").values_list("year", flat=True).distinct()
        for year in years:
            written += _write_year(folder, year, progress)
        _write_manifest(folder, written)
    return written


def replace_year(folder: Path, year: int) -> None:
    """Makes the files of one year anew, where there are yearly files at all. Waits for whoever is writing them: he may have read
    what is no longer public."""
    if not folder.is_dir():
        return
    with _alone(folder):
        others = [file for file in listed(folder) if file.year != year]
        if not others:
            remove_year(folder, year)
            return
        fresh = _write_year(folder, year, lambda name, total, done: None) if _any_published(year) else []
        if not fresh:
            remove_year(folder, year)
        older = [file for file in others if file.year is not None and file.year < year]
        newer = [file for file in others if file not in older]
        _write_manifest(folder, [*newer, *fresh, *older])


def remove_year(folder: Path, year: int) -> None:
    """Takes the files of one year away at once."""
    if files := listed(folder):
        _write_manifest(folder, [file for file in files if file.year != year])
    for ending in ENDINGS.values():
        (folder / f"nianbao-{year}.{ending}").unlink(missing_ok=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """While nobody else writes these files."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _any_published(year: int) -> bool:
    return Report.objects.published().filter(year=year).exists()


def _write_year(folder: Path, year: int, progress: Progress) -> list[DataFile]:
    reports = Report.objects.published().with_headlines().filter(year=year).order_by("agency_id")
    count = reports.count()
    written = []
    for form, ending in ENDINGS.items():
        name = f"nianbao-{year}.{ending}"
        counted = _counting(in_full(reports), partial(progress, name, count))
        written.append(_data_file(folder, name, form, year, count, partial(_write, form=form, reports=counted)))
    return written


def _write_manifest(folder: Path, files: Sequence[DataFile]) -> None:
    beginning = folder / f".{MANIFEST}"
    beginning.write_text(json.dumps([asdict(file) for file in files], indent=1))
    beginning.replace(folder / MANIFEST)


def _counting(reports: Iterable[Report], progress: Callable[[int], None]) -> Iterator[Report]:
    for done, report in enumerate(reports, 1):
        yield report
        progress(done)


def _write(path: Path, form: str, reports: Iterable[Report]) -> None:
    if form == "xlsx":
        write_xlsx(reports, path)
    elif form == "csv":
        with path.open("wb") as file:
            file.writelines(as_csv(reports))
    else:
        # Without a time of its own the same data make the same bytes.
        with path.open("wb") as file, gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:
            for piece in as_jsonl(reports):
                packed.write(piece)


def _write_dictionary(path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, DICTIONARY_COLUMNS)
        writer.writeheader()
        writer.writerows(data_dictionary())


def _data_file(
    folder: Path, name: str, form: str, year: int | None, reports: int | None, write: Callable[[Path], object]
) -> DataFile:
    """Writes a file beside the one of its name, which it then takes the place of."""
    beginning = folder / f".{name}"
    write(beginning)
    digest = hashlib.sha256()
    with beginning.open("rb") as file:
        while chunk := file.read(_CHUNK_SIZE):
            digest.update(chunk)
    size = beginning.stat().st_size
    beginning.replace(folder / name)
    made_at = timezone.localtime().isoformat(timespec="seconds")
    return DataFile(name, form, year, reports, size, digest.hexdigest(), made_at)


def listed(folder: Path | None = None) -> list[DataFile]:
    """What the manifest names; nothing where no files were made yet."""
    try:
        manifest = ((folder or settings.DATA_ROOT) / MANIFEST).read_text()
    except FileNotFoundError:
        return []
    return [DataFile(**entry) for entry in json.loads(manifest)]
