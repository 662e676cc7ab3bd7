"""Originals, handed out as files to keep and never shown as pages of this site."""

from __future__ import annotations

import re

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agencies.access import may
from reports.importing.document import Document, Unreadable
from reports.importing.read import read_document
from reports.models import Source, Version
from reports.public.reading import PUBLIC_STATES


@require_safe
def source(request: HttpRequest, sha256: str) -> FileResponse:
    """The original, byte for byte: to everybody once a public report rests on it, before only to those concerned."""
    found = get_object_or_404(Source, sha256=sha256)
    if not _may_read(request, found):
        raise Http404
    try:
        file = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    # Whatever it is, a browser may only store it: the bytes are not ours.
    name = re.sub(r'[\x00-\x1f"\\/]', "_", found.name)
    response = FileResponse(file, as_attachment=True, filename=name, content_type="application/octet-stream")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_safe
def source_text(request: HttpRequest, sha256: str) -> HttpResponse:
    """What the original says, paragraph by paragraph and table by table, so that a place in it can be pointed at."""
    found = get_object_or_404(Source, sha256=sha256)
    if not _may_read(request, found):
        raise Http404
    try:
        with found.file.open("rb") as file:
            document = read_document(file.read(), found.name)
    except (Unreadable, FileNotFoundError):
        document = Document()
    return render(request, "public/source_text.html", {"source": found, "document": document})


def _may_read(request: HttpRequest, found: Source) -> bool:
    versions = Version.objects.filter(source=found)
    if versions.filter(state__in=PUBLIC_STATES).exists():
        return True
    user = request.user
    if not user.is_authenticated:
        return False
    if user.is_superuser or found.received_by_id == user.pk or found.pending.filter(created_by=user).exists():
        return True
    return any(may(user, version.report.agency) for version in versions.select_related("report__agency"))
