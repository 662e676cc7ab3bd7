"""`manage.py apply_takedowns`: what was ever taken down, done to this database again, after a backup was restored."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from reports.models import PendingErasure
from reports.takedown.applying import apply
from reports.takedown.erasing import erase_pending


class Command(BaseCommand):
    help = _(
        "把 TAKEDOWN_ROOT 里记着的撤下与隐去，在恢复出来的数据库上再做一遍，并清除数据库文件里的残留。可以重复执行。"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for order, outcome in apply():
            count += 1
            self.stdout.write(f"{order.agency}/{order.year}  {order.kind}  {outcome}")
        erased = erase_pending()
        if left := PendingErasure.objects.count():
            raise CommandError(_("还有 %(count)d 件没有清除干净，请稍后再执行一次。") % {"count": left}, returncode=1)
        self.stdout.write(_("补做了 %(count)d 件，清除了 %(erased)d 件的残留。") % {"count": count, "erased": erased})
