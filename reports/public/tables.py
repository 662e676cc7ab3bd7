"""The list of published reports as a table whose order lives in the address."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.db.models import F, QuerySet
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Division
from config.language import pick
from reports.catalogue.snippets import Snippet
from reports.models import Report
from reports.sheets.sheet import printed
from reports.standard.measures import HEADLINES, Measure

NUMBER = {"th": {"class": "number"}, "td": {"class": "number"}}


class HeadlineColumn(tables.Column):
    """A headline figure: zero muted, blank hatched, always sorted with the blanks last."""

    def __init__(self, measure: Measure) -> None:
        super().__init__(accessor=measure.key, attrs=NUMBER, empty_values=(), initial_sort_descending=True)
        self.measure = measure

    @property
    def header(self) -> str:
        return pick(self.measure.label, self.measure.label_en)

    def render(self, value: Any) -> SafeString:
        if value is None:
            return format_html(
                '<span class="blank" title="{0}"><span class="visually-hidden">{0}</span></span>', _("未填")
            )
        return format_html('<span class="{}">{}</span>', "zero" if value == 0 else "figure", printed(value))

    def order(self, reports: QuerySet[Report], is_descending: bool) -> tuple[QuerySet[Report], bool]:
        figure = F(self.measure.key)
        by = figure.desc(nulls_last=True) if is_descending else figure.asc(nulls_last=True)
        return reports.order_by(by, "-year", "agency_id"), True


class ReportTable(tables.Table):
    """One line a published report. Expects `Report.objects.with_headlines`; `excerpts` are where its
    text holds what was looked for, by report."""

    excerpts: dict[int, list[Snippet]] = {}

    agency = tables.Column(
        verbose_name=gettext_lazy("机构"), attrs={"th": {"class": "agency"}, "td": {"class": "agency"}}
    )
    year = tables.Column(verbose_name=gettext_lazy("年度"), attrs=NUMBER, initial_sort_descending=True)
    text = tables.Column(
        verbose_name=gettext_lazy("正文摘录"), orderable=False, empty_values=(), attrs={"td": {"class": "excerpts"}}
    )
    received = HeadlineColumn(HEADLINES["received"])
    granted = HeadlineColumn(HEADLINES["granted"])
    concluded = HeadlineColumn(HEADLINES["concluded"])
    carried_out = HeadlineColumn(HEADLINES["carried_out"])
    reconsideration = HeadlineColumn(HEADLINES["reconsideration"])
    litigation = HeadlineColumn(HEADLINES["litigation"])
    unbalanced = tables.Column(verbose_name=gettext_lazy("勾稽"), orderable=False, empty_values=())

    class Meta:
        template_name = "tables/ledger.html"
        attrs = {"class": "ledger list"}
        order_by = ("-year",)

    def order_agency(self, reports: QuerySet[Report], is_descending: bool) -> tuple[QuerySet[Report], bool]:
        return reports.order_by("-agency_id" if is_descending else "agency_id", "-year"), True

    def order_year(self, reports: QuerySet[Report], is_descending: bool) -> tuple[QuerySet[Report], bool]:
        return reports.order_by("-year" if is_descending else "year", "agency_id"), True

    def render_agency(self, record: Report) -> SafeString:
        place = record.agency.division
        return format_html(
            '<a href="{}">{}</a><span class="place">{}</span>',
            record.get_absolute_url(),
            record.agency.name,
            above(place),
        )

    def render_text(self, record: Report) -> SafeString:
        context = {"report": record, "excerpts": self.excerpts.get(record.pk, [])}
        return render_to_string("public/search/_excerpts.html", context)

    def render_unbalanced(self, record: Report) -> SafeString:
        return render_to_string("sheets/_balance.html", {"report": record})


def above(place: Division) -> str:
    """The path of the place without its own name, which the agency's name repeats."""
    return place.path.removesuffix(place.name) or place.path
