"""A published report as a file to keep, in each of the formats of `export_reports`."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from reports.exporting.official import FORMATS, export, filename
from reports.models import State, Version
from reports.public.reading import PUBLIC_STATES
from reports.standard import EDITIONS


@require_safe
def download(request: HttpRequest, code: str, year: int, form: str) -> HttpResponse:
    """The published version, or an earlier public one by `?version=`. Always kept as a file."""
    if form not in FORMATS:
        raise Http404
    versions = Version.objects.filter(report__agency=code, report__year=year, state__in=PUBLIC_STATES)
    versions = versions.select_related("report__agency__division", *(f"figures_{name}" for name in EDITIONS))
    number = request.GET.get("version", "")
    if number:
        wanted = int(number) if number.isdecimal() and len(number) < 5 else 0
        version = get_object_or_404(versions, number=wanted)
    else:
        version = get_object_or_404(versions, state=State.PUBLISHED)
    content, content_type = export(version, form)
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{filename(version, form)}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
