"""Input that no database can hold is refused with a sentence, wherever it is sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from django.db import DataError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class UnstorableInput:
    """Middleware. Answers 400 where a field that is to be stored holds a NUL or half of a character, which PostgreSQL refuses in
    the middle of a query, and where the database refuses what was asked in an address, as a number too large for any column.
    Pages that know what to make of such an address answer it themselves. Stands within the sessions, whose pages it uses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any(is_unstorable(text) for text in _texts(request)):
            return _refused(request, _("提交的内容里有不能保存的字符（空字符或不完整的字符）。请删去后再提交。"))
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        # SQLite answers an integer beyond 64 bits with OverflowError, PostgreSQL with DataError.
        if isinstance(exception, OverflowError | DataError):
            return _refused(request, _("地址或表单中的编号、数值超出了范围。请检查后再试。"))
        return None


def is_unstorable(text: str) -> bool:
    return _UNSTORABLE.search(text) is not None


def _texts(request: HttpRequest) -> Iterator[str]:
    yield request.path
    for name, values in request.POST.lists():
        yield name
        yield from map(str, values)
    for _name, files in request.FILES.lists():
        yield from (file.name or "" for file in files)


def _refused(request: HttpRequest, explanation: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": explanation}, status=400)
    return render(request, "400.html", {"explanation": explanation}, status=400)
