"""The view that changes one's own password: at will, and first of all where it is a one-time password."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from agencies.access import AuthenticatedRequest
from agencies.accounts.acts import record
from agencies.accounts.forms import FirstPasswordForm, OwnPasswordForm
from agencies.accounts.passwords import LocalizedMinimumLength
from agencies.models import AccountAct

MIN_LENGTH = LocalizedMinimumLength().min_length


@sensitive_post_parameters()
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: AuthenticatedRequest) -> HttpResponse:
    """Asks for the old password too, unless it is the one-time password that was typed a moment ago."""
    first = request.user.must_change_password
    form = (FirstPasswordForm if first else OwnPasswordForm)(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            person = form.save(commit=False)
            person.must_change_password = False
            person.save(update_fields=["password", "must_change_password"])
            record(AccountAct.CHANGED_PASSWORD, person, person)
        update_session_auth_hash(request, person)
        messages.success(request, _("密码已修改。其他地方的登录都已退出。"))
        return redirect(_next_address(request))
    context = {
        "form": form,
        "first": first,
        "next": request.POST.get("next", request.GET.get("next", "")),
        "shortest": MIN_LENGTH,
    }
    return render(request, "registration/password.html", context, status=422 if form.errors else 200)


def _next_address(request: AuthenticatedRequest) -> str:
    """Where somebody wanted to go before the password came first; else where one begins."""
    target = request.POST.get("next", "")
    known = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if known else settings.LOGIN_REDIRECT_URL
