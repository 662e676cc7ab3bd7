"""Where the database is too busy, or away for a moment, people are told to try again, and that nothing was saved."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

RETRY_AFTER = 5  # seconds


class TellBusy:
    """Middleware. Answers 503 instead of 500 where a lock was waited for too long or the database does not answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        logger.warning("The database did not answer in time: %s %s", request.method, request.path, exc_info=exception)
        explanation = _("系统正忙，刚才的操作没有保存。请过几秒再试；正在填写的内容还在原来的页面上。")
        response: HttpResponse
        if request.path.startswith("/api/"):
            response = JsonResponse({"detail": explanation}, status=503)
        else:
            # It stands alone: what every other page asks the database for may be what failed.
            response = render(request, "503.html", {"explanation": explanation}, status=503)
        response["Retry-After"] = str(RETRY_AFTER)
        return response
