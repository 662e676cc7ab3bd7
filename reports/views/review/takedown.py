"""Words redacted, a report taken down, and put back: by the supervisors of its agency."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from agencies.access import AuthenticatedRequest
from reports.lifecycle import Act, Refused
from reports.models import Report, TakeDown
from reports.review.takedown_form import LOOK, TakeDownForm, takedown_answers
from reports.takedown.acts import lift, redact, take_down, wanted_words
from reports.takedown.places import originals_of
from reports.takedown.seeking import Sighting, seek


@sensitive_post_parameters("words")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("form", "sighting")
def takedown(request: AuthenticatedRequest, code: str, year: str) -> HttpResponse:
    """Shows where words stand before they are redacted; then does what was confirmed."""
    report = get_object_or_404(Report.objects.select_related("agency__division"), agency=code, year=int(year))
    may = takedown_answers(request.user, report)
    if not may[Act.REDACT].in_role:
        raise Http404
    form = TakeDownForm(request.POST or None)
    sighting: Sighting | None = None
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["act"] != LOOK:
                _do(request, report, form.cleaned_data)
                return redirect("takedown", code, year)
        except Refused as refused:
            messages.warning(request, str(refused))
            return redirect("takedown", code, year)
        except ValidationError as invalid:
            form.add_errors(invalid)
    if request.method == "POST" and form.data.get("act") in (LOOK, Act.REDACT) and not form.has_error("words"):
        try:
            sighting = seek(report, wanted_words(form.data.get("words", "")))
        except ValidationError as invalid:
            form.add_errors(invalid)
    context = {
        "report": report,
        "may": may,
        "form": form,
        "sighting": sighting,
        "originals": originals_of(report).filter(erased=False),
        "takedowns": TakeDown.objects.filter(report=report),
    }
    return render(request, "review/takedown.html", context, status=422 if form.errors else 200)


def _do(request: AuthenticatedRequest, report: Report, sent: dict[str, Any]) -> None:
    if sent["act"] == Act.REDACT:
        done = redact(report, sent["words"], request.user, sent["reason"], everywhere=sent["everywhere"])
        text = _("已从 %(count)d 份报告里隐去。原件、识别结果和年度数据文件里的也已删除；其余残留由后台进程清除。")
        messages.success(request, text % {"count": len(done)})
    elif sent["act"] == Act.TAKE_DOWN:
        take_down(report, request.user, sent["reason"])
        messages.success(request, _("报告已撤下，不再公开。"))
    else:
        lift(report, request.user, sent["reason"])
        messages.success(request, _("报告已恢复公开。"))
