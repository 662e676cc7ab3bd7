"""Views of the list of accounts in a supervisor's subtree, and of the record of acts."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from agencies.access import AuthenticatedRequest, offices_of
from agencies.accounts.downloads import CONTENT_TYPES, WRITERS, AccountTable, for_successors
from agencies.accounts.listing import STATES, find_accounts, records_for
from agencies.accounts.permissions import accounts_managed_by, agencies_managed_by, without_clerk
from agencies.accounts.spreadsheet import MAX_ROWS
from agencies.lockout import locked_names
from agencies.models import Role

PAGE_SIZE = 50
MAX_CHOSEN = 2000
MAX_SHOWN_RECORDS = 10


def require_office(request: AuthenticatedRequest) -> None:
    """Raises PermissionDenied where the user supervises nothing."""
    if not request.user.is_superuser and not offices_of(request.user):
        raise PermissionDenied


def filters_of(request: HttpRequest) -> dict[str, str]:
    """What the list is narrowed by, as `find_accounts` takes it."""
    sent = request.POST if request.method == "POST" else request.GET
    return {"wanted": sent.get("q", "").strip(), "role": sent.get("role", ""), "state": sent.get("state", "")}


@login_required
@require_safe
def office_accounts(request: AuthenticatedRequest) -> HttpResponse:
    """Who acts for whom in the subtree; who of them has a password still to change; which agencies have nobody."""
    require_office(request)
    narrowed = filters_of(request)
    page = Paginator(find_accounts(request.user, **narrowed), PAGE_SIZE).get_page(request.GET.get("page"))
    people = [membership.user_id for membership in page.object_list]
    kept = set(accounts_managed_by(request.user).filter(pk__in=people).values_list("pk", flat=True))
    context = {
        "page": page,
        "rows": [(membership, membership.user_id in kept) for membership in page.object_list],
        "narrowed": narrowed,
        "address": urlencode({"q": narrowed["wanted"], "role": narrowed["role"], "state": narrowed["state"]}),
        "locked": set(locked_names()),
        "role_choices": Role.choices,
        "state_choices": STATES.items(),
        "lacking": without_clerk(agencies_managed_by(request.user)).count(),
        "records": list(records_for(request.user)[:MAX_SHOWN_RECORDS]),
        "too_many": page.paginator.count > MAX_CHOSEN,
    }
    return render(request, "accounts/office.html", context)


@login_required
@require_safe
def account_records(request: AuthenticatedRequest) -> HttpResponse:
    """Everything that was done to accounts of the subtree."""
    require_office(request)
    page = Paginator(records_for(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "accounts/records.html", {"page": page, "records": page.object_list})


@login_required
@require_safe
def account_list_file(request: AuthenticatedRequest, kind: str) -> HttpResponse:
    """The accounts as the list is narrowed, as a table in which successors can be filled in."""
    require_office(request)
    found = find_accounts(request.user, **filters_of(request)).select_related("user", "agency__division")
    return download_table(for_successors(found.filter(user__is_active=True)[:MAX_ROWS]), kind, "successors")


def download_table(sheet: AccountTable, kind: str, name: str) -> HttpResponse:
    """The sheet for download. Raises Http404 for a kind of file that is not written."""
    if kind not in WRITERS:
        raise Http404
    answer = HttpResponse(WRITERS[kind](sheet), content_type=CONTENT_TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer
