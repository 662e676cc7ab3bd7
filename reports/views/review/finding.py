"""One finding with its evidence, its history and the decision: a page of its own, or beside the queue."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from agencies.access import AuthenticatedRequest
from agencies.models import Agency
from reports.checks.rules import RULES
from reports.checks.wording import message, operand_name, rule_name
from reports.filing.finding_list import correction_of
from reports.filing.prefill import last_year_of
from reports.lifecycle import DECIDABLE
from reports.models import Change, Decision, Finding, Severity, State
from reports.review import evidence
from reports.review.acts import act_on_seen, colleagues, result
from reports.review.forms import ACTS, FindingActForm
from reports.review.queue import findings_of
from reports.review.quotation import quoted_sentence
from reports.views.review.review import undo


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def finding(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Its permanent address. To whom it is no business it does not exist."""
    record = (
        findings_of(request.user)
        .with_figures()
        .select_related("version__report__agency__division", "version__source", "assignee")
        .filter(pk=pk)
        .first()
    )
    if record is None:
        raise Http404
    back = _back(request)
    if request.method == "POST":
        return _act(request, record, back)
    template = "review/_finding.html" if request.htmx else "review/finding.html"
    return render(request, template, _context(request, record, back))


def _context(request: AuthenticatedRequest, record: Finding, back: str) -> dict[str, object]:
    version = record.version
    report = version.report
    history = Change.objects.filter(version__report=report, about=record.fingerprint).order_by("pk")
    replaced = version.state == State.SUPERSEDED
    rule = RULES.get(record.rule)
    return {
        "finding": record,
        "version": version,
        "report": report,
        "message": message(record, version.edition),
        "rule": rule,
        "rule_name": rule_name(record.rule),
        "formula": evidence.formula(record, _names(evidence.units_in(record.operands))),
        "operands": evidence.operands(record),
        "sentence": quoted_sentence(record),
        "documents": evidence.cited_reports(record, last_year_of(version)),
        "culprit": operand_name(record.rule, record.culprit, version.form) if version.form and record.culprit else "",
        "correction": correction_of(record),
        "history": list(history),
        "earlier": [verdict | {"severity": Severity(verdict["severity"]).label} for verdict in record.earlier],
        "decisions": dict(Decision.choices),
        "decidable": version.state in DECIDABLE and record.decision != Decision.RESOLVED,
        "replaced": replaced,
        "same_now": _same_now(record) if replaced else None,
        "acts": [(act, name) for act, name in ACTS.items() if act in Decision.values],
        "colleagues": colleagues(request.user, [report.agency_id]),
        "back": back,
        "result": result(request.user, request.GET.get("done", "")),
    }


def _names(codes: list[str]) -> dict[str, str]:
    return dict(Agency.objects.filter(pk__in=codes).values_list("pk", "name")) if codes else {}


def _same_now(record: Finding) -> Finding | None:
    """The same contradiction in the version that replaced this one, if it is still there."""
    published = record.version.report.published_id
    return Finding.objects.filter(version=published, rule=record.rule, where=record.where).first()


def _act(request: AuthenticatedRequest, record: Finding, back: str) -> HttpResponse:
    if "undo" in request.POST:
        return redirect(f"{reverse('finding', args=[record.pk])}?done={undo(request).pk}")
    form = FindingActForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.error_text)
        return redirect(back or record.get_absolute_url())
    act = act_on_seen(request.user, form.cleaned_data["finding_act"], {record.pk: form.cleaned_data["seen"]})
    target = back or record.get_absolute_url()
    return redirect(f"{target}{'&' if '?' in target else '?'}done={act.pk}")


def _back(request: AuthenticatedRequest) -> str:
    """The queue from which one came, if it was the queue."""
    back = request.POST.get("back") or request.GET.get("back") or ""
    inside = back.startswith(reverse("review")) and url_has_allowed_host_and_scheme(back, {request.get_host()})
    return back if inside else ""
