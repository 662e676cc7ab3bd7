"""The two texts of which one may be a copy of the other, side by side."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agencies.access import may, supervises
from reports.checks.reuse.shingles import likeness, shingles
from reports.checks.wording import message
from reports.findings.series import version_before
from reports.models import Finding, State, Version
from reports.review.text_comparison import pairs
from reports.standard import chapter_named


@require_safe
def texts(request: HttpRequest, pk: int) -> HttpResponse:
    """For those who act for the agency or supervise it; for everybody once the finding has been confirmed."""
    found = Finding.objects.filter(rule="reused_text").select_related("version__report__agency")
    record = get_object_or_404(found, pk=pk)
    version = record.version
    inside = may(request.user, version.report.agency)
    if not inside and not _is_public(record):
        raise Http404
    other = _other(record, inside)
    context: dict[str, object] = {
        "finding": record,
        "version": version,
        "report": version.report,
        "other": other,
        "inside": inside,
        "supervises": supervises(request.user, version.report.agency),
        "message": message(record, version.edition, "filer" if inside else "public"),
    }
    if other is not None:
        context["pairs"] = [(chapter_named(pair.part), pair) for pair in pairs(version.narrative, other.narrative)]
        context["percent"] = int(100 * likeness(_shingles(version), _shingles(other)))
    return render(request, "review/texts.html", context)


def _is_public(record: Finding) -> bool:
    version = record.version
    return version.is_public and Finding.objects.public().filter(pk=record.pk).exists()


def _other(record: Finding, inside: bool) -> Version | None:
    """The other text as it stands now: what is public, or the agency's own draft of last year for those inside."""
    versions = Version.objects.select_related("report__agency")
    if record.operands["whose"] == "own":
        before = version_before(record.version)
        found = versions.filter(pk=before) if before else versions.none()
        return (found if inside else found.filter(state=State.PUBLISHED)).first()
    code, year = record.operands["code"], record.operands["year"]
    return versions.filter(report__agency=code, report__year=year, state=State.PUBLISHED).first()


def _shingles(version: Version) -> frozenset[str]:
    return shingles(version.narrative, version.printed_name or version.report.agency.name)
