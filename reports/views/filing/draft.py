"""The form that mirrors the official tables: one report on one page, shown, saved, handed in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import AuthenticatedRequest, may, supervises
from agencies.models import Agency, Role
from reports import lifecycle
from reports.filing.client_config import for_browser
from reports.filing.current_version import version_at_work
from reports.filing.entry import chapters
from reports.filing.finding_list import UNDECIDED, numbered_findings
from reports.filing.forms import EntryForm, entry_form
from reports.filing.history import label
from reports.filing.prefill import compared, last_year_of
from reports.filing.prose import sentences, unwritten
from reports.models import Action, State, Version
from reports.originals.links import source_links
from reports.standard import edition_for
from reports.views.again import sign_in_again, wants_json
from reports.views.download import named_formats
from reports.views.filing.autosave import as_json, news
from reports.views.filing.editing import EditProblem, act
from reports.views.filing.filing import FILERS, year_due


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: AuthenticatedRequest, code: str, year: str) -> HttpResponse:
    """One report on one page: read it, save it, submit it. Filers of the agency write, its supervisors read."""
    if not request.user.is_authenticated and (answer := sign_in_again(request)):
        return answer
    agency = get_object_or_404(Agency, pk=code)
    files = may(request.user, agency, *FILERS)
    if edition_for(int(year)) is None or not (files or supervises(request.user, agency)):
        raise Http404
    version = version_at_work(agency, int(year))
    if version is None and int(year) > year_due() + 1:
        raise Http404
    if version is None or not version.edition:
        return render(request, "filing/none.html", {"agency": agency, "year": year, "files": files, "version": version})
    if request.method == "POST":
        if not files and not (request.POST.get("act") == "return" and _may_return(request, version)):
            raise PermissionDenied
        if request.POST.get("act") == "return" and not _may_return(request, version):
            raise PermissionDenied
        may_submit = _why_not_submit(request, agency) == ""
        outcome = act(version, request.POST, request.user, may_submit, _locked(request, version, files))
        if wants_json(request):
            return as_json(request, outcome, _context(request, outcome.version, outcome.form, files, outcome.problem))
        for level, text in outcome.messages:
            messages.add_message(request, level, text)
        if outcome.done:
            return redirect("draft", code, year)
        return _page(request, outcome.version, outcome.form, files, outcome.problem)
    if wants_json(request):
        return news(request, version, bool(_locked(request, version, files)))
    return _page(request, version, entry_form(version), files)


def _why_not_submit(request: AuthenticatedRequest, agency: Agency) -> str:
    """Why this user may not submit; empty where nothing stands against it. With a reviewer in the office it is his."""
    reviewers = agency.memberships.filter(role=Role.REVIEWER, user__is_active=True).select_related("user")
    names = [member.user.get_full_name() or member.user.username for member in reviewers]
    if not names or may(request.user, agency, Role.REVIEWER):
        return ""
    return _("填好以后，请本机关审核员（%(names)s）核对并提交。") % {"names": _("、").join(names)}


def _reviews(request: AuthenticatedRequest, agency: Agency) -> bool:
    return may(request.user, agency, Role.REVIEWER)


def _may_return(request: AuthenticatedRequest, version: Version) -> bool:
    """What was sent is returned by the reviewer of the office, what was submitted by the supervisor."""
    agency = version.report.agency
    if version.state == State.SENT:
        return _reviews(request, agency)
    return version.state == State.SUBMITTED and supervises(request.user, agency)


def _locked(request: AuthenticatedRequest, version: Version, files: bool) -> str:
    """Why the form cannot be changed, and who can unlock it; empty where it can."""
    if version.state == State.SENT and files and not _reviews(request, version.report.agency):
        return _("已送本机关审核员核对，现在不能修改。要改的话，可以先撤回，或请审核员退回。")
    if version.state == State.SUBMITTED and not files:
        return _("已经提交，等待您审核。没有问题的，审核通过后公开；要改的，请写明意见退回。")
    if version.state == State.SUBMITTED:
        return _("已经提交，等待主管部门审核，现在不能修改。要改的话，可以先撤回，或请主管部门退回。")
    if version.state not in lifecycle.EDITABLE and not files:
        return _("这份报告已经公开。要改正的话，由填报机关写明理由作更正，原来的版本仍然公开。")
    if version.state not in lifecycle.EDITABLE:
        return _("这份报告已经公开，不能直接修改。要改正的话，请写明理由作更正，原来的版本仍然公开。")
    if not files:
        return _("这是下级机关正在填写的报告，您可以查看，不能修改。")
    return ""


def _page(
    request: AuthenticatedRequest, version: Version, form: EntryForm, files: bool, problem: EditProblem | None = None
) -> HttpResponse:
    context = _context(request, version, form, files, problem or EditProblem())
    return render(request, "filing/draft.html", context, status=problem.status if problem else 200)


def _context(
    request: AuthenticatedRequest, version: Version, form: EntryForm, files: bool, problem: EditProblem
) -> dict[str, Any]:
    edition = version.form
    assert edition is not None
    locked = _locked(request, version, files)
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
    changes = list(version.changes.select_related("made_by").order_by("-pk")[:1])
    why_not_submit = _why_not_submit(request, version.report.agency) if files and not locked else ""
    return {
        "agency": version.report.agency,
        "year": version.report.year,
        "version": version,
        "formats": named_formats(),
        "edition": edition,
        "chapters": parts,
        "findings": contradictions,
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
        "files": files,
        "readonly": bool(locked),
        "returned": returned,
        "pins": [(*at.partition(":")[::2], label(version, at), text) for at, text in pins.items()],
        "may_return": _may_return(request, version),
        "may_publish": version.state == State.SUBMITTED and supervises(request.user, version.report.agency),
        "pin_rows": [*problem.pinned, *[("", "")] * (3 - len(problem.pinned))],
        "places": [(part.key, part.heading, sentences(form.typed(part.key))) for part in parts if not part.table],
        "sent": version.changes.filter(action=Action.SENT).last() if version.state == State.SENT else None,
        "may_submit": not why_not_submit,
        "why_not_submit": why_not_submit,
        "last": last,
        "for_browser": for_browser(edition, None if locked else last.version),
    }
