"""Whom reports cover, and who counts into whom: what a supervisor decides so that totals use each body once."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import AuthenticatedRequest
from reports.lifecycle import Act
from reports.lifecycle.permissions import require_anywhere
from reports.lifecycle.scoping import change_whole, decide_scopes
from reports.models import ScopeKind
from reports.review.scoping import ScopeFilter, ScopeForm, WholeForm, changes_of

A_PAGE = 100
MAX_TOLD = 5


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def scopes(request: AuthenticatedRequest) -> HttpResponse:
    """The reports whose scope waits for a decision, and one decision for those that are ticked."""
    require_anywhere(request.user, Act.DECIDE)
    narrowed = ScopeFilter(request.GET)
    reports = narrowed.found(request.user)
    form = ScopeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        chosen = form.chosen(reports)
        done, refused = decide_scopes(chosen, data["kind"], request.user, units=data["units"], comment=data["comment"])
        kind = ScopeKind(data["kind"]).label
        if done:
            messages.success(request, _("已把 %(count)d 份报告认定为“%(kind)s”。") % {"count": done, "kind": kind})
        elif not refused:
            messages.warning(request, _("请先选中要认定的报告。"))
        for why in refused[:MAX_TOLD]:
            messages.warning(request, why)
        return redirect(request.get_full_path())
    page = Paginator(reports, A_PAGE).get_page(request.GET.get("page"))
    address = request.GET.copy()
    address.pop("page", None)
    context = {
        "narrowed": narrowed,
        "form": form,
        "page": page,
        "kinds": ScopeKind.choices,
        "address": address.urlencode(),
    }
    return render(request, "review/scopes.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def counting(request: AuthenticatedRequest) -> HttpResponse:
    """Into whom bodies count, where that is not as their codes have it."""
    require_anywhere(request.user, Act.DECIDE)
    form = WholeForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            changed = change_whole(data["agencies"], data["whole"], data["since"], request.user, data["comment"])
        except ValidationError as why:
            form.add_error("whole", why)
        else:
            messages.success(request, _("已更改 %(count)d 个机构。") % {"count": len(changed)})
            return redirect("counting")
    page = Paginator(changes_of(request.user), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "review/counting.html", {"form": form, "page": page}, status=422 if form.errors else 200)
