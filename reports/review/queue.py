"""The queue of findings: what of it is asked for, and how many there are of each kind."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import django_filters as filters
from django.db.models import Case, Count, F, IntegerField, Min, Q, QuerySet, Value, When, Window
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.access import scope_of
from agencies.models import Division, Role, User, within
from reports.checks.rules import RULES
from reports.checks.wording import rule_name
from reports.lifecycle import DECIDABLE
from reports.models import Decision, Finding, FindingQuerySet, Severity, State
from reports.public.filters import Chip, agencies_named

OUTSTANDING = (Decision.OPEN, Decision.EXPLAINED)
AGES = {"week": (0, 7), "month": (7, 30), "quarter": (30, 90), "older": (90, None)}
"""How long ago a finding was made, in days: from, and below."""

MINE, NOBODY, ANY, REPLACED = "mine", "none", "any", "replaced"


def findings_of(user: User) -> FindingQuerySet:
    """The findings in reports that the user supervises, in whatever state."""
    return Finding.objects.filter(scope_of(user, Role.SUPERVISOR, on="version__report__agency"))


def rank() -> Case:
    """Errors first, then doubts, then what accuses nobody."""
    order = (Severity.ERROR, Severity.WARNING, Severity.INFO)
    return Case(
        *(When(severity=severity, then=Value(place)) for place, severity in enumerate(order)),
        output_field=IntegerField(),
    )


def sortable(findings: QuerySet[Finding]) -> QuerySet[Finding]:
    """Findings that can be put in order by what is true of all that were found in the same report, so that these stay
    together: `in_report` how many there are, `oldest` when the first was made, `worst` the gravest."""
    report = F("version_id")
    return findings.alias(
        rank=rank(),
        in_report=Window(Count("pk"), partition_by=report),
        oldest=Window(Min("created_at"), partition_by=report),
        worst=Window(Min(rank()), partition_by=report),
    )


def on_one_page(findings: QuerySet[Finding], keys: Sequence[int]) -> list[Finding]:
    """The findings of these keys, in this order, each with its report; `in_report` is how many of all were found there."""
    related = ("version__report__agency__division", "assignee")
    found = Finding.objects.select_related(*related).in_bulk(keys)
    shown = [found[key] for key in keys if key in found]
    in_these_reports = findings.filter(version__in={finding.version_id for finding in shown}).order_by()
    counts = dict(in_these_reports.values_list("version").annotate(Count("pk")))
    for finding in shown:
        finding.in_report = counts[finding.version_id]  # type: ignore[attr-defined]
    return shown


class FindingFilter(filters.FilterSet):
    """Without a state the queue holds what is to be done; without a severity it leaves out what accuses nobody."""

    q = filters.CharFilter(label=gettext_lazy("单位名称或代码"), method="by_name", max_length=100)
    region = filters.CharFilter(label=gettext_lazy("地区"), method="by_region", max_length=12)
    year = filters.NumberFilter(label=gettext_lazy("年度"), field_name="version__report__year")
    rule = filters.ChoiceFilter(label=gettext_lazy("规则"), choices=[(code, code) for code in RULES])
    severity = filters.ChoiceFilter(label=gettext_lazy("程度"), choices=Severity.choices)
    state = filters.ChoiceFilter(
        label=gettext_lazy("状态"),
        method="by_state",
        choices=[
            *Decision.choices,
            (ANY, gettext_lazy("全部状态")),
            (REPLACED, gettext_lazy("属于已更正的版本")),
        ],
    )
    age = filters.ChoiceFilter(
        label=gettext_lazy("发现至今"),
        method="by_age",
        choices=[
            ("week", gettext_lazy("7 天以内")),
            ("month", gettext_lazy("7 至 30 天")),
            ("quarter", gettext_lazy("30 至 90 天")),
            ("older", gettext_lazy("90 天以上")),
        ],
    )
    assignee = filters.CharFilter(label=gettext_lazy("经办人"), method="by_assignee", max_length=20)

    class Meta:
        model = Finding
        fields: list[str] = []

    def __init__(self, data: QueryDict, user: User) -> None:
        self.user = user
        self.now = timezone.now()
        asked = data.get("region", "")
        self.region = Division.objects.filter(pk=asked).first() if asked.isascii() and asked.isdigit() else None
        super().__init__(data, queryset=findings_of(user))

    @property
    def understood(self) -> dict[str, Any]:
        """The filters that could be read; one that could not is left out and named in `form.errors`."""
        self.form.is_valid()
        return dict(self.form.cleaned_data)

    def filter_queryset(self, queryset: QuerySet[Finding]) -> QuerySet[Finding]:
        return self.all_but("", queryset)

    def all_but(self, left_out: str, queryset: QuerySet[Finding] | None = None) -> QuerySet[Finding]:
        """The findings narrowed by every filter but one, whose values are to be counted."""
        found = findings_of(self.user) if queryset is None else queryset
        wanted = self.understood
        for name, value in wanted.items():
            if name != left_out:
                found = self.filters[name].filter(found, value)
        if left_out != "state" and not wanted.get("state"):
            found = found.filter(version__state__in=DECIDABLE, decision__in=OUTSTANDING)
        if left_out != "severity" and not wanted.get("severity"):
            found = found.exclude(severity=Severity.INFO)
        return found

    def by_name(self, findings: QuerySet[Finding], name: str, value: str) -> QuerySet[Finding]:
        return findings.filter(version__report__agency__in=agencies_named(value))

    def by_region(self, findings: QuerySet[Finding], name: str, value: str) -> QuerySet[Finding]:
        if self.region is None:
            return findings.none()
        return findings.filter(within(self.region, on="version__report__agency"))

    def by_state(self, findings: QuerySet[Finding], name: str, value: str) -> QuerySet[Finding]:
        if value == REPLACED:
            return findings.filter(version__state=State.SUPERSEDED)
        findings = findings.filter(version__state__in=DECIDABLE)
        return findings if value == ANY else findings.filter(decision=value)

    def by_age(self, findings: QuerySet[Finding], name: str, value: str) -> QuerySet[Finding]:
        return findings.filter(created_within(value, self.now))

    def by_assignee(self, findings: QuerySet[Finding], name: str, value: str) -> QuerySet[Finding]:
        if value == NOBODY:
            return findings.filter(assignee=None)
        if value == MINE:
            return findings.filter(assignee=self.user)
        return findings.filter(assignee=int(value)) if value.isdecimal() else findings.none()

    def chips(self) -> list[Chip]:
        """What is filtered by at present, each with the address of the queue without it."""
        chips = []
        for name, value in self.understood.items():
            if value in (None, ""):
                continue
            address = self.data.copy()
            for gone in (name, "page", "done"):
                address.pop(gone, None)
            chips.append(Chip(str(self.form.fields[name].label), self.shown(name, value), f"?{address.urlencode()}"))
        return chips

    def shown(self, name: str, value: Any) -> str:
        """A value of a filter in words."""
        if name == "rule":
            return rule_name(value)
        if name == "region":
            return self.region.name if self.region else str(value)
        if name == "assignee":
            names = {MINE: _("我的"), NOBODY: _("未分派")}
            return names.get(value) or str(User.objects.filter(pk=value).first() if value.isdecimal() else value)
        return str(dict(getattr(self.form.fields[name], "choices", ())).get(value, value))


def created_within(age: str, now: datetime.datetime) -> Q:
    """The condition that a finding was made so long ago."""
    youngest, oldest = AGES[age]
    condition = Q(created_at__lte=now - datetime.timedelta(days=youngest)) if youngest else Q()
    return condition & Q(created_at__gt=now - datetime.timedelta(days=oldest)) if oldest else condition


@dataclass(frozen=True)
class QueueOption:
    value: str
    text: str
    count: int | None = None
    chosen: bool = False


@dataclass(frozen=True)
class QueueFacet:
    """One filter with the values on offer; each value says how many findings it would leave."""

    name: str
    label: str
    options: list[QueueOption]
