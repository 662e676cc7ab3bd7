from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from agencies.divisions_file import DivisionsFileError
from agencies.loading import WHOLE_COUNTRY, load_divisions


class Command(BaseCommand):
    help = _("载入行政区划及其政府机构；不指定文件时载入全国。可重复执行。")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, default=WHOLE_COUNTRY, help=_("CSV 文件，可为 .xz、.gz、.bz2 压缩")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        try:
            loaded = load_divisions(options["file"], progress=self.show)
        except DivisionsFileError as error:
            raise CommandError(_("%(problems)s\n名录没有改动。") % {"problems": error}) from error
        words = loaded._asdict() | {"seconds": f"{time.monotonic() - started:.1f}"}
        if any(loaded):
            message = _(
                "行政区划新增 %(new_divisions)d 个、更新 %(changed_divisions)d 个，"
                "机构新增 %(new_agencies)d 个、更名 %(renamed_agencies)d 个，用时 %(seconds)s 秒。"
            )
        else:
            message = _("名录已是最新，没有改动（%(seconds)s 秒）。")
        self.stdout.write(message % words)

    def show(self, what: str, done: int, total: int) -> None:
        """One line that counts up on a terminal, one line per kind of record elsewhere."""
        line = f"{what} {done:,} / {total:,}"
        if self.stderr.isatty():
            self.stderr.write(line, ending="\r" if done < total else "\n")
        elif done == total:
            self.stderr.write(line)
