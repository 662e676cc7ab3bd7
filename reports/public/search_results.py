"""What a search found, as tables: agencies with their reports, reports with the sentences that hold the words."""

from __future__ import annotations

import django_tables2 as tables
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from agencies.models import Agency
from reports.catalogue.snippets import Snippet
from reports.models import Report
from reports.public.tables import NUMBER, above

NAME = {"th": {"class": "agency"}, "td": {"class": "agency"}}


class AgencyTable(tables.Table):
    """One line an agency. `years` are those with a published report, by agency code."""

    name = tables.Column(verbose_name=gettext_lazy("机构"), attrs=NAME)
    kind = tables.Column(verbose_name=gettext_lazy("类别"))
    code = tables.Column(verbose_name=gettext_lazy("机构代码"), attrs={"td": {"class": "code"}})
    reports = tables.Column(
        verbose_name=gettext_lazy("年度报告"), orderable=False, empty_values=(), attrs={"td": {"class": "years-line"}}
    )
    caption = gettext_lazy("机构")
    years: dict[str, list[int]] = {}

    class Meta:
        template_name = "tables/ledger.html"
        attrs = {"class": "ledger list found-agencies"}

    def render_name(self, record: Agency) -> SafeString:
        return format_html(
            '<a href="{}">{}</a><span class="place">{}</span>',
            record.get_absolute_url(),
            record.name,
            above(record.division),
        )

    def render_reports(self, record: Agency) -> SafeString:
        years = self.years.get(record.code)
        if not years:
            return format_html('<span class="muted">{}</span>', gettext_lazy("没有公开的报告"))
        links = ((reverse("report", args=[record.code, year]), year) for year in years)
        return format_html_join(" ", '<a href="{}">{}</a>', links)


class TextTable(tables.Table):
    """One line a report. `excerpts` are where its text holds what was looked for, by report."""

    agency = tables.Column(verbose_name=gettext_lazy("机构"), attrs=NAME)
    year = tables.Column(verbose_name=gettext_lazy("年度"), attrs=NUMBER, initial_sort_descending=True)
    text = tables.Column(
        verbose_name=gettext_lazy("正文摘录"), orderable=False, empty_values=(), attrs={"td": {"class": "excerpts"}}
    )
    caption = gettext_lazy("报告正文")
    excerpts: dict[int, list[Snippet]] = {}

    class Meta:
        template_name = "tables/ledger.html"
        attrs = {"class": "ledger list found-texts"}

    def order_agency(self, reports: QuerySet[Report], is_descending: bool) -> tuple[QuerySet[Report], bool]:
        return reports.order_by("-agency_id" if is_descending else "agency_id", "-year"), True

    def order_year(self, reports: QuerySet[Report], is_descending: bool) -> tuple[QuerySet[Report], bool]:
        return reports.order_by("-year" if is_descending else "year", "agency_id"), True

    def render_agency(self, record: Report) -> SafeString:
        return format_html(
            '<a href="{}">{}</a><span class="place">{}</span>',
            record.get_absolute_url(),
            record.agency.name,
            above(record.agency.division),
        )

    def render_text(self, record: Report) -> SafeString:
        context = {"report": record, "excerpts": self.excerpts.get(record.pk, [])}
        return render_to_string("public/search/_excerpts.html", context)
