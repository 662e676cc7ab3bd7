"""Views that hand out one-time passwords: shown on one page, downloaded once, kept nowhere."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from agencies.access import AuthenticatedRequest
from agencies.accounts.acts import IssuedAccount
from agencies.accounts.downloads import one_time_passwords
from agencies.accounts.spreadsheet import ROLE_NAMES
from agencies.models import Role
from agencies.views.accounts import download_table

SALT = "accounts.handout"
DOWNLOAD_WITHIN = 60 * 60  # seconds
DOWNLOAD, CONFIRMED = "handout", "confirmed_accounts"
MAX_REMEMBERED = 20


def new_ticket() -> str:
    """Goes with a page that asks for confirmation, so that one page is confirmed once."""
    return secrets.token_urlsafe(12)


def is_repeated(request: AuthenticatedRequest) -> bool:
    """Whether the page was confirmed before, as by a double click; it is said then what to do."""
    ticket = request.POST.get("ticket", "")
    confirmed = request.session.get(CONFIRMED, [])
    if ticket and ticket not in confirmed:
        request.session[CONFIRMED] = [*confirmed, ticket][-MAX_REMEMBERED:]
        # Stored before the act, not with the answer: the second click comes in between.
        request.session.save()
        return False
    said = _("这一步刚才已经办过，没有再办。没有看到一次性密码的，请在表里选中账号，重置密码。")
    messages.warning(request, said)
    return True


@sensitive_variables()
def show_once(request: AuthenticatedRequest, issued: Sequence[IssuedAccount]) -> HttpResponse:
    """The page with the passwords. The table for the download travels in the page itself, signed, and back again."""
    ticket = request.session[DOWNLOAD] = secrets.token_urlsafe(16)
    lines = [
        [
            one.agency.full_name if one.agency else "",
            one.user.get_full_name(),
            ROLE_NAMES[Role(one.role)] if one.role else "",
            one.user.username,
            one.password,
        ]
        for one in issued
    ]
    sealed = signing.dumps([ticket, lines], salt=SALT, compress=True)
    context = {
        "issued": issued,
        "sealed": sealed,
        "site": settings.SITE_URL,
        "lasts": settings.ONE_TIME_PASSWORD_DAYS,
    }
    return render(request, "accounts/handout.html", context)


@sensitive_post_parameters()
@sensitive_variables()
@never_cache
@login_required
@require_POST
def download_handout(request: AuthenticatedRequest) -> HttpResponse:
    """The same as a file, once."""
    try:
        ticket, lines = signing.loads(request.POST.get("sealed", ""), salt=SALT, max_age=DOWNLOAD_WITHIN)
    except signing.BadSignature:
        ticket, lines = "", []
    if not ticket or request.session.pop(DOWNLOAD, None) != ticket:
        messages.warning(request, _("这份密码表已经下载过，或者已经过时。丢失的，请重置密码后再下载。"))
        return redirect("office_accounts")
    name = f"passwords-{timezone.localtime():%Y%m%d-%H%M}"
    return download_table(one_time_passwords(lines), request.POST.get("kind", "xlsx"), name)
