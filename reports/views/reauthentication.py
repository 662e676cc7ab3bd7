"""Who has been signed out while the form was open signs in again without losing what was typed."""

from __future__ import annotations

from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def wants_json(request: HttpRequest) -> bool:
    """Whether the page's script asks, not a person."""
    return request.headers.get("Accept") == "application/json"


def reauthenticate(request: HttpRequest) -> HttpResponse | None:
    """What to answer to somebody who is not signed in; None once the name and password sent along are right.

    What was sent with the form is carried along, so that signing in and saving are one step, with or without scripts.
    """
    if wants_json(request):
        return JsonResponse({"told": _("登录已过期。")}, status=401)
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    given = "username" in request.POST
    form = AuthenticationForm(request, data=request.POST if given else None)
    one_time = given and form.is_valid() and form.get_user().must_change_password
    if given and form.is_valid() and not one_time:
        login(request, form.get_user())
        return None
    own = ("username", "password", "csrfmiddlewaretoken")
    kept = [(name, value) for name, values in request.POST.lists() if name not in own for value in values]
    return render(
        request, "registration/reauthenticate.html", {"form": form, "kept": kept, "one_time": one_time}, status=401
    )
