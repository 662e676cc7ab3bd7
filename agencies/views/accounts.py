"""The accounts of a supervisor's subtree: the list, and what is done to accounts that are there."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import offices_of
from agencies.accounts.acts import deactivate, issue, reactivate, reset
from agencies.accounts.forms import SuccessorForm
from agencies.accounts.planning import plan
from agencies.accounts.reach import accounts_kept_by, agencies_kept_by, lacking_a_clerk, memberships_kept_by
from agencies.accounts.spreadsheet import Row
from agencies.models import AccountRecord, Membership, Role, User
from agencies.views.handout import show_once
from agencies.views.signed_in import SignedIn

A_PAGE = 50
MOST_AT_ONCE = 2000
SHOWN_RECORDS = 15
ACTS = ("reset", "deactivate", "reactivate")


def require_office(request: SignedIn) -> None:
    """Raises PermissionDenied where the user supervises nothing."""
    if not request.user.is_superuser and not offices_of(request.user):
        raise PermissionDenied


@login_required
@require_safe
def office_accounts(request: SignedIn) -> HttpResponse:
    """Who acts for whom in the subtree; who of them has a password still to change; which agencies have nobody."""
    require_office(request)
    wanted, role = request.GET.get("q", "").strip(), request.GET.get("role", "")
    found = _filtered(request.user, wanted, role)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    people = [membership.user_id for membership in page.object_list]
    kept = set(accounts_kept_by(request.user).filter(pk__in=people).values_list("pk", flat=True))
    context = {
        "page": page,
        "rows": [(membership, membership.user_id in kept) for membership in page.object_list],
        "q": wanted,
        "role": role,
        "role_choices": Role.choices,
        "lacking": lacking_a_clerk(agencies_kept_by(request.user)).count(),
        "records": list(_records(request.user)[:SHOWN_RECORDS]),
        "too_many": page.paginator.count > MOST_AT_ONCE,
    }
    return render(request, "accounts/office.html", context)


def _filtered(actor: User, wanted: str, role: str) -> QuerySet[Membership]:
    found = memberships_kept_by(actor).select_related("user", "agency")
    if role in Role.values:
        found = found.filter(role=role)
    if wanted:
        found = found.filter(
            Q(agency__name__icontains=wanted)
            | Q(agency__code__startswith=wanted)
            | Q(user__username__icontains=wanted)
            | Q(user__first_name__icontains=wanted)
        )
    return found.order_by("agency__code", "role", "user__username")


def _records(actor: User) -> QuerySet[AccountRecord]:
    kept = agencies_kept_by(actor)
    mine = Q(made_by=actor) | Q(agency__in=kept.values("pk")) | Q(user__memberships__agency__in=kept.values("pk"))
    records = AccountRecord.objects.all() if actor.is_superuser else AccountRecord.objects.filter(mine).distinct()
    return records.select_related("user", "agency", "made_by")


@never_cache
@login_required
@require_POST
def act(request: SignedIn) -> HttpResponse:
    """Resets, deactivates or reactivates the chosen accounts; shows them first and does it when that is confirmed."""
    require_office(request)
    doing = request.POST.get("act", "")
    if doing not in ACTS:
        raise Http404
    chosen = _chosen(request)
    if not chosen:
        messages.warning(request, _("没有选中账号。请先在表里勾选。"))
        return redirect("office_accounts")
    if "confirmed" not in request.POST:
        return render(request, "accounts/confirm.html", {"chosen": chosen, "act": doing})
    if doing == "reset":
        return show_once(request, reset(chosen, request.user))
    comment = request.POST.get("comment", "")
    count = (deactivate if doing == "deactivate" else reactivate)(chosen, request.user, comment)
    said = _("已停用 %(count)d 个账号。") if doing == "deactivate" else _("已恢复 %(count)d 个账号。")
    messages.success(request, said % {"count": count})
    return redirect("office_accounts")


def _chosen(request: SignedIn) -> list[User]:
    """The accounts that were ticked, or all that the filters let through. Raises Http404 for one out of reach."""
    kept = accounts_kept_by(request.user)
    if "all" in request.POST:
        found = _filtered(request.user, request.POST.get("q", "").strip(), request.POST.get("role", ""))
        return list(kept.filter(pk__in=found.values("user")).order_by("username")[:MOST_AT_ONCE])
    keys = {int(key) for key in request.POST.getlist("account")[:MOST_AT_ONCE] if key.isdecimal() and len(key) < 19}
    chosen = list(kept.filter(pk__in=keys).order_by("username"))
    if len(chosen) != len(keys):
        raise Http404
    return chosen


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: SignedIn, pk: int) -> HttpResponse:
    """Somebody leaves an agency, another takes over with an account of his own; drafts stay where they are."""
    require_office(request)
    membership = get_object_or_404(memberships_kept_by(request.user).select_related("user", "agency__division"), pk=pk)
    form = SuccessorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        row = Row(
            1,
            code=membership.agency_id,
            person=typed["person"],
            role=membership.role,
            email=typed["email"],
            phone=typed["phone"],
            replaces=membership.user.username,
        )
        if issued := issue([row], request.user):
            return show_once(request, issued)
        for error in plan([row], request.user)[0].errors:
            form.add_error(None, error)
    context = {"form": form, "membership": membership}
    return render(request, "accounts/hand_over.html", context, status=422 if form.errors else 200)
