"""`manage.py index_texts`: the index of the full texts, made anew."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from reports.catalogue.text_index import rebuild


class Command(BaseCommand):
    help = _("重建全文索引。平时公开报告时自动更新，恢复备份或升级以后才需要。")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        count = rebuild(self.show)
        words = {"count": f"{count:,}", "seconds": f"{time.monotonic() - started:.1f}"}
        self.stdout.write(_("已为 %(count)s 份公开的报告建立全文索引，用时 %(seconds)s 秒。") % words)

    def show(self, done: int, total: int) -> None:
        """One line that counts up on a terminal, nothing elsewhere until it is done."""
        if self.stderr.isatty():
            self.stderr.write(f"{done:,} / {total:,}", ending="\r" if done < total else "\n")
