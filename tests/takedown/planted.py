"""A name and a telephone number in every place that a report can bring them to, and a search of all places."""

from __future__ import annotations

import datetime
import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.core.management import call_command

from agencies.models import Agency, User
from reports import lifecycle
from reports.deadlines.acts import ask_extension
from reports.exporting.official import export
from reports.importing.sandboxed import read_sandboxed
from reports.intake.commit import keep_for_preview
from reports.intake.single_import import start_reading
from reports.intake.storing import publish_import
from reports.jobs.running import run_job
from reports.models import Decision, Finding, Job, Rendition, Report, Version
from reports.originals.keeping import keep_original
from reports.originals.reading import keep_reading
from reports.takedown.words import compared
from tests.lifecycle.reports import ZEROS

NAME, PHONE = "欧阳静婉", "13812345678"
YEAR = 2023
EARLIER = f"经办人欧阳　静婉（１３８１２３４５６７８）。本年收到申请5件，由{NAME}办理。"
SAID = f"本年收到申请6件，联系人{NAME}，电话138-1234-5678。"
CHECKSUMS: set[str] = set()
"""Of the originals: with one somebody could try out what is no longer said in a text that he knows otherwise."""


def plant(agency: Agency, clerk: User, supervisor: User) -> Report:
    """Filed, explained, published, corrected from a Word file, with a draft, an import and a pasted text that wait."""
    draft = lifecycle.start_draft(agency, YEAR, clerk)
    draft = lifecycle.save_draft(draft, ZEROS, {"overview": EARLIER, "contact_phone": "138 1234 5678"}, clerk)
    finding = Finding.objects.get(version=draft, rule="narrative_figure")
    lifecycle.explain(finding, clerk, f"{NAME}已核对。")
    handed_in = lifecycle.submit(draft, clerk)
    handed_in = lifecycle.return_to_clerk(handed_in, supervisor, f"请{NAME}核对", {f"overview:由{NAME}办理。": "谁？"})
    first = lifecycle.publish(lifecycle.submit(handed_in, clerk), supervisor)
    lifecycle.decide_all([(first.findings.get(), "explained")], supervisor, Decision.ACCEPTED, f"{NAME}说得对")

    second = lifecycle.start_correction(first.report, clerk, f"{NAME}更正")
    second = lifecycle.save_draft(second, {}, {"overview": SAID, "problems": f"问题由{NAME}整改。"}, clerk)
    word, pdf = export(second, "docx")[0], export(second, "pdf")[0]
    lifecycle.explain(second.findings.get(rule="narrative_figure", decision="open"), clerk, "属实")
    second = lifecycle.publish(lifecycle.submit(second, clerk), supervisor)

    source = keep_original(word, f"{NAME}年报.docx", supervisor)
    read = read_sandboxed(word, "a.docx")
    keep_reading(source, read.document)
    Rendition.objects.create(source=source, page=1, png=b"a picture of a page")
    publish_import(agency, read.parsed, source, supervisor, reason=f"以{NAME}的文件为准")
    read = read_sandboxed(pdf, "a.pdf")
    waiting = keep_for_preview(read.parsed, pdf, f"{NAME}.pdf", clerk)
    keep_reading(waiting.source, read.document)
    CHECKSUMS.update((source.sha256, waiting.source.sha256))
    pasted = start_reading(EARLIER.encode(), f"{NAME}.txt", clerk, text=EARLIER)
    run_job.func(pasted.pk)
    assert Job.objects.get(pk=pasted.pk).result["text"] == EARLIER, "no report, so the text is given back"
    lifecycle.start_correction(Report.objects.get(pk=first.report_id), clerk, f"{NAME}再改")
    ask_extension(agency, YEAR + 1, datetime.date(YEAR + 2, 6, 20), f"{NAME}休假", clerk)
    call_command("publish_data", verbosity=0)
    return Report.objects.get(pk=first.report_id)


def in_tables() -> Iterator[str]:
    """Every table and column of every model in which the name, the number or a checksum still stands."""
    for model in apps.get_models():
        for row in model._base_manager.values():
            for column, value in row.items():
                shown = json.dumps(value, ensure_ascii=False, default=str)
                if is_in(shown):
                    yield f"{model._meta.db_table}.{column}: {shown[:200]}"


def in_files(*folders: Path) -> Iterator[str]:
    """Every file, also within archives and what is packed, in which they still stand."""
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and any(is_in(text) for text in _unpacked(path.read_bytes())):
                yield str(path)
            if any(checksum in str(path) for checksum in CHECKSUMS):
                yield f"name of {path}"


def is_in(text: str) -> bool:
    shape = compared(text)
    return NAME in shape or PHONE in shape or any(checksum in shape for checksum in CHECKSUMS)


def _unpacked(data: bytes) -> Iterator[str]:
    yield data.decode(errors="replace")
    if data[:2] == b"\x1f\x8b":
        yield gzip.decompress(data).decode(errors="replace")
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield archive.read(name).decode(errors="replace")


def figures_of(report: Report) -> list[dict[str, object]]:
    return [version.figures for version in Version.objects.filter(report=report).with_figures()]
