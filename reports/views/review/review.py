"""The supervisor's page: what was submitted, and the queue of what contradicts itself in the subtree."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agencies.access import AuthenticatedRequest, scope_of
from agencies.models import Role
from reports import lifecycle
from reports.filing.editing import items_of
from reports.lifecycle import Act
from reports.lifecycle.permissions import may_now, require_anywhere
from reports.models import BulkAct, Decision, State, Version
from reports.review.acts import MAX_FINDINGS, act_on_matching, act_on_seen, colleagues, result
from reports.review.facets import facets, root_of
from reports.review.forms import ACTS, QueueActForm, UndoForm, VersionForm
from reports.review.queue import FindingFilter
from reports.review.scoping import open_scopes
from reports.review.table import FindingPage, FindingTable

A_PAGE = 30


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: AuthenticatedRequest) -> HttpResponse:
    """Publishes or returns what was submitted; assigns and decides findings, one or many, and takes that back."""
    require_anywhere(request.user, Act.DECIDE)
    if request.method == "POST" and "version" in request.POST:
        return _decide_version(request)
    queue = FindingFilter(request.GET, request.user)
    if request.method == "POST":
        return redirect(_address(request.GET, undo(request).pk)) if "undo" in request.POST else _act(request, queue)
    return render(request, "review/queue.html", _queue(request, queue))


def _queue(request: AuthenticatedRequest, queue: FindingFilter) -> dict[str, object]:
    submitted = (
        Version.objects.filter(scope_of(request.user, Role.SUPERVISOR, on="report__agency"), state=State.SUBMITTED)
        .select_related("report__agency")
        .annotate(
            open=Count("findings", filter=Q(findings__decision=Decision.OPEN)),
            explained=Count("findings", filter=Q(findings__decision=Decision.EXPLAINED)),
        )
        .order_by("submitted_at", "pk")
    )
    table = FindingTable(FindingPage(queue.qs), order_by=request.GET.get("sort") or FindingTable.Meta.order_by)
    table.caption = gettext_lazy("疑点")
    table.back = _address(request.GET)
    table.paginator = Paginator(table.rows, A_PAGE)
    table.page = table.paginator.get_page(request.GET.get("page"))
    root = queue.region or root_of(request.user)
    return {
        "submitted": list(submitted),
        "scopes_open": open_scopes(request.user).count(),
        "filter": queue,
        "facets": facets(queue),
        "chips": queue.chips(),
        "table": table,
        "sorts": SORTS,
        "sort": request.GET.get("sort") or "-year",
        "acts": [(act, name) for act, name in ACTS.items() if act in Decision.values],
        "colleagues": colleagues(request.user, [root.code] if root else []),
        "most": MAX_FINDINGS,
        "result": result(request.user, request.GET.get("done", "")),
        "action": _address(request.GET),
    }


SORTS = [
    ("-year", gettext_lazy("年度，近的在前")),
    ("unit", gettext_lazy("单位")),
    ("finding", gettext_lazy("程度，重的在前")),
    ("-count", gettext_lazy("条数，多的在前")),
    ("age", gettext_lazy("发现时间，早的在前")),
    ("-age", gettext_lazy("发现时间，近的在前")),
]


def _address(asked: QueryDict, done: int | None = None) -> str:
    """The queue as it is asked for, with the result of the last act if there was one."""
    query = asked.copy()
    query.pop("done", None)
    if done is not None:
        query["done"] = str(done)
    return f"{reverse('review')}?{query.urlencode()}" if query else reverse("review")


def _act(request: AuthenticatedRequest, queue: FindingFilter) -> HttpResponse:
    form = QueueActForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.error_text)
        return redirect(_address(request.GET))
    asked = form.cleaned_data
    try:
        if asked["all"]:
            act = act_on_matching(request.user, asked["finding_act"], queue.qs.order_by("pk"), asked["matching"])
        else:
            act = act_on_seen(request.user, asked["finding_act"], asked["finding"])
    except ValidationError as invalid:
        messages.error(request, " ".join(invalid.messages))
        return redirect(_address(request.GET))
    return redirect(_address(request.GET, act.pk))


def undo(request: AuthenticatedRequest) -> BulkAct:
    """Takes back the act that the form names, if it was the user's own."""
    form = UndoForm(request.POST)
    if not form.is_valid():
        raise Http404
    act = get_object_or_404(BulkAct, pk=form.cleaned_data["undo"], made_by=request.user)
    try:
        lifecycle.undo(act, request.user)
    except lifecycle.Refused as refused:
        messages.error(request, str(refused))
    return act


def _decide_version(request: AuthenticatedRequest) -> HttpResponse:
    form = VersionForm(request.POST)
    if "version" in form.errors:
        raise Http404
    if not form.is_valid():
        raise BadRequest
    version = get_object_or_404(Version.objects.select_related("report__agency"), pk=form.cleaned_data["version"])
    if not may_now(request.user, Act.PUBLISH, version.report.agency, version).in_role:
        # To anybody else what is not his does not exist.
        raise Http404
    try:
        if form.cleaned_data["act"] == Act.PUBLISH:
            lifecycle.publish(version, request.user, form.cleaned_data["revision"])
            messages.success(request, _("已公开：%(report)s") % {"report": version.report})
        else:
            lifecycle.return_to_clerk(version, request.user, form.cleaned_data["comment"])
            messages.success(request, _("已退回：%(report)s") % {"report": version.report})
    except lifecycle.EditConflict as conflict:
        told = _("%(told)s请看过现在的内容再决定：%(report)s") % {"told": conflict, "report": version.report}
        messages.error(request, told)
    except lifecycle.Refused as refused:
        messages.error(request, str(refused))
    except ValidationError as invalid:
        for item in items_of(invalid):
            messages.error(request, item.message)
    return redirect(_address(request.GET))
