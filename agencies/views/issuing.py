"""Views that issue accounts from a spreadsheet: the template, the preview, and the confirmation."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import AuthenticatedRequest
from agencies.accounts.acts import issue
from agencies.accounts.downloads import for_correction, for_new_clerks
from agencies.accounts.forms import SpreadsheetForm
from agencies.accounts.permissions import agencies_managed_by, without_clerk
from agencies.accounts.planning import plan
from agencies.accounts.spreadsheet import MAX_ROWS, AccountRow, AccountRows
from agencies.views.accounts import download_table, require_office
from agencies.views.handout import is_repeated, new_ticket, show_once

SALT = "accounts.preview"
CONFIRM_WITHIN = 2 * 60 * 60  # seconds


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_accounts(request: AuthenticatedRequest) -> HttpResponse:
    """Takes a spreadsheet and shows what it would do. Nothing is stored, not even the file."""
    require_office(request)
    form = SpreadsheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _preview(request, form.cleaned_data["file"])
    lacking = without_clerk(agencies_managed_by(request.user)).count()
    return render(request, "accounts/new.html", {"form": form, "lacking": lacking}, status=422 if form.errors else 200)


def _preview(request: AuthenticatedRequest, read: AccountRows) -> HttpResponse:
    planned = plan(read.rows, request.user)
    context = {
        "planned": sorted(planned, key=lambda one: not one.faults),
        "sound": sum(not one.faults for one in planned),
        "faulty": sum(bool(one.faults) for one in planned),
        "unnamed": read.unnamed,
        "sealed": _sealed(request, read),
        "ticket": new_ticket(),
    }
    return render(request, "accounts/preview.html", context)


def _sealed(request: AuthenticatedRequest, read: AccountRows) -> str:
    rows = [row.as_list() for row in read.rows]
    return signing.dumps([request.user.pk, rows, read.unnamed], salt=SALT, compress=True)


def _opened(request: AuthenticatedRequest) -> AccountRows | None:
    """What was previewed, where it was by the same person and not long ago."""
    try:
        sealed: list[Any] = signing.loads(request.POST.get("sealed", ""), salt=SALT, max_age=CONFIRM_WITHIN)
    except signing.BadSignature:
        return None
    owner, rows, unnamed = sealed
    return AccountRows([AccountRow(*row) for row in rows], unnamed) if owner == request.user.pk else None


def _previewed(
    view: Callable[[AuthenticatedRequest, AccountRows], HttpResponse],
) -> Callable[[AuthenticatedRequest], HttpResponse]:
    """A view that goes on with what was previewed; where that is too old, it begins again."""

    @never_cache
    @login_required
    @require_POST
    @wraps(view)
    def answer(request: AuthenticatedRequest) -> HttpResponse:
        require_office(request)
        read = _opened(request)
        if read is None:
            messages.warning(request, _("预览已经过时，请重新上传账号表。"))
            return redirect("new_accounts")
        return view(request, read)

    return answer


@_previewed
def confirm_accounts(request: AuthenticatedRequest, read: AccountRows) -> HttpResponse:
    """Issues what was previewed, judged anew: what changed in between is shown again, what was sent twice said."""
    if is_repeated(request):
        return redirect("office_accounts")
    issued = issue(read.rows, request.user)
    return show_once(request, issued) if issued else _preview(request, read)


@_previewed
def faulty_rows(request: AuthenticatedRequest, read: AccountRows) -> HttpResponse:
    """The lines of the preview with something wrong, each with what to mend, to be filled in and uploaded again."""
    return download_table(for_correction(plan(read.rows, request.user)), "xlsx", "to-mend")


@login_required
@require_safe
def account_template(request: AuthenticatedRequest, kind: str) -> HttpResponse:
    """A table with a line for every agency of the subtree that has no clerk."""
    require_office(request)
    lacking = without_clerk(agencies_managed_by(request.user)).select_related("division").order_by("code")
    return download_table(for_new_clerks(lacking[:MAX_ROWS]), kind, "accounts")
