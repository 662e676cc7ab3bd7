"""Serializers of divisions, agencies and reports."""

from __future__ import annotations

from typing import Any, get_args

from django.db.models import TextChoices
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers
from rest_framework.reverse import reverse

from agencies.models import Agency, Division
from reports.checks.wording import message
from reports.exporting.many import facts, headlines, public_version, whole
from reports.models import Finding, Report, ScopeBasis, ScopeKind, told_of
from reports.public.comparison.values import ValueState
from reports.standard.interchange import CONTACT
from reports.standard.measures import HEADLINES


def _amount(told: str) -> serializers.DecimalField:
    return serializers.DecimalField(
        max_digits=24, decimal_places=6, coerce_to_string=False, allow_null=True, help_text=told
    )


class BalanceState(TextChoices):
    YES = "yes", "every equation holds"
    NO = "no", "an equation is broken"
    UNKNOWN = "unknown", "figures are missing, so that not every equation can be decided"


class DivisionSerializer(serializers.ModelSerializer[Division]):
    parent = serializers.CharField(source="parent_id", allow_null=True)  # type: ignore[assignment]

    class Meta:
        model = Division
        fields = ("code", "name", "path", "level", "parent")


class AgencySerializer(serializers.ModelSerializer[Agency]):
    place = serializers.CharField(source="division.path")
    division = serializers.CharField(source="division_id")
    successor = serializers.CharField(source="successor_id", allow_null=True)

    class Meta:
        model = Agency
        fields = ("code", "name", "kind", "division", "place", "owes_report", "valid_from", "valid_to", "successor")


class AgencyDetailSerializer(AgencySerializer):
    years = serializers.ListField(child=serializers.IntegerField(), help_text="the years with a published report")

    class Meta(AgencySerializer.Meta):
        fields = (*AgencySerializer.Meta.fields, "years")  # type: ignore[assignment]


_Headlines = inline_serializer(
    "Headlines",
    {key: serializers.IntegerField(allow_null=True, help_text=measure.label_en) for key, measure in HEADLINES.items()},
)


class ReportSerializer(serializers.Serializer[Report]):
    """A published report in short."""

    agency_code = serializers.CharField()
    agency = serializers.CharField()
    place = serializers.CharField()
    kind = serializers.CharField()
    year = serializers.IntegerField()
    edition = serializers.CharField(allow_null=True, help_text="null where the report has no table")
    version = serializers.IntegerField()
    published_at = serializers.DateTimeField(allow_null=True)
    official_on = serializers.DateField(allow_null=True, help_text="when the agency itself published it")
    official_url = serializers.URLField(allow_null=True)
    scope = serializers.ChoiceField(choices=ScopeKind.choices)
    scope_by = serializers.ChoiceField(
        choices=ScopeBasis.choices, allow_null=True, help_text="how the scope is known; null where it is unknown"
    )
    balanced = serializers.ChoiceField(choices=BalanceState.choices)
    headlines = _Headlines
    figures = serializers.DictField(
        child=serializers.DecimalField(max_digits=18, decimal_places=6, coerce_to_string=False, allow_null=True),
        required=False,
        help_text="by figure key; null is blank. Lists hold it with include=figures",
    )
    marks = serializers.DictField(
        child=serializers.CharField(), required=False, help_text="what stands in a blank cell"
    )
    narrative = serializers.DictField(
        child=serializers.CharField(), required=False, help_text="lists hold it with include=narrative"
    )
    url = serializers.CharField(help_text="the page of the report")
    self = serializers.CharField(help_text="the report here, in full")

    def to_representation(self, instance: Report) -> dict[str, Any]:
        included: set[str] = self.context.get("included", {"figures", "narrative"})
        request = self.context.get("request")
        address = {"code": instance.agency_id, "year": instance.year}
        shown = whole(instance) if included else {**facts(instance), "headlines": headlines(instance)}
        if "figures" not in included:
            shown.pop("figures", None)
            shown.pop("marks", None)
        if "narrative" not in included:
            shown.pop("narrative", None)
        shown["url"] = reverse("report", kwargs=address, request=request)
        shown["self"] = reverse("api_report", kwargs=address, request=request)
        return shown


