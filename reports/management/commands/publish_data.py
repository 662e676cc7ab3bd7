"""`manage.py publish_data`: the files of the data page, made anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from reports.exporting.yearly import write_years


class Command(BaseCommand):
    help = _("把全部公开数据按年度写成 CSV、XLSX、JSON 文件，供“数据下载与接口”页下载；可以由定时任务每天执行。")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, default=settings.DATA_ROOT, metavar="DIR", help=_("存放文件的文件夹"))

    def handle(self, *args: Any, **options: Any) -> None:
        self.progress = self.stderr.isatty()
        written = write_years(options["out"], self._progress)
        words = {"count": len(written), "folder": options["out"]}
        self.stdout.write(_("已生成 %(count)s 个数据文件，在 %(folder)s。") % words)

    def _progress(self, name: str, total: int, done: int) -> None:
        if self.progress and (done % 100 == 0 or done == total):
            self.stderr.write(f"\r{name}  {done} / {total} ", ending="\n" if done == total else "")
            self.stderr.flush()
