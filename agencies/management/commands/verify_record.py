"""Checks chains, contents, trees, heads and signatures of the record."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from agencies.models import RecordEntry, RecordHead
from agencies.record.verifying import faults


def kept_head(text: str) -> tuple[int, str]:
    number, _colon, hashed = text.partition(":")
    if not number.isdecimal() or len(hashed) != 64:
        raise ArgumentTypeError("NUMBER:HASH")
    return int(number), hashed.lower()


class Command(BaseCommand):
    help = _("核对全部记录：链、内容、封存和签名。都对时返回 0，否则返回 1 并逐条列出。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head",
            action="append",
            default=[],
            type=kept_head,
            metavar="NUMBER:HASH",
            help=_("外面留存的存证；整个改写并重新签名的记录，只有与它对照才看得出来"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for fault in faults(dict(options["head"])):
            found += 1
            self.stderr.write(fault)
        if found:
            raise CommandError(_("记录有 %(found)d 处不对。") % {"found": found}, returncode=1)
        words = {
            "entries": RecordEntry.objects.count(),
            "heads": RecordHead.objects.count(),
            "unsealed": RecordEntry.objects.filter(head=None).count(),
        }
        self.stdout.write(_("%(entries)d 条记录、%(heads)d 号存证全部一致；其中 %(unsealed)d 条还没有封存。") % words)