class FindingSerializer(serializers.Serializer[Finding]):
    """A broken equation, or what a supervisor has confirmed."""

    rule = serializers.CharField()
    severity = serializers.CharField()
    cells = serializers.ListField(child=serializers.CharField())
    expected = serializers.DecimalField(max_digits=24, decimal_places=6, coerce_to_string=False, allow_null=True)
    actual = serializers.DecimalField(max_digits=24, decimal_places=6, coerce_to_string=False, allow_null=True)
    quote = serializers.CharField()
    message = serializers.SerializerMethodField()

    def get_message(self, finding: Finding) -> str:
        return message(finding, finding.version.edition, "public")


class TakeDownSerializer(serializers.Serializer[Any]):
    """That words were redacted, or earlier versions taken down."""

    kind = serializers.CharField()
    office = serializers.CharField()
    reason = serializers.CharField()
    made_at = serializers.DateTimeField()


class ReportDetailSerializer(ReportSerializer):
    contact = serializers.DictField(child=serializers.CharField())
    findings = FindingSerializer(many=True)
    takedowns = TakeDownSerializer(many=True)

    def to_representation(self, instance: Report) -> dict[str, Any]:
        version = public_version(instance)
        findings = Finding.objects.filter(version=version).public().select_related("version").order_by("pk")
        fields = {"website": version.website} | {name: getattr(version, f"contact_{name}") for name in CONTACT[:-1]}
        return {
            **super().to_representation(instance),
            "contact": {name: fields[name] for name in CONTACT},
            "findings": FindingSerializer(findings, many=True).data,  # type: ignore[arg-type]
            "takedowns": TakeDownSerializer(told_of(instance), many=True).data,
        }


class FigureSerializer(serializers.Serializer[Any]):
    """A cell of the declared form."""

    edition = serializers.CharField()
    key = serializers.CharField()
    table = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    label_en = serializers.CharField()
    unit = serializers.CharField()
    decimal = serializers.BooleanField()
    signed = serializers.BooleanField()
    total = serializers.BooleanField()


class ComparedSerializer(serializers.Serializer[Any]):
    """One figure or rate of one agency in one year."""

    agency_code = serializers.CharField()
    agency = serializers.CharField()
    place = serializers.CharField()
    year = serializers.IntegerField()
    edition = serializers.CharField(allow_null=True, help_text="null where there is no report")
    figure = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    unit = serializers.CharField()
    state = serializers.ChoiceField(
        choices=get_args(ValueState),
        help_text="missing: no report; incomparable: the form of that year does not count it; blank: left open; few: a rate "
        "of so few cases that only the counts are said; contradictory: a part greater than its whole",
    )
    value = _amount("a percentage where the figure is a rate")
    part = _amount("of a rate, the count above the line")
    whole = _amount("of a rate, the count below the line")
    mark = serializers.CharField(allow_null=True, help_text="what stands in a blank cell")
    change = _amount("from the calendar year before; of rates, in percentage points")
    change_percent = _amount("the same in per cent, where it says something")
    rank = serializers.IntegerField(allow_null=True, help_text="1 has the most of those compared in that year")


class ComparisonSerializer(serializers.Serializer[Any]):
    values = ComparedSerializer(many=True)


_counted = {
    "owing": "agencies that owe a report",
    "published": "reports",
    "summed": "reports that are in the sums",
    "covered": "reports that another one in the sums counts, too",
    "unknown_scope": "reports that do not say whom they cover; not added",
    "overlapping": "reports that count in part what others count; not added",
}
_TotalsSerializer = inline_serializer(
    "Totals",
    {
        "code": serializers.CharField(allow_blank=True, help_text="empty for the nation"),
        "name": serializers.CharField(),
        "year": serializers.IntegerField(),
        **{key: serializers.IntegerField(help_text=told) for key, told in _counted.items()},
        **{key: _amount(measure.label_en) for key, measure in HEADLINES.items()},
        **{
            f"{key}_blank": serializers.IntegerField(allow_null=True, help_text="reports that left it open")
            for key in HEADLINES
        },
    },
    many=True,
)


class RegionSerializer(serializers.Serializer[Any]):
    years = _TotalsSerializer
    parts = _TotalsSerializer
