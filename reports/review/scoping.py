"""The reports of which nobody knows whom they cover, as a supervisor sees and decides them; and who counts into whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.access import agencies_of, scope_of
from agencies.models import Agency, CountingRecord, Kind, Role, User
from reports.models import Report, ScopeKind, State

MAX_AT_ONCE = 2000
OPEN, OVERLAPPING, DECIDED = "open", "overlapping", "decided"


def open_scopes(user: User) -> QuerySet[Report]:
    """The public reports of a supervisor's places of which nobody knows whom they cover."""
    unknown = Q(published__state=State.PUBLISHED, published__scope_kind=ScopeKind.UNKNOWN)
    return Report.objects.published().filter(unknown, scope_of(user, Role.SUPERVISOR, on="agency"))


class ScopeFilter(forms.Form):
    """What the list is narrowed to; what cannot be read narrows nothing."""

    which = forms.ChoiceField(
        label=_("哪些"),
        required=False,
        choices=[(OPEN, _("统计范围未说明的")), (OVERLAPPING, _("范围重叠的")), (DECIDED, _("由人工认定的"))],
    )
    year = forms.IntegerField(label=_("报告年度"), required=False, min_value=2008, max_value=2100, localize=False)
    kind = forms.ChoiceField(label=_("机构类别"), required=False, choices=[("", _("不限")), *Kind.choices])
    q = forms.CharField(label=_("机构名称"), required=False, max_length=40)

    def found(self, user: User) -> QuerySet[Report]:
        self.is_valid()
        wanted = self.cleaned_data
        which = wanted.get("which")
        reports = open_scopes(user)
        if which in (OVERLAPPING, DECIDED):
            mine = Report.objects.published().filter(scope_of(user, Role.SUPERVISOR, on="agency"))
            reports = (
                mine.filter(overlapping=True) if which == OVERLAPPING else mine.filter(published__scope_by="person")
            )
        if wanted.get("year"):
            reports = reports.filter(year=wanted["year"])
        if wanted.get("kind"):
            reports = reports.filter(agency__kind=wanted["kind"])
        if wanted.get("q"):
            reports = reports.filter(agency__name__contains=wanted["q"])
        return reports.select_related("agency__division", "published").order_by("-year", "agency_id")


class ScopeForm(forms.Form):
    """One decision about the reports that were ticked, each sent as `key:kind seen`, or about all that the list is narrowed to."""

    kind = forms.ChoiceField(label=_("认定为"), choices=ScopeKind.choices)
    units = forms.CharField(label=_("单位（一行一个）"), required=False)
    comment = forms.CharField(label=_("依据或说明"), required=False, max_length=200)
    all = forms.BooleanField(required=False)

    def clean_units(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["units"].splitlines() if line.strip()]

    def clean(self) -> None:
        if self.cleaned_data.get("kind") == ScopeKind.UNITS and not self.cleaned_data.get("units"):
            raise ValidationError({"units": _("选“所列单位”的，请写明是哪些单位。")})

    def chosen(self, reports: QuerySet[Report]) -> list[tuple[Any, str]]:
        """The versions with the kind that was seen."""
        if self.cleaned_data["all"]:
            return [(each.published, each.published.scope_kind) for each in reports[:MAX_AT_ONCE] if each.published]
        ticked = dict(each.partition(":")[::2] for each in self.data.getlist("report"))  # type: ignore[attr-defined]
        keys = [int(key) for key in ticked if key.isdecimal()]
        return [
            (each.published, ticked[str(each.pk)])
            for each in reports.filter(pk__in=keys[:MAX_AT_ONCE])
            if each.published
        ]


class WholeForm(forms.Form):
    """Which bodies count into which, from when on; bodies and whole by their codes."""

    agencies = forms.CharField(label=_("机构代码（一行一个）"), widget=forms.Textarea)
    whole = forms.CharField(label=_("计入哪个机构（代码；不计入任何机构的留空）"), required=False, max_length=15)
    since = forms.DateField(
        label=_("自哪一天起"),
        input_formats=["%Y-%m-%d", "%Y年%m月%d日"],
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    comment = forms.CharField(label=_("依据或说明"), required=False, max_length=200)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_agencies(self) -> list[Agency]:
        codes = list(dict.fromkeys(self.cleaned_data["agencies"].split()))
        mine = {each.pk: each for each in agencies_of(self.user, Role.SUPERVISOR).filter(pk__in=codes[:MAX_AT_ONCE])}
        if strange := [code for code in codes if code not in mine]:
            message = _("“%(codes)s”不是您主管的机构，请核对代码。")
            raise ValidationError(message, params={"codes": "、".join(strange[:5])})
        return [mine[code] for code in codes]

    def clean_whole(self) -> Agency | None:
        code = self.cleaned_data["whole"].strip()
        if not code:
            return None
        found = Agency.objects.filter(pk=code).first()
        if found is None:
            raise ValidationError(_("名录里没有代码为“%(code)s”的机构。"), params={"code": code})
        return found


def changes_of(user: User) -> QuerySet[CountingRecord]:
    """What was changed of the bodies that a supervisor supervises, the latest first."""
    records = CountingRecord.objects.filter(scope_of(user, Role.SUPERVISOR, on="agency"))
    return records.select_related("agency__division", "before", "after").order_by("-pk")
