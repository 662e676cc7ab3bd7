"""Which language a page speaks: Chinese, unless its reader has asked for another."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import lazy

T = TypeVar("T")


def english() -> bool:
    """Whether the page being made is in English. The declared form carries its English itself, outside of gettext."""
    return (translation.get_language() or "").startswith("en")


def pick(chinese: T, in_english: T) -> T:
    """What the declared form carries in both languages, in the reader's."""
    return in_english if english() else chinese


pick_lazy = lazy(pick, str)
"""The same for what is made once and read by people of either language, as the label of a field."""


def chosen_language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that heeds the cookie set by Django's `set_language` and nothing else.

    Django's own follows the browser, and browsers on office machines often ask for English without anybody's wish.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        # Put back afterwards: what the same thread does next is not said in this reader's language.
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", translation.to_locale(language).replace("_", "-"))
        patch_vary_headers(response, ("Cookie",))
        return response

    return respond
