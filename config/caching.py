"""What caches are told, and may keep: public pages as readers without an account see them, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control


def kept_by_caches(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware. Shared caches keep a public page for a few minutes, browsers ask each time whether it has changed.

    Whoever shows that they may be known (session or token) and whatever sets a cookie is never kept. Answers that say
    themselves how long they last keep their word. Stands outside of the sessions, so that it sees every cookie set.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        known = settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
        public = request.method == "GET" and response.status_code == 200
        if known or response.cookies or not public:
            if "Cache-Control" not in response.headers or "public" in response.headers["Cache-Control"]:
                response.headers["Cache-Control"] = "private, no-store"
        elif "Cache-Control" not in response.headers:
            seconds = settings.PUBLIC_CACHE_SECONDS
            # Both together are what `PUBLIC_CACHE_SECONDS` promises: so long after a take-down nobody is shown the page of before.
            fresh, stale = seconds - seconds // 2, seconds // 2
            patch_cache_control(response, public=True, max_age=0, s_maxage=fresh, stale_while_revalidate=stale)
        return response

    return respond


def headers_alone(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware. HEAD is answered as GET would be, less the body: with the length and the ETag, or by 304.

    Django's own conditional answers pass HEAD over. Stands outside of everything that makes or marks an answer.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        if request.method != "HEAD":
            return get_response(request)
        request.method = "GET"
        response = get_response(request)
        if response.streaming:
            response.streaming_content = ()  # type: ignore[attr-defined]
        else:
            response.content = b""
        return response

    return respond
