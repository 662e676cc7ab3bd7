"""`manage.py check_reports`: checks stored reports anew, those that older rules judged or all."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from reports.catalogue import sums
from reports.findings.rechecking import CHUNK, Tally, recheck_versions, versions_to_recheck
from reports.management.progress import progress


class Command(BaseCommand):
    help = _("规则修订以后，重新核对已有的报告。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help=_("全部重新核对，而不只是按旧规则核对过的"))

    def handle(self, *args: Any, **options: Any) -> None:
        due = versions_to_recheck(everything=options["all"]).order_by("pk")
        tally, after = Tally(), 0
        faults: Counter[str] = Counter()
        try:
            with progress(due.count()) as bar:
                while chunk := list(due.filter(pk__gt=after)[:CHUNK]):
                    bar.set_postfix_str(str(chunk[0].report))
                    tally += recheck_versions(chunk, faults)
                    after = chunk[-1].pk
                    bar.update(len(chunk))
        except KeyboardInterrupt:
            self.stdout.write(self._said(tally))
            self.stderr.write(_("已中断。") if options["all"] else _("已中断。再次运行会接着做。"))
            sys.exit(130)
        sums.rebuild()
        self.stdout.write(self._said(tally))
        for rule, count in sorted(faults.items()):
            self.stderr.write(_("规则 %(rule)s 有 %(count)d 份没能核对，原因见日志。") % {"rule": rule, "count": count})
        if faults:
            sys.exit(1)

    def _said(self, tally: Tally) -> str:
        return _("核对 %(reports)d 份报告：新发现 %(new)d 处，消除 %(settled)d 处。") % tally._asdict()
