"""One-time passwords on their way to the people: shown on one page, downloaded once, kept nowhere."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

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

from agencies.accounts.acts import Issued
from agencies.accounts.spreadsheet import CONTENT_TYPE, handout
from agencies.views.signed_in import SignedIn

SALT = "accounts.handout"
DOWNLOAD_WITHIN = 60 * 60  # seconds
TICKET = "handout"


@sensitive_variables()
def show_once(request: SignedIn, issued: Sequence[Issued]) -> HttpResponse:
    """The page with the passwords. The table for the download travels in the page itself, signed, and back again."""
    ticket = request.session[TICKET] = secrets.token_urlsafe(16)
    lines = [
        [
            one.agency.full_name if one.agency else "",
            one.user.get_full_name(),
            one.role_label,
            one.user.username,
            one.password,
        ]
        for one in issued
    ]
    sealed = signing.dumps([ticket, lines], salt=SALT, compress=True)
    return render(request, "accounts/handout.html", {"issued": issued, "sealed": sealed})


@sensitive_post_parameters()
@sensitive_variables()
@never_cache
@login_required
@require_POST
def download_handout(request: SignedIn) -> HttpResponse:
    """The same as a spreadsheet, once."""
    try:
        ticket, lines = signing.loads(request.POST.get("sealed", ""), salt=SALT, max_age=DOWNLOAD_WITHIN)
    except signing.BadSignature:
        ticket, lines = "", []
    if not ticket or request.session.pop(TICKET, None) != ticket:
        messages.warning(request, _("这份密码表已经下载过，或者已经过时。丢失的，请重置密码后再下载。"))
        return redirect("office_accounts")
    answer = HttpResponse(handout(lines), content_type=CONTENT_TYPE)
    name = f"passwords-{timezone.localtime():%Y%m%d-%H%M}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
