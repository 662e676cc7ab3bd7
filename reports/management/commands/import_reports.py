"""`manage.py import_reports`: files and folders in, one line or one JSON object per report out."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from reports.checks.content import RuleFinding
from reports.checks.rules import RULES
from reports.checks.wording import message
from reports.importing.files import File, files_in
from reports.intake.checking import FileRead, check_files, read_file, settle_agency
from reports.intake.commit import ImportOutcome, store
from reports.management.progress import progress
from reports.models import Waiting
from reports.originals.belonging import NotOurOriginals, require_own_originals


class Command(BaseCommand):
    help = _("导入年度报告文件（文件或文件夹）。--dry-run 只看不存。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--dry-run", action="store_true", help=_("只识别和检查，不写入数据库"))
        parser.add_argument("--draft", action="store_true", help=_("存为所属机构的草稿，而不是已公开的报告"))
        parser.add_argument("--format", choices=["text", "jsonl"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dry_run"]:
            try:
                require_own_originals()
            except NotOurOriginals as fault:
                raise CommandError(str(fault), returncode=1) from fault
        found = list(files_in(options["paths"]))
        self.finished = 0
        try:
            files = self._read(found)
            check_files(files)
            self._write(files, options)
        except KeyboardInterrupt:
            # A file that was being stored is not: the transaction is undone as a whole.
            words = {"done": self.finished, "total": len(found)}
            self.stderr.write(_("已中断：%(total)d 个文件中做完 %(done)d 个。再次运行会接着做。") % words)
            sys.exit(130)
        if len(files) < len(found) or not found:
            if not found:
                self.stderr.write(_("没有找到任何文件。"))
            sys.exit(1)

    def _read(self, found: list[File]) -> list[FileRead]:
        files = []
        with progress(len(found), _("读取")) as bar:
            for file in found:
                bar.set_postfix_str(file.path.name)
                read = read_file(file)
                if read.error:
                    bar.clear()
                    self.stderr.write(f"{file.path}：{read.error}")
                else:
                    settle_agency(read)
                    files.append(read)
                bar.update()
        return files

    def _write(self, files: list[FileRead], options: dict[str, Any]) -> None:
        write = _as_json if options["format"] == "jsonl" else _as_text
        with progress(len(files), _("写出") if options["dry_run"] else _("存入")) as bar:
            for read in files:
                bar.set_postfix_str(read.file.path.name)
                outcome = None if options["dry_run"] else self._store(read, options["draft"])
                bar.clear()
                self.stdout.write(write(read, outcome))
                bar.update()
                self.finished += 1

    def _store(self, read: FileRead, as_draft: bool) -> ImportOutcome:
        assert read.parsed is not None
        return store(read.parsed, read.file.read(), read.file.path.name, as_draft=as_draft, agency=read.agency)


def _number(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"not a number: {value!r}")


def _finding(finding: RuleFinding, edition: str) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity or RULES[finding.rule].severity,
        "cells": list(finding.cells),
        "expected": finding.expected,
        "actual": finding.actual,
        "message": message(finding, edition),
        "quote": finding.quote,
    }


def _as_json(read: FileRead, outcome: ImportOutcome | None) -> str:
    parsed = read.parsed
    assert parsed is not None
    report = {
        "file": str(read.file.path),
        "sha256": read.sha256,
        "edition": parsed.edition,
        "year": parsed.year,
        "agency": parsed.agency,
        "agency_code": read.agency.code if read.agency else None,
        "scope": {
            "kind": parsed.scope.kind,
            "by": parsed.scope.by or None,
            "units": list(parsed.scope.units),
            "quote": parsed.scope.quote,
        },
        "figures": parsed.figures,
        "marks": parsed.marks,
        "narrative": parsed.narrative,
        "findings": [_finding(finding, parsed.edition or "") for finding in read.findings],
        "problems": [
            {"code": problem.code, "where": problem.where, "message": problem.message} for problem in parsed.problems
        ],
    }
    return json.dumps(report, ensure_ascii=False, default=_number)


def _as_text(read: FileRead, outcome: ImportOutcome | None) -> str:
    parsed = read.parsed
    assert parsed is not None
    year = _("%s年") % parsed.year if parsed.year else _("年度不明")
    lines = [f"{read.file.path}：{parsed.agency or _('机构不明')} {year} · {_said(outcome)}"]
    lines += [f"  ✗ {message(finding, parsed.edition or '')}" for finding in read.findings]
    lines += [f"  ? {problem.message}" for problem in parsed.problems]
    return "\n".join(lines)


def _said(outcome: ImportOutcome | None) -> str:
    if outcome is None:
        return _("只看不存")
    if outcome.pending:
        return {
            Waiting.AGENCY: _("等待认定机构或年度"),
            Waiting.CONFLICT: _("已有另一份报告，等待人工决定"),
            Waiting.CONFIRMATION: _("等待确认"),
        }[Waiting(outcome.pending.waiting_for)]
    return _("已有，未变") if outcome.unchanged else _("已存入")
