"""How long reading a report takes, and how that compares with the bare library on the same file: `python -m bench.importing`.

Processor time on the samples, the best of several rounds; the bare library does no more than parse the file and, for a PDF,
find its tables and text. Then, by the clock, the import of hundreds of files as a job, into a fresh SQLite file and a fresh
PostgreSQL server, where one is installed.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pdfplumber
from lxml import etree, html
from python_calamine import CalamineWorkbook

ROUNDS = {"pdf": 2}


def bare_text(data: bytes) -> None:
    data.decode("utf-8", "replace").split("\n")


def bare_html(data: bytes) -> None:
    html.document_fromstring(data)


def bare_docx(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        etree.fromstring(archive.read("word/document.xml"))


def bare_xlsx(data: bytes) -> None:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in workbook.sheet_names:
        workbook.get_sheet_by_name(name).to_python()


def bare_pdf(data: bytes) -> None:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_text_lines(return_chars=True)
            for table in page.find_tables():
                table.extract()


BARE: dict[str, Callable[[bytes], None]] = {
    "txt": bare_text,
    "html": bare_html,
    "docx": bare_docx,
    "xlsx": bare_xlsx,
    "pdf": bare_pdf,
}


def milliseconds(act: Callable[[bytes], object], files: list[bytes], rounds: int) -> float:
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        for data in files:
            act(data)
        best = min(best, time.process_time() - began)
    return best * 1000 / len(files)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("DEBUG", "1")
    import django

    django.setup()
    from reports.importing.read import read_report
    from samples.contents import ENDINGS, all_samples

    files: defaultdict[str, list[bytes]] = defaultdict(list)
    for sample in all_samples():
        files[ENDINGS[sample.format]].append(sample.file.read_bytes())
    print(f"{'format':8}{'files':>6}{'ms/report':>12}{'bare':>10}{'ratio':>8}")
    for ending, bare in BARE.items():
        rounds = ROUNDS.get(ending, 7)
        ours = milliseconds(lambda data, name=f"a.{ending}": read_report(data, name), files[ending], rounds)  # type: ignore[misc]
        theirs = milliseconds(bare, files[ending], rounds)
        print(f"{ending:8}{len(files[ending]):6}{ours:12.1f}{theirs:10.2f}{ours / theirs:8.1f}")
    in_bulk()


def in_bulk() -> None:
    """Reports a second, read, stored and checked one by one; beside it the same as a ratio to reading alone."""
    print(f"\n{'database':12}{'reports':>8}{'reports/s':>12}{'whole/reading':>16}")
    rates = {}
    for name, database in (("SQLite", fresh_sqlite), ("PostgreSQL", fresh_postgres)):
        with tempfile.TemporaryDirectory() as folder, database(Path(folder)) as url:
            if not url:
                print(f"{name:12}not installed")
                continue
            environment = os.environ | {"DATABASE_URL": url, "MEDIA_ROOT": f"{folder}/originals", "DEBUG": "0"}
            environment |= {"SECRET_KEY": "bench-" + "0" * 60, "ALLOWED_HOSTS": "localhost"}
            command = [sys.executable, "-m", "bench.bulk_import"]
            done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
        told = json.loads(done.stdout)
        rates[name] = told["reports"] / told["whole"]
        print(f"{name:12}{told['reports']:8}{rates[name]:12.1f}{told['whole'] / told['reading']:16.1f}")
    if len(rates) == 2:
        print(f"PostgreSQL : SQLite = {rates['PostgreSQL'] / rates['SQLite']:.2f}")


@contextmanager
def fresh_sqlite(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder / 'bench.sqlite3'}"


@contextmanager
def fresh_postgres(_folder: Path) -> Iterator[str]:
    """A server of our own, which writes without waiting for the disk."""
    from tests.run import postgres_binaries, throw_away_postgres

    binaries = postgres_binaries()
    if binaries is None:
        yield ""
        return
    with throw_away_postgres(binaries) as url:
        yield url


if __name__ == "__main__":
    main()
