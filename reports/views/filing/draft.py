"""The form that mirrors the official tables: one report on one page, shown, saved, handed in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from agencies.access import AuthenticatedRequest
from agencies.models import Agency
from reports.filing.action_form import ActionForm
from reports.filing.client_config import for_browser
from reports.filing.current_version import current_version
from reports.filing.editing import EditProblem, act
from reports.filing.entry import chapters
from reports.filing.finding_list import UNDECIDED, numbered_findings
from reports.filing.forms import EntryForm, entry_form
from reports.filing.history import label
from reports.filing.prefill import compared, last_year_of
from reports.filing.prose import sentences, unwritten
from reports.findings.pending import is_pending
from reports.lifecycle import Act
from reports.lifecycle.permissions import answers, files, parties_of
from reports.lifecycle.transitions import Party
from reports.models import Action, State, Version
from reports.originals.links import source_links
from reports.standard import edition_for
from reports.views.download import named_formats
from reports.views.filing.autosave import as_json, news
from reports.views.filing.filing import year_due
from reports.views.reauthentication import reauthenticate, wants_json


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: AuthenticatedRequest, code: str, year: str) -> HttpResponse:
    """One report on one page: read it, save it, submit it. Filers of the agency write, its supervisors read."""
    if not request.user.is_authenticated and (answer := reauthenticate(request)):
        return answer
    agency = get_object_or_404(Agency, pk=code)
    own = parties_of(request.user, agency)
    if edition_for(int(year)) is None or not own:
        raise Http404
    version = current_version(agency, int(year))
    if version is None and int(year) > year_due() + 1:
        raise Http404
    if version is None or not version.edition:
        context = {"agency": agency, "year": year, "files": files(own), "version": version}
        return render(request, "filing/none.html", context)
    if request.method == "POST":
        asked, may = ActionForm(request.POST), answers(own, agency, version)
        if not asked.is_valid():
            raise BadRequest
        outcome = act(version, asked, request.user, may)
        if wants_json(request):
            return as_json(request, outcome, _context(request, outcome.version, outcome.form, own, outcome.problem))
        for level, text in outcome.messages:
            messages.add_message(request, level, text)
        if outcome.done:
            return redirect("draft", code, year)
        return _page(request, outcome.version, outcome.form, own, outcome.problem)
    if wants_json(request):
        checked = "checking" in request.GET and not is_pending(version)
        drawn = _context(request, version, entry_form(version), own, EditProblem()) if checked else None
        return news(request, version, not answers(own, agency, version)[Act.SAVE], drawn)
    return _page(request, version, entry_form(version), own)


def _page(
    request: AuthenticatedRequest,
    version: Version,
    form: EntryForm,
    own: frozenset[Party],
    problem: EditProblem | None = None,
) -> HttpResponse:
    context = _context(request, version, form, own, problem or EditProblem())
    return render(request, "filing/draft.html", context, status=problem.status if problem else 200)


def _context(
    request: AuthenticatedRequest, version: Version, form: EntryForm, own: frozenset[Party], problem: EditProblem
) -> dict[str, Any]:
    edition = version.form
    assert edition is not None
    may = answers(own, version.report.agency, version)
    locked = may[Act.SAVE].reason
    # Asked first: what was checked in between is shown then as being checked still.
    checking = is_pending(version)
    findings = numbered_findings(version)
    # An empty cell is hatched already; a number and a frame around each would hide the contradictions.
    contradictions = [finding for finding in findings if finding.rule != UNDECIDED]
    figures = version.figures | form.figures | {key: None for key in form.errors if key in edition.figures}
    last = compared(form, last_year_of(version))
    if locked:
        last = replace(last, proposed={})
    returned = version.changes.filter(action=Action.RETURNED).last() if version.state == State.RETURNED else None
    pins = returned.pins if returned else {}
    parts = chapters(
        edition, form, figures, version.marks | form.marks, contradictions, last, pins, source_links(version)
    )
    changes = list(version.changes.order_by("-pk")[:1])
    return {
        "agency": version.report.agency,
        "year": version.report.year,
        "version": version,
        "formats": named_formats(),
        "edition": edition,
        "chapters": parts,
        "findings": contradictions,
        "checking": checking,
        "not_filled": findings[len(contradictions) :],
        "problem": problem,
        "revision": version.revision,
        "changed": changes[0] if changes else None,
        "saved": version.changed_at if changes and changes[0].action != Action.CREATED else None,
        "unsaved": problem.unsaved,
        "unbalanced": sum(part.table.sheet.broken for part in parts if part.table),
        "blank": sum(number is None for number in figures.values()),
        "unwritten": len(unwritten(edition, {part.key: form.typed(part.key) for part in edition.chapters})),
        "locked": locked,
        "files": files(own),
        "may": may,
        "readonly": bool(locked),
        "returned": returned,
        "pins": [(*at.partition(":")[::2], label(version, at), text) for at, text in pins.items()],
        "pin_rows": [*problem.pinned, *[("", "")] * (3 - len(problem.pinned))],
        "places": [(part.key, part.heading, sentences(form.typed(part.key))) for part in parts if not part.table],
        "sent": version.changes.filter(action=Action.SENT).last() if version.state == State.SENT else None,
        "last": last,
        "for_browser": for_browser(edition, None if locked else last.version),
    }
