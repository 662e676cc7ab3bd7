"""Seals what was recorded since the last time, and publishes the signed heads."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from agencies.record.sealing import seal


class Command(BaseCommand):
    help = _("把新的记录封存：建树、签名，公布在 /record/。后台任务每十分钟也做一次。")

    def handle(self, *args: Any, **options: Any) -> None:
        heads = seal()
        for head in heads:
            self.stdout.write(f"{head.number} {head.hash} {head.size}")
        if not heads:
            self.stdout.write(_("没有新的记录。"))
