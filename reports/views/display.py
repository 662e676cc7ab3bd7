"""Large type for who wants it. Kept in a cookie, changed without a script."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

A_YEAR = 365 * 24 * 3600


# Nothing but the look of the pages hangs on this cookie, so no token is asked for and public pages need not set one.
@csrf_exempt
@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Remember the type size asked for, and go back to the page."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = redirect(target)
    if request.POST.get("type") == "large":
        response.set_cookie("type", "large", max_age=A_YEAR, samesite="Lax")
    elif request.POST.get("type") == "normal":
        response.delete_cookie("type", samesite="Lax")
    return response
