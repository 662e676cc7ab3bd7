"""Reminds by e-mail of reports that are missing, returned or due. Meant to run once a day; twice does no harm."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency
from reports.deadlines.reminders import remind
from reports.standard import edition_for


class Command(BaseCommand):
    help = _("用电子邮件提醒填报员：未开始的、被退回的、快到期的年度报告。同一事项一天最多提醒一次。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int, help=_("报告年度；不写为上一年"))
        parser.add_argument("--dry-run", action="store_true", help=_("只列出，不发送，不记录"))
        parser.add_argument("--within", type=int, default=15, help=_("到期前几天起提醒；默认 15"))
        parser.add_argument("--every", type=int, default=7, help=_("同一事项隔几天再提醒；默认 7"))

    def handle(self, *args: Any, **options: Any) -> None:
        year = options["year"] or timezone.localdate().year - 1
        if edition_for(year) is None:
            raise CommandError(_("%(year)s年度没有统一的格式。") % {"year": year}, returncode=2)
        outcome = remind(
            Agency.objects.all(),
            year,
            None,
            within=options["within"],
            every=max(1, options["every"]),
            dry_run=options["dry_run"],
        )
        for person, own in outcome.sent:
            matters = "；".join(f"{task.agency.name} {task.matter.label}" for task in own)
            self.stdout.write(f"{person.email}  {matters}")
        for person, problem in outcome.failed:
            self.stderr.write(f"{person.email}  {problem}")
        words = {
            "sent": len(outcome.sent),
            "again": outcome.already_reminded,
            "unreachable": len(outcome.unreachable),
            "failed": len(outcome.failed),
        }
        line = (
            _("将发送 %(sent)d 封。近期提醒过 %(again)d 项；%(unreachable)d 个机构没有留电子邮箱的人。")
            if options["dry_run"]
            else _(
                "已发送 %(sent)d 封，失败 %(failed)d 封。近期提醒过 %(again)d 项；%(unreachable)d 个机构没有留电子邮箱的人。"
            )
        )
        self.stdout.write(line % words)
        if outcome.failed:
            sys.exit(1)
