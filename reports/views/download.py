"""A report as a file to keep, in each of the formats of `export_reports`."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from agencies.access import AuthenticatedRequest
from agencies.models import Agency
from reports.exporting.official import FORMATS, Format, export, filename
from reports.filing.current_version import current_version
from reports.lifecycle.permissions import may_see_drafts
from reports.models import State, Version
from reports.views.refused import not_public

_NAMES = {"docx": "Word", "xlsx": "Excel", "html": "HTML"}


def named_formats() -> list[tuple[Format, str]]:
    """Every format with what people call it."""
    return [(form, _NAMES.get(form, form.upper())) for form in FORMATS]


@require_safe
def download(request: HttpRequest, code: str, year: int, form: str) -> HttpResponse:
    """The published version, or an earlier public one by `?version=`. Always kept as a file."""
    if form not in FORMATS:
        raise Http404
    versions = Version.objects.filter(report__agency=code, report__year=year).public()
    versions = versions.with_figures().select_related("report__agency__division")
    number = request.GET.get("version", "")
    wanted = int(number) if number.isascii() and number.isdecimal() and len(number) < 5 else 0
    version = versions.filter(**({"number": wanted} if number else {"state": State.PUBLISHED})).first()
    if version is None:
        return not_public(request, code, int(year), wanted)
    return _kept(version, form, filename(version, form))


@login_required
@require_safe
def draft_download(request: AuthenticatedRequest, code: str, year: str, form: str) -> HttpResponse:
    """The version at work, for those who see the draft; unless it is public its file is named a draft."""
    agency = get_object_or_404(Agency, pk=code)
    if form not in FORMATS or not may_see_drafts(request.user, agency):
        raise Http404
    version = current_version(agency, int(year))
    if version is None:
        raise Http404
    name = filename(version, form)
    return _kept(version, form, name if version.is_public else name.replace(".", "-draft.", 1))


def _kept(version: Version, form: Format, name: str) -> HttpResponse:
    content, content_type = export(version, form)
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
