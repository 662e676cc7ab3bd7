"""The queue as a table whose order lives in the address: what was found in one report stays together."""

from __future__ import annotations

import datetime
from typing import Any

import django_tables2 as tables
from django.db.models import F, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_tables2.data import TableQuerysetData

from reports.checks.wording import message, rule_name
from reports.models import Finding
from reports.review.queue import on_one_page, sortable

REPORT = ("-version__report__year", "version__report__agency_id", "version_id")
Findings = QuerySet[Any]
Ordered = tuple[Findings, bool]


def _look(name: str) -> dict[str, dict[str, str]]:
    return {"th": {"class": name}, "td": {"class": name}}


class FindingPage(TableQuerysetData):
    """Only keys are put in order; what is long, such as the texts of reports, is read for the lines of one page."""

    def __init__(self, findings: Findings) -> None:
        super().__init__(sortable(findings))
        self.unsorted = findings

    def __getitem__(self, lines: slice) -> list[Finding]:
        return on_one_page(self.unsorted, list(self.data.values_list("pk", flat=True)[lines]))


class FindingTable(tables.Table):
    """One line a finding, below a line for its report. Expects `FindingPage`."""

    tick = tables.Column(verbose_name=gettext_lazy("选"), orderable=False, empty_values=(), attrs=_look("tick"))
    finding = tables.Column(verbose_name=gettext_lazy("疑点"), empty_values=(), accessor="rank", attrs=_look("what"))
    state = tables.Column(verbose_name=gettext_lazy("状态"), empty_values=(), accessor="decision", attrs=_look("state"))
    assignee = tables.Column(verbose_name=gettext_lazy("经办人"), empty_values=(), attrs=_look("assignee"))
    age = tables.Column(verbose_name=gettext_lazy("发现至今"), accessor="created_at", attrs=_look("age"))
    unit = tables.Column(visible=False, accessor="version__report__agency_id")
    year = tables.Column(visible=False, accessor="version__report__year")
    count = tables.Column(visible=False, accessor="in_report")

    class Meta:
        template_name = "review/_table.html"
        attrs = {"class": "ledger queue"}
        order_by = ("-year",)
        row_attrs = {
            "id": lambda record: f"finding-{record.pk}",
            "class": lambda record: f"line line-{record.severity}",
            "data-report": lambda record: record.version_id,
        }

    def order_finding(self, findings: Findings, is_descending: bool) -> Ordered:
        return findings.order_by("-worst" if is_descending else "worst", *REPORT, "rank", "pk"), True

    def order_state(self, findings: Findings, is_descending: bool) -> Ordered:
        return findings.order_by("-decision" if is_descending else "decision", *REPORT, "rank", "pk"), True

    def order_assignee(self, findings: Findings, is_descending: bool) -> Ordered:
        name = F("assignee__username")
        by = name.desc(nulls_last=True) if is_descending else name.asc(nulls_last=True)
        return findings.order_by(by, *REPORT, "rank", "pk"), True

    def order_age(self, findings: Findings, is_descending: bool) -> Ordered:
        return findings.order_by("-oldest" if is_descending else "oldest", *REPORT, "created_at", "rank", "pk"), True

    def order_unit(self, findings: Findings, is_descending: bool) -> Ordered:
        unit = "version__report__agency_id"
        return findings.order_by(f"-{unit}" if is_descending else unit, *REPORT, "rank", "pk"), True

    def order_year(self, findings: Findings, is_descending: bool) -> Ordered:
        year = "version__report__year"
        return findings.order_by(f"-{year}" if is_descending else year, *REPORT[1:], "rank", "pk"), True

    def order_count(self, findings: Findings, is_descending: bool) -> Ordered:
        return findings.order_by("-in_report" if is_descending else "in_report", *REPORT, "rank", "pk"), True

    def render_tick(self, record: Finding) -> SafeString:
        # With what was seen: whoever decides meanwhile is not overruled unseen.
        return format_html(
            '<input class="form-check-input" type="checkbox" name="finding" value="{}:{}" aria-label="{}">',
            record.pk,
            record.decision,
            _("选中“%(rule)s”") % {"rule": rule_name(record.rule)},
        )

    def render_finding(self, record: Finding) -> SafeString:
        words = {
            "record": record,
            "message": message(record, record.version.edition),
            "rule": rule_name(record.rule),
            "back": getattr(self, "back", ""),
        }
        return render_to_string("review/_line.html", words)

    def render_state(self, record: Finding) -> SafeString:
        return format_html('<span class="decided decided-{}">{}</span>', record.decision, record.get_decision_display())

    def render_assignee(self, record: Finding) -> Any:
        return record.assignee or format_html('<span class="muted">{}</span>', _("未分派"))

    def render_age(self, value: datetime.datetime) -> SafeString:
        days = (timezone.now() - value).days
        words = _("今天") if not days else ngettext("%(days)s 天", "%(days)s 天", days) % {"days": days}
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)
