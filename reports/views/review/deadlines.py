"""Dates: the supervisor sets them and puts them off, the clerk sees what applies to him and asks for more time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agencies.access import AuthenticatedRequest, offices_of, supervises
from agencies.models import Agency, Division
from reports.deadlines import deadlines
from reports.deadlines.acts import answer_extension, ask_extension, remove_date, set_date
from reports.deadlines.forms import AnswerForm, AskForm, LocalDateForm, RemoveDateForm
from reports.deadlines.lists import changes_in, dates_above, deadlines_of_agencies, extensions_in
from reports.deadlines.status import time_left
from reports.lifecycle import Act, Refused
from reports.lifecycle.permissions import extension_answers, files_for, require_anywhere
from reports.models import DeadlineChange, Extension, ExtensionState, LocalDate, Report
from reports.standard import edition_for
from reports.views.filing.filing import year_due

A_PAGE = 50
SHOWN_CHANGES = 20
DONE = {
    ExtensionState.GRANTED: gettext_lazy("已同意延至 %(day)s。"),
    ExtensionState.DECLINED: gettext_lazy("已答复：不同意延期。"),
    ExtensionState.WITHDRAWN: gettext_lazy("延期已收回。"),
}
"""What is said of an extension that was just brought into this state."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def office_dates(request: AuthenticatedRequest) -> HttpResponse:
    """The dates of one office: what it set, who asks for more time, and what applies to whom and why."""
    offices = offices_of(request.user)
    division = _office(request, offices)
    year = _year(request.GET.get("year", ""))
    act = request.POST.get("act")
    form = LocalDateForm(request.POST if act == Act.SET_DATE else None)
    if act == Act.REMOVE_DATE:
        removal = RemoveDateForm(division, request.POST)
        if not removal.is_valid():
            raise Http404
        remove_date(removal.cleaned_data["date"], request.user)
        messages.success(request, _("已取消。下属机构改按其他规定执行。"))
        return redirect(_address(division, year))
    if form.is_valid() and _set(request, form, division, year):
        return redirect(_address(division, year))
    return _office_page(request, offices, division, year, form)


def _office_page(
    request: AuthenticatedRequest, offices: list[Division], division: Division, year: int, form: LocalDateForm
) -> HttpResponse:
    below = Agency.objects.owing(year).under(division).exclude(pk=division.code)
    if wanted := request.GET.get("q", "").strip():
        below = below.filter(Q(name__icontains=wanted) | Q(code__startswith=wanted))
    page = Paginator(below.order_by("code"), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "division": division,
        "offices": offices,
        "year": year,
        "years": _years(),
        "local_dates": list(LocalDate.objects.filter(division=division, year=year)),
        "from_above": dates_above(division, year),
        "extensions": extensions_in(division, year),
        "page": page,
        "rows": deadlines_of_agencies(list(page.object_list), year, timezone.localdate()),
        "q": wanted,
        "changes": changes_in(division, year)[:SHOWN_CHANGES],
    }
    return render(request, "review/deadlines.html", context, status=422 if form.errors else 200)


def _set(request: AuthenticatedRequest, form: LocalDateForm, division: Division, year: int) -> bool:
    typed = form.cleaned_data
    try:
        local = set_date(
            division, year, typed["kind"], typed["due"], request.user, opens=typed["opens"], note=typed["note"]
        )
    except ValidationError as invalid:
        _add_errors(form, invalid)
        return False
    words = {"who": local.get_kind_display() or _("下属全部机构"), "day": date_format(local.due, "DATE_FORMAT")}
    messages.success(request, _("已规定：%(who)s于 %(day)s前公开。") % words)
    return True


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def extension(request: AuthenticatedRequest, code: str, year: str) -> HttpResponse:
    """Grants, declines and withdraws an extension of one agency."""
    agency = get_object_or_404(Agency.objects.select_related("division"), pk=code)
    if not supervises(request.user, agency) or edition_for(int(year)) is None:
        raise Http404
    shown = _one_agency(request, agency, int(year))
    decides = shown["may"][Act.GRANT_EXTENSION].in_role
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        if not decides:
            raise PermissionDenied
        if form.is_valid() and _answer(request, form, agency, int(year)):
            return redirect("extension", code, year)
    context = shown | {"form": form, "decides": decides}
    return render(request, "review/extension.html", context, status=422 if form.errors else 200)


