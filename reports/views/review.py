"""The supervisor's page: what was submitted, and what contradicts itself in the subtree."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import agencies_of, supervises
from agencies.models import Agency, Role
from config.language import english
from reports import lifecycle
from reports.checks.rules import RULES
from reports.checks.wording import message
from reports.models import Decision, Finding, Severity, State, Version
from reports.views.editing import items_of
from reports.views.signed_in import SignedIn

A_PAGE = 30


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: SignedIn) -> HttpResponse:
    """Publishes or returns what was submitted; accepts, confirms or dismisses a finding."""
    subtree = agencies_of(request.user, Role.SUPERVISOR)
    if not subtree.exists():
        raise PermissionDenied
    if request.method == "POST":
        return _decide_version(request) if "version" in request.POST else _decide_finding(request)
    return _queue(request, subtree)


def _queue(request: SignedIn, subtree: QuerySet[Agency]) -> HttpResponse:
    submitted = (
        Version.objects.filter(state=State.SUBMITTED, report__agency__in=subtree.values("pk"))
        .select_related("report__agency")
        .annotate(
            open=Count("findings", filter=Q(findings__decision=Decision.OPEN)),
            explained=Count("findings", filter=Q(findings__decision=Decision.EXPLAINED)),
        )
        .order_by("submitted_at")
    )
    findings = (
        Finding.objects.filter(
            Q(version__state=State.SUBMITTED) | Q(version__state=State.PUBLISHED),
            version__report__agency__in=subtree.values("pk"),
            decision__in=[Decision.OPEN, Decision.EXPLAINED],
        )
        .exclude(severity=Severity.INFO)
        .select_related("version__report__agency")
        .order_by("severity", "-version__report__year", "version__report__agency", "pk")
    )
    years = list(findings.order_by("-version__report__year").values_list("version__report__year", flat=True).distinct())
    year = request.GET.get("year", "")
    if year.isdecimal():
        findings = findings.filter(version__report__year=int(year))
    page = Paginator(findings, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "submitted": list(submitted),
        "findings": [_listed(record) for record in page.object_list],
        "page": page,
        "years": years,
        "year": int(year) if year.isdecimal() else None,
    }
    return render(request, "review/queue.html", context)


def _listed(record: Finding) -> dict[str, object]:
    rule = RULES[record.rule]
    return {
        "record": record,
        "message": message(record, record.version.edition),
        "rule_label": rule.label_en if english() else rule.label,
    }


def _decide_version(request: SignedIn) -> HttpResponse:
    version = get_object_or_404(Version.objects.select_related("report__agency"), pk=_key(request, "version"))
    _require(request, version)
    try:
        if request.POST.get("act") == "publish":
            lifecycle.publish(version, request.user)
            messages.success(request, _("已公开：%(report)s") % {"report": version.report})
        else:
            lifecycle.return_to_clerk(version, request.user, request.POST.get("comment", ""))
            messages.success(request, _("已退回：%(report)s") % {"report": version.report})
    except lifecycle.Refused as refused:
        messages.error(request, str(refused))
    except ValidationError as invalid:
        for item in items_of(invalid):
            messages.error(request, item.message)
    return redirect("review")


def _decide_finding(request: SignedIn) -> HttpResponse:
    finding = get_object_or_404(Finding.objects.select_related("version__report__agency"), pk=_key(request, "finding"))
    _require(request, finding.version)
    decision = request.POST.get("act", "")
    if decision not in (Decision.ACCEPTED, Decision.RETURNED, Decision.DISMISSED):
        return HttpResponse(status=400)
    try:
        reason = request.POST.get("reason", "")
        lifecycle.decide(finding, request.user, Decision(decision), reason, seen=request.POST.get("seen"))
    except lifecycle.Refused as refused:
        messages.error(request, str(refused))
    except ValidationError as invalid:
        messages.error(request, " ".join(invalid.messages))
    else:
        messages.success(request, _("已记录：%(decision)s") % {"decision": Decision(decision).label})
    return redirect("review")


def _key(request: SignedIn, name: str) -> int:
    sent = request.POST.get(name, "")
    if not sent.isdecimal() or len(sent) > 18:
        raise Http404
    return int(sent)


def _require(request: SignedIn, version: Version) -> None:
    """A supervisor of the agency; to anybody else what is not his does not exist."""
    if not supervises(request.user, version.report.agency):
        raise Http404
