"""Accounts from a spreadsheet: the template, the preview, and the act when it is confirmed."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.accounts.acts import issue
from agencies.accounts.forms import SpreadsheetForm
from agencies.accounts.planning import plan
from agencies.accounts.reach import agencies_kept_by, lacking_a_clerk
from agencies.accounts.spreadsheet import CONTENT_TYPE, MOST_ROWS, Row, template
from agencies.views.accounts import require_office
from agencies.views.handout import show_once
from agencies.views.signed_in import SignedIn

SALT = "accounts.preview"
CONFIRM_WITHIN = 2 * 60 * 60  # seconds


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_accounts(request: SignedIn) -> HttpResponse:
    """Takes a spreadsheet and shows what it would do. Nothing is stored, not even the file."""
    require_office(request)
    form = SpreadsheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _preview(request, form.cleaned_data["file"])
    lacking = lacking_a_clerk(agencies_kept_by(request.user)).count()
    return render(request, "accounts/new.html", {"form": form, "lacking": lacking}, status=422 if form.errors else 200)


def _preview(request: SignedIn, rows: list[Row]) -> HttpResponse:
    planned = plan(rows, request.user)
    sealed = signing.dumps([request.user.pk, [row.as_list() for row in rows]], salt=SALT, compress=True)
    context = {
        "planned": sorted(planned, key=lambda one: not one.errors),
        "sound": sum(not one.errors for one in planned),
        "faulty": sum(bool(one.errors) for one in planned),
        "sealed": sealed,
    }
    return render(request, "accounts/preview.html", context)


@never_cache
@login_required
@require_POST
def confirm_accounts(request: SignedIn) -> HttpResponse:
    """Issues what was previewed, judged anew: what changed in between, or was sent twice, is not issued twice."""
    require_office(request)
    try:
        owner, lines = signing.loads(request.POST.get("sealed", ""), salt=SALT, max_age=CONFIRM_WITHIN)
    except signing.BadSignature:
        owner, lines = None, []
    if owner != request.user.pk:
        messages.warning(request, _("预览已经过时，请重新上传账号表。"))
        return redirect("new_accounts")
    rows = [Row(*line) for line in lines]
    issued = issue(rows, request.user)
    return show_once(request, issued) if issued else _preview(request, rows)


@login_required
@require_safe
def account_template(request: SignedIn) -> HttpResponse:
    """A spreadsheet with a line for every agency of the subtree that has no clerk."""
    require_office(request)
    lacking = lacking_a_clerk(agencies_kept_by(request.user)).select_related("division").order_by("code")
    answer = HttpResponse(template(lacking[:MOST_ROWS]), content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = 'attachment; filename="accounts.xlsx"'
    return answer
