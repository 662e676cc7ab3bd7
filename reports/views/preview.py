"""An import that waits is looked at beside its file, corrected, then confirmed or thrown away."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import agencies_of, may, supervises
from agencies.forms import AgencyForm
from agencies.matching import Match, match_agency
from agencies.models import Agency, Division, Kind, Role, User
from reports import lifecycle
from reports.filing.preview import facts, parts
from reports.importing import commit
from reports.importing.commit import IMPORTERS
from reports.importing.document import Document, Unreadable
from reports.importing.parsed import ParsedReport
from reports.importing.read import read_document
from reports.models import PendingImport, State
from reports.views.signed_in import SignedIn

MOST_CANDIDATES = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: SignedIn, pk: int) -> HttpResponse:
    """The file at the left, what was recognised at the right, the doubts first; confirming stores it."""
    pending = get_object_or_404(PendingImport.objects.select_related("source"), pk=pk)
    parsed = ParsedReport.from_json(pending.parsed)
    match = match_agency(parsed.agency, parsed.year)
    if not _may_decide(request.user, pending, match.agency):
        raise Http404
    if request.method == "POST":
        act = request.POST.get("act")
        if act == "discard":
            commit.discard(pending)
            messages.info(request, _("已丢弃，没有保存任何内容。"))
            return redirect("upload")
        if act == "create":
            return _create_agency(request, pending, parsed, match)
        return _confirm(request, pending, parsed, match)
    return _page(request, pending, parsed, match)


def _may_decide(user: User, pending: PendingImport, agency: Agency | None) -> bool:
    """Whoever brought the file, and whoever may import for the agency that it names."""
    if pending.created_by_id == user.pk or user.is_superuser:
        return True
    return agency is not None and may(user, agency, *IMPORTERS)


def _confirm(request: SignedIn, pending: PendingImport, parsed: ParsedReport, match: Match) -> HttpResponse:
    code = request.POST.get("agency") or request.POST.get("agency_code", "").strip()
    agency = Agency.objects.filter(pk=code).first()
    if agency is None:
        return _page(request, pending, parsed, match, error=_("请先选定这份报告属于哪个机构。"))
    if not may(request.user, agency, *IMPORTERS):
        words = {"agency": agency.name}
        return _page(request, pending, parsed, match, error=_("您不能为%(agency)s导入报告。") % words)
    as_draft = request.POST.get("keep") != "published" or not supervises(request.user, agency)
    year = request.POST.get("year", "")
    try:
        version = commit.confirm(
            pending,
            agency,
            request.user,
            as_draft=as_draft,
            year=int(year) if year.isdecimal() and len(year) == 4 else None,
            reason=request.POST.get("reason", ""),
        )
    except PendingImport.DoesNotExist:
        # A second click came too late: the first one has stored it.
        return redirect("upload")
    except lifecycle.Refused as refused:
        return _page(request, pending, parsed, match, error=str(refused))
    except ValidationError as invalid:
        return _page(request, pending, parsed, match, error=" ".join(invalid.messages))
    messages.success(request, _("已保存：%(report)s") % {"report": version.report})
    where = "report" if version.state == State.PUBLISHED else "draft"
    return redirect(where, agency.code, version.report.year)


def _create_agency(request: SignedIn, pending: PendingImport, parsed: ParsedReport, match: Match) -> HttpResponse:
    form = AgencyForm(request.POST)
    if not form.is_valid():
        return _page(request, pending, parsed, match, agency_form=form)
    if not _supervises_division(request.user, form.cleaned_data["division"]):
        form.add_error("division", _("只能登记本级以下的机构。"))
        return _page(request, pending, parsed, match, agency_form=form)
    agency = form.save()
    messages.success(request, _("已登记：%(agency)s（%(code)s）") % {"agency": agency.name, "code": agency.code})
    return _page(request, pending, parsed, Match(agency, [agency], ""))


def _supervises_division(user: User, division: Division) -> bool:
    return user.is_superuser or supervises(user, Agency(code=division.code, division=division))


def _page(
    request: SignedIn,
    pending: PendingImport,
    parsed: ParsedReport,
    match: Match,
    *,
    error: str = "",
    agency_form: AgencyForm | None = None,
) -> HttpResponse:
    candidates = [agency for agency in match.candidates if may(request.user, agency, *IMPORTERS)]
    supervising = agencies_of(request.user, Role.SUPERVISOR).exists()
    creating = agency_form is not None
    if agency_form is None:
        agency_form = AgencyForm(initial={"name": parsed.agency, "kind": Kind.TOWNSHIP})
    context = {
        "pending": pending,
        "parsed": parsed,
        "document": _document(pending),
        "parts": parts(parsed),
        "facts": facts(parsed),
        "doubted": parsed.doubted,
        "anchors": parsed.figures.keys() | {table.key for table in parsed.form.tables} if parsed.form else (),
        "match": match,
        "candidates": candidates[:MOST_CANDIDATES],
        "chosen": match.agency.pk if match.agency in candidates else "",
        "agency_code": request.POST.get("agency_code", ""),
        "keep": request.POST.get("keep") or ("published" if supervising else "draft"),
        "year": request.POST.get("year", ""),
        "may_publish": supervising,
        "agency_form": agency_form if supervising else None,
        "creating": creating,
        "error": error,
    }
    return render(request, "filing/preview.html", context, status=422 if error or creating else 200)


def _document(pending: PendingImport) -> Document:
    """The file read again, to be shown beside what was recognised; an empty one where that is no longer possible."""
    try:
        with pending.source.file.open("rb") as file:
            return read_document(file.read(), pending.source.name)
    except (Unreadable, FileNotFoundError):
        return Document()