def _answer(request: AuthenticatedRequest, form: AnswerForm, agency: Agency, year: int) -> bool:
    typed = form.cleaned_data
    try:
        answered = answer_extension(agency, year, typed["act"], typed["until"], typed["reason"], request.user)
    except Refused as refused:
        messages.warning(request, str(refused))
    except ValidationError as invalid:
        _add_errors(form, invalid)
        return False
    else:
        day = date_format(answered.until, "DATE_FORMAT")
        messages.success(request, DONE[ExtensionState(answered.state)] % {"day": day})
    return True


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def asking(request: AuthenticatedRequest, code: str, year: str) -> HttpResponse:
    """What applies to the own agency and why; asks for more time."""
    agency = get_object_or_404(Agency.objects.select_related("division"), pk=code)
    if not files_for(request.user, agency) or edition_for(int(year)) is None:
        raise Http404
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_extension(agency, int(year), form.cleaned_data["until"], form.cleaned_data["reason"], request.user)
        except Refused as refused:
            messages.warning(request, str(refused))
            return redirect("asking", code, year)
        except ValidationError as invalid:
            _add_errors(form, invalid)
        else:
            messages.success(request, _("申请已提交，主管部门答复以后会显示在这里。"))
            return redirect("asking", code, year)
    context = _one_agency(request, agency, int(year)) | {"form": form}
    return render(request, "filing/extension.html", context, status=422 if form.errors else 200)


def _one_agency(request: AuthenticatedRequest, agency: Agency, year: int) -> dict[str, Any]:
    deadline = deadlines([agency], year)[agency.pk]
    report = Report.objects.filter(agency=agency, year=year).first()
    extensions = list(Extension.objects.filter(agency=agency, year=year))
    changes = DeadlineChange.objects.filter(agency=agency, year=year)
    asked = next((one for one in extensions if one.state == ExtensionState.ASKED), None)
    published = bool(report and report.published_id)
    in_force = deadline.extension
    return {
        "may": extension_answers(request.user, agency, asked=bool(asked), in_force=bool(in_force), published=published),
        "agency": agency,
        "year": year,
        "deadline": deadline,
        "left": time_left(deadline, timezone.localdate()),
        "published": published,
        "asked": asked,
        "in_force": in_force,
        "answered": [one for one in extensions if one.state in (ExtensionState.DECLINED, ExtensionState.WITHDRAWN)],
        "changes": list(changes[:SHOWN_CHANGES]),
    }


def _office(request: AuthenticatedRequest, offices: list[Division]) -> Division:
    """The office that was named, else the first; an administrator acts in any place."""
    require_anywhere(request.user, Act.SET_DATE)
    named = request.GET.get("office", "")
    if request.user.is_superuser:
        chosen = Division.objects.filter(pk=named).first() if named else Division.objects.governed().first()
    else:
        chosen = next((office for office in offices if office.pk == named), None) if named else offices[0]
    if chosen is None:
        raise Http404
    return chosen


def _years() -> list[int]:
    """The years whose dates are set: the one that runs, the one being filed, and those before it."""
    return [year for year in range(year_due() + 1, year_due() - 4, -1) if edition_for(year)]


def _year(named: str) -> int:
    if not named:
        return year_due()
    if not named.isdecimal() or int(named) not in _years():
        raise Http404
    return int(named)


def _address(division: Division, year: int) -> str:
    return f"{reverse('deadlines')}?office={division.pk}&year={year}"


def _add_errors(form: Form, invalid: ValidationError) -> None:
    """Puts what an act refused beside the fields that it is about."""
    for field, problems in invalid.update_error_dict({}).items():
        for problem in problems:
            form.add_error(field if field in form.fields else None, problem)
