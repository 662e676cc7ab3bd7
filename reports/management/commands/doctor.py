"""Looks at this installation and says in plain words what is missing or wrong."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from reports.management.installation import CHECKS
from reports.originals.belonging import accept_originals


class Command(BaseCommand):
    help = _("检查这套安装缺什么、错在哪里。没有问题时返回 0，否则返回 1。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--accept-originals", action="store_true", help=_("先把 MEDIA_ROOT 认作这个数据库的原件目录")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["accept_originals"]:
            accept_originals()
        found = 0
        for name, check in CHECKS:
            faults = list(check())
            found += len(faults)
            self.stdout.write(f"{'✗' if faults else '✓'} {name}")
            for fault in faults:
                self.stdout.write(f"    {fault}")
        if found:
            raise CommandError(_("有 %(found)d 处需要处理。") % {"found": found}, returncode=1)
