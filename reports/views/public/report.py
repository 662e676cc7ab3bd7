"""One published report, as the printed document."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access import supervises
from reports.checks.wording import message
from reports.models import EQUATION_RULES, Decision, Finding, Report, Version, told_of
from reports.originals.links import source_links
from reports.public.citation import citation
from reports.public.versions import public_versions
from reports.sheets.sheet import Sheet, draw
from reports.sheets.summary import summary
from reports.standard import CURRENT, edition_for
from reports.standard.elements import Chapter
from reports.views.download import named_formats
from reports.views.refused import not_public


@dataclass(frozen=True)
class Listed:
    """A finding with the number under which this page lists it."""

    number: int
    finding: Finding
    sentence: str

    @property
    def rule(self) -> str:
        return self.finding.rule

    @property
    def where(self) -> str:
        return self.finding.where

    @property
    def cells(self) -> list[str]:
        return list(self.finding.cells)

    @property
    def last_cell(self) -> str:
        """Where the list leads back to: the cell that explains it, else the result, which comes last."""
        return (self.culprit or self.cells[-1]).replace(".", "-")

    @property
    def culprit(self) -> str:
        return self.finding.culprit

    @property
    def confirmed(self) -> bool:
        return self.finding.decision == Decision.CONFIRMED


@dataclass(frozen=True)
class Part:
    """A chapter as the page shows it: prose, or a table with the sentence that sums it up."""

    chapter: Chapter
    text: str = ""
    sheet: Sheet | None = None
    summary: str = ""


@require_safe
def report(request: HttpRequest, code: str, year: int) -> HttpResponse:
    found = _published(code, year)
    if found is None:
        return not_public(request, code, year)
    versions = public_versions(found)
    number = request.GET.get("version")
    version = _asked_for([entry.version for entry in versions], found, number)
    if version is None:
        return not_public(request, code, year, _number(number or ""))
    # What the document lacks is set in the reports of its agency: the page names it once.
    version.report = found
    findings = _listed(version)
    parts = _parts(version, findings)
    context = {
        "report": found,
        "version": version,
        "is_current": version.pk == found.published_id,
        "formats": named_formats(),
        "versions": versions,
        "takedowns": told_of(found),
        "may_take_down": request.user.is_authenticated and supervises(request.user, found.agency),
        "citation": citation(version, _address(request, version), timezone.localdate()),
        "address": _address(request, version),
        "parts": parts,
        "origins": source_links(version),
        "findings": findings,
        "undecided": sum(part.sheet.undecided for part in parts if part.sheet),
        "years": Report.objects.published().filter(agency=found.agency).order_by("year").values_list("year", flat=True),
    }
    return render(request, "public/report/report.html", context)


def _published(code: str, year: int) -> Report | None:
    reports = Report.objects.published().select_related("agency__division__parent__parent__parent", "counted_by")
    return reports.filter(agency=code, year=year).first()


def _asked_for(versions: list[Version], found: Report, number: str | None) -> Version | None:
    if number is None:
        return next(version for version in versions if version.pk == found.published_id)
    for version in versions:
        if str(version.number) == number:
            return version
    return None


def _number(text: str) -> int:
    """The number of a version as an address names it; 0 where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 0


def _listed(version: Version) -> list[Listed]:
    """Broken equations first, then what a supervisor has confirmed."""
    public = Finding.objects.filter(version=version).public()
    found = sorted(public, key=lambda finding: (finding.rule not in EQUATION_RULES, finding.pk))
    return [
        Listed(number, finding, message(finding, version.edition, "public"))
        for number, finding in enumerate(found, start=1)
    ]


def _parts(version: Version, findings: list[Listed]) -> list[Part]:
    form = version.form
    if form is None:
        return [Part(chapter, text=version.narrative[chapter.key]) for chapter in _chapters_without_tables(version)]
    figures = version.figures
    parts = []
    for chapter in form.chapters:
        if chapter.has_table:
            table = form.table(chapter.key)
            sheet = draw(table, form, figures, version.marks, version.places, findings)
            parts.append(Part(chapter, sheet=sheet, summary=summary(table, figures)))
        else:
            parts.append(Part(chapter, text=version.narrative[chapter.key]))
    return parts


def _chapters_without_tables(version: Version) -> list[Chapter]:
    form = edition_for(version.report.year) or CURRENT
    return list(form.prose)


def _address(request: HttpRequest, version: Version) -> str:
    """The address under which this version will always be read; the current one has none of its own."""
    of_report = version.report.get_absolute_url()
    is_current = version.pk == version.report.published_id
    return request.build_absolute_uri(of_report if is_current else f"{of_report}?version={version.number}")


@require_safe
def versions(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """What was public when, and what each correction changed, figure by figure and clause by clause."""
    found = _published(code, year)
    if found is None:
        return not_public(request, code, year)
    context = {"report": found, "versions": public_versions(found), "takedowns": told_of(found)}
    return render(request, "public/report/versions.html", context)
