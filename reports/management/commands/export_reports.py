"""`manage.py export_reports`: published reports as files, one for each report."""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from agencies.models import Agency
from reports.exporting.official import FORMATS, Format, export, filename
from reports.exporting.official import characters_without_shape as without_shape
from reports.models import Report
from reports.models.report import ReportQuerySet

_NAMED = re.compile(r"(?P<agency>\d{12}(?:-\d{2})?)(?:/(?P<year>\d{4}))?/?")


class Command(BaseCommand):
    help = _("导出已公开的年度报告，每份一个文件；不指明机构时导出全部。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=FORMATS, required=True, help=_("文件格式"))
        parser.add_argument("--out", type=Path, required=True, metavar="DIR", help=_("存放文件的文件夹，没有则新建"))
        parser.add_argument("named", nargs="*", metavar="AGENCY[/YEAR]", help=_("机构代码，可加年度"))

    def handle(self, *args: Any, **options: Any) -> None:
        named = [_understood(name) for name in options["named"]]
        folder: Path = options["out"]
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CommandError(_("文件夹 %(folder)s 建不了：%(why)s") % _about(folder, error), returncode=1) from error
        written: set[int] = set()
        lacking = False
        for name, reports in self._asked_for(named):
            found = False
            for report in reports.iterator(chunk_size=200):
                found = True
                if report.pk not in written:
                    self._write(report, folder, options["format"])
                    written.add(report.pk)
                    self._progress(len(written), report)
            if not found:
                lacking = True
                self.stderr.write(_why_nothing(name))
        if written:
            words = {"count": len(written), "folder": folder}
            self.stdout.write(_("已导出 %(count)s 份报告到 %(folder)s。") % words)
        if lacking:
            sys.exit(1)

    def _asked_for(
        self, named: list[tuple[str, int | None]]
    ) -> Iterator[tuple[tuple[str, int | None], ReportQuerySet]]:
        published = (
            Report.objects.published()
            .select_related("agency__division__parent__parent__parent")
            .with_figures()
            .prefetch_related("takedowns")
            .order_by("agency_id", "year")
        )
        if not named:
            yield ("", None), published
        for agency, year in named:
            reports = published.filter(agency=agency)
            yield (agency, year), reports.filter(year=year) if year else reports

    def _write(self, report: Report, folder: Path, format: Format) -> None:
        version = report.published
        assert version is not None
        version.report = report
        data, _content_type = export(version, format)
        path = folder / filename(version, format)
        beginning = path.with_name(f".{path.name}.part")
        try:
            # A file is there whole or not at all, whatever interrupts this.
            beginning.write_bytes(data)
            beginning.replace(path)
        except OSError as error:
            raise CommandError(_("%(folder)s 写不进去：%(why)s") % _about(path, error), returncode=1) from error
        if missing := without_shape(version, format):
            words = {"path": path, "characters": "、".join(missing)}
            self.stderr.write(_("%(path)s：字体中没有 %(characters)s，文件中以其 Unicode 编号代替。") % words)

    def _progress(self, number: int, report: Report) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r\x1b[K{number} {report}\r", ending="")


def _understood(name: str) -> tuple[str, int | None]:
    found = _NAMED.fullmatch(name)
    if not found:
        message = _("“%s”不是机构代码。请写成 12 位代码（可带 -01 一类后缀），需要时加斜杠和年度：990121100000/2023。")
        raise CommandError(message % name, returncode=2)
    return found["agency"], int(found["year"]) if found["year"] else None


def _about(path: Path, error: OSError) -> dict[str, object]:
    return {"folder": path, "why": error.strerror or error}


def _why_nothing(name: tuple[str, int | None]) -> str:
    agency, year = name
    if not agency:
        return _("还没有已公开的报告，没有可导出的。")
    if not Agency.objects.filter(pk=agency).exists():
        return _("%s：没有这个机构。") % agency
    if year:
        return _("%(agency)s：%(year)s 年没有已公开的报告。") % {"agency": agency, "year": year}
    return _("%s：没有已公开的报告。") % agency
