"""How long reading a report takes, and how that compares with the bare library on the same file: `python -m bench.importing`.

Processor time on the samples, the best of several rounds. The bare library does no more than parse the file and, for a PDF,
find its tables and text; `read` is what makes a document with all cells and their places of it, `whole` the report with its
figures and doubts. A PDF is read here in the same process, so that its processor time can be seen.

Then, by the clock, the import of hundreds of files as a job, into a fresh SQLite file and a fresh PostgreSQL server, where one
is installed.
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
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pdfplumber
from lxml import etree, html
from python_calamine import CalamineWorkbook

if TYPE_CHECKING:
    from reports.importing.document import Document

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
    from reports.importing.read import read_document, read_report
    from reports.importing.readers.pdf import read_pdf
    from reports.importing.recognise import recognise
    from samples.contents import ENDINGS, all_samples

    files: defaultdict[str, list[bytes]] = defaultdict(list)
    for sample in all_samples():
        files[ENDINGS[sample.format]].append(sample.file.read_bytes())
    print(f"{'format':8}{'files':>6}{'bare ms':>10}{'read ms':>10}{'whole ms':>10}{'read/bare':>11}{'whole/bare':>12}")
    for ending, bare in BARE.items():
        rounds = ROUNDS.get(ending, 7)
        read: Callable[[bytes], Document] = partial(read_document, name=f"a.{ending}")
        whole: Callable[[bytes], object] = partial(read_report, name=f"a.{ending}")
        if ending == "pdf":
            read, whole = read_pdf, lambda data: recognise(read_pdf(data))
        times = [milliseconds(act, files[ending], rounds) for act in (bare, read, whole)]
        ratios = [time / times[0] for time in times[1:]]
        print(
            f"{ending:8}{len(files[ending]):6}{times[0]:10.2f}{times[1]:10.2f}{times[2]:10.2f}{ratios[0]:11.1f}{ratios[1]:12.1f}"
        )
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
            environment |= {"SECRET_KEY": "bench-" + "0" * 60, "ALLOWED_HOSTS": "localhost", "TLS": "0"}
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
