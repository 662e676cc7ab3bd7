"""Compares every original in the storage with the checksum under which it was received."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from reports.models import Source
from reports.originals.keeping import damaged_originals


class Command(BaseCommand):
    help = _("核对每一份原件：存储中的字节与收到时的 SHA-256 是否一致。都一致时返回 0，否则返回 1 并逐份列出。")

    def handle(self, *args: Any, **options: Any) -> None:
        damaged = 0
        for source, damage in damaged_originals():
            damaged += 1
            self.stderr.write(f"{source.sha256}  {damage}")
        words = {"count": Source.objects.values("sha256").distinct().count(), "damaged": damaged}
        if damaged:
            raise CommandError(
                _("%(count)d 份原件中有 %(damaged)d 份丢失或被改动。请从备份恢复。") % words, returncode=1
            )
        self.stdout.write(_("%(count)d 份原件全部一致。") % words)
