"""Views of the acts on accounts: reset, deactivate, reactivate, hand over."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import AuthenticatedRequest
from agencies.accounts.acts import deactivate, issue, reactivate, reset
from agencies.accounts.forms import SuccessorForm
from agencies.accounts.listing import find_accounts
from agencies.accounts.permissions import accounts_managed_by, memberships_managed_by
from agencies.accounts.planning import plan
from agencies.accounts.spreadsheet import ROLE_NAMES, AccountRow
from agencies.models import Role, User
from agencies.views.accounts import MAX_CHOSEN, filters_of, require_office
from agencies.views.handout import is_repeated, new_ticket, show_once

ACTS = {"reset": True, "deactivate": True, "reactivate": False}
"""The acts, and whether each is for active accounts or for the others."""


@never_cache
@login_required
@require_POST
def act(request: AuthenticatedRequest) -> HttpResponse:
    """Resets, deactivates or reactivates the chosen accounts; shows them first and does it when that is confirmed."""
    require_office(request)
    doing = request.POST.get("act", "")
    if doing not in ACTS:
        raise Http404
    chosen = _chosen(request)
    fitting = [person for person in chosen if person.is_active == ACTS[doing]]
    if "confirmed" not in request.POST:
        return _confirmation(request, doing, fitting, passed_over=len(chosen) - len(fitting))
    if is_repeated(request):
        return redirect("office_accounts")
    comment = request.POST.get("comment", "")
    if doing == "deactivate":
        count = deactivate(fitting, request.user, comment)
        messages.success(request, _("已停用 %(count)d 个账号。") % {"count": count})
        return redirect("office_accounts")
    if not fitting:
        return _confirmation(request, doing, fitting, passed_over=len(chosen))
    issued = reset(fitting, request.user) if doing == "reset" else reactivate(fitting, request.user, comment)
    return show_once(request, issued)


def _confirmation(request: AuthenticatedRequest, doing: str, chosen: list[User], passed_over: int) -> HttpResponse:
    if chosen:
        context = {
            "chosen": chosen,
            "act": doing,
            "passed_over": passed_over,
            "accounts": ",".join(str(person.pk) for person in chosen),
            "ticket": new_ticket(),
        }
        return render(request, "accounts/confirm.html", context)
    if not passed_over:
        messages.warning(request, _("没有选中账号。请先在表里勾选。"))
    elif ACTS[doing]:
        messages.warning(request, _("选中的账号都已停用。要重新启用，请选“恢复”。"))
    else:
        messages.warning(request, _("选中的账号都在使用中，不需要恢复。"))
    return redirect("office_accounts")


def _chosen(request: AuthenticatedRequest) -> list[User]:
    """The accounts that were ticked or confirmed, or all that the filters let through.

    Raises Http404 for one out of reach.
    """
    kept = accounts_managed_by(request.user)
    if "all" in request.POST:
        found = find_accounts(request.user, **filters_of(request)).order_by()
        return _ordered(kept.filter(pk__in=found.values("user")))
    sent = [*request.POST.getlist("account"), *request.POST.get("accounts", "").split(",")]
    keys = {int(key) for key in sent if key.isdecimal() and len(key) < 19}
    chosen = _ordered(kept.filter(pk__in=keys))
    if len(chosen) != len(keys):
        raise Http404
    return chosen


def _ordered(accounts: QuerySet[User]) -> list[User]:
    return list(accounts.order_by("username").prefetch_related("memberships__agency")[:MAX_CHOSEN])


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Somebody leaves an agency, another takes over with an account of his own; drafts stay where they are."""
    require_office(request)
    membership = get_object_or_404(
        memberships_managed_by(request.user).select_related("user", "agency__division"), pk=pk
    )
    form = SuccessorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        row = AccountRow(
            1,
            code=membership.agency_id,
            person=typed["person"],
            role=ROLE_NAMES[Role(membership.role)],
            email=typed["email"],
            phone=typed["phone"],
            replaces=membership.user.username,
        )
        if issued := issue([row], request.user):
            return show_once(request, issued)
        for fault in plan([row], request.user)[0].faults:
            form.add_error(fault.column if fault.column in form.fields else None, fault.advice)
    context = {"form": form, "membership": membership}
    return render(request, "accounts/hand_over.html", context, status=422 if form.errors else 200)
