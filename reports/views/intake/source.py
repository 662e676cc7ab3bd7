"""Originals: handed out as files to keep, never shown as pages of this site, and shown as what was read from them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from reports.intake.originals import is_public, readable_upload
from reports.models import Source, Version
from reports.originals.drawing import draw_document
from reports.originals.keeping import DamagedOriginal, erased_original, read_original
from reports.originals.page_picture import NoPicture
from reports.originals.renditions import picture_of, reading_of

MAX_REPORTS = 20
SECONDS_TO_WAIT = 2


def _told_of_erased(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answers 410 for an original that was taken down, whoever asks."""

    @wraps(view)
    def answer(request: HttpRequest, sha256: str, **further: Any) -> HttpResponseBase:
        if erased_original(sha256):
            return render(request, "intake/erased_original.html", status=410)
        return view(request, sha256, **further)

    return answer


@require_safe
@_told_of_erased
def source(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """The original, byte for byte: to everybody once a public report rests on it, before only to those concerned."""
    found = _readable(request, sha256)
    try:
        data = read_original(found)
    except DamagedOriginal as damage:
        return render(request, "intake/damaged_original.html", {"damage": damage}, status=500)
    # Whatever it is, a browser may only store it: the bytes are not ours.
    name = re.sub(r'[\x00-\x1f"\\/]', "_", found.name)
    response = FileResponse(BytesIO(data), as_attachment=True, filename=name, content_type="application/octet-stream")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_safe
@_told_of_erased
def source_view(request: HttpRequest, sha256: str) -> HttpResponse:
    """What an original says, drawn by us with an anchor for every place. For whoever may have the file itself."""
    found = _readable(request, sha256)
    document, waiting = reading_of(found)
    public = Version.objects.from_source(found).public()
    context = {
        "source": found,
        "drawing": draw_document(document) if document else None,
        "waiting": waiting,
        # Drawing a page takes a process; whoever only reads has the file itself.
        "pictures": request.user.is_authenticated,
        "reports": {version.report for version in public.select_related("report__agency")[:MAX_REPORTS]},
    }
    response = render(request, "intake/original.html", context)
    return _asks_again(response) if waiting else response


@login_required
@require_safe
@_told_of_erased
def source_page(request: HttpRequest, sha256: str, page: int) -> HttpResponse:
    """The picture of one page of a PDF, drawn by a worker; until it is there, whoever waits for it asks again."""
    found = _readable(request, sha256)
    try:
        picture = picture_of(found, page)
    except NoPicture as error:
        raise Http404 from error
    if picture is None:
        if "text/html" in request.headers.get("Accept", ""):
            return _asks_again(render(request, "intake/drawing.html", {"source": found, "page": page}))
        # For an image in a page, whose script tries again.
        return HttpResponse(status=503, headers={"Retry-After": str(SECONDS_TO_WAIT), "Cache-Control": "no-store"})
    response = HttpResponse(picture, content_type="image/png")
    if is_public(found):
        # No longer than any public page: it may be taken down.
        patch_cache_control(response, private=True, max_age=settings.PUBLIC_CACHE_SECONDS)
    else:
        # An office computer is shared: a draft's pages must not stay in its browser after the visit.
        patch_cache_control(response, private=True, no_store=True)
    return response


def _asks_again(response: HttpResponse) -> HttpResponse:
    response["Refresh"] = str(SECONDS_TO_WAIT)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _readable(request: HttpRequest, sha256: str) -> Source:
    found = readable_upload(request.user, sha256, request.GET.get("upload", ""))
    if found is None:
        raise Http404
    return found
