"""A table as a file to keep."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from agencies.accounts.sheets import CONTENT_TYPES, WRITERS, Sheet


def as_file(sheet: Sheet, kind: str, name: str) -> HttpResponse:
    """The sheet for download. Raises Http404 for a kind of file that is not written."""
    if kind not in WRITERS:
        raise Http404
    answer = HttpResponse(WRITERS[kind](sheet), content_type=CONTENT_TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer
