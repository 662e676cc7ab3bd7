"""The lasting list done to the database at hand, which may be a backup that is older than what is on it."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext as _

from agencies.models import User
from reports.lifecycle.acts import lock_report
from reports.lifecycle.transactions import act
from reports.models import Report, TakeDown, TakeDownKind
from reports.takedown.acts import carry_out, digest_of
from reports.takedown.lasting import Order, orders
from reports.takedown.redaction import lock_work_of
from reports.takedown.words import Words


def missing() -> list[Order]:
    """What is on the list and was not done to this database."""
    listed = list(orders())
    done = set(TakeDown.objects.values_list("identifier", flat=True))
    return [order for order in listed if order.identifier not in done]


def not_listed() -> list[TakeDown]:
    """What was done to this database and is not on the list: it would come back with the next backup."""
    listed = {order.identifier for order in orders()}
    return list(TakeDown.objects.exclude(identifier__in=listed))


def apply() -> Iterator[tuple[Order, str]]:
    """Does what is missing, in its order; yields each with what became of it. Done twice, the second time nothing is left."""
    for order in missing():
        report = Report.objects.select_related("agency").filter(agency=order.agency, year=order.year).first()
        yield order, _apply(order, report) if report else _("这份报告不在数据库里，没有可撤除的内容。")


@act
def _apply(order: Order, report: Report) -> str:
    by = User.objects.filter(username=order.made_by_username).first()
    words = Words(order.words_length, partial(_are, order)) if order.kind == TakeDownKind.REDACTED else None
    if words:
        lock_work_of(report.agency, words)
    locked = lock_report(report.agency, report.year)
    if order.kind == TakeDownKind.WITHDRAWN and locked.published is None:
        return _("这份报告没有公开，不需要撤下。")
    if order.kind == TakeDownKind.LIFTED and locked.taken_down is None:
        return _("这份报告没有被撤下，不需要恢复。")
    carry_out(order, locked, by, words)
    return _("已照办。")


def _are(order: Order, text: str) -> bool:
    return hmac.compare_digest(digest_of(order.identifier, text), order.words_digest)
