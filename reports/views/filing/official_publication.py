"""Where the agency itself made its report public: recorded by its filers or their supervisor."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import AuthenticatedRequest
from reports import lifecycle
from reports.deadlines import due_date
from reports.filing.forms import OfficialForm
from reports.lifecycle import Act
from reports.lifecycle.permissions import files_for, may_now
from reports.models import Report


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def locate(request: AuthenticatedRequest, code: str, year: str) -> HttpResponse:
    """Address and date of the official publication, and what they have against the report's own words."""
    report = get_object_or_404(
        Report.objects.published().select_related("agency", "published"), agency=code, year=int(year)
    )
    if not may_now(request.user, Act.LOCATE, report.agency, report.published):
        raise Http404
    stored = {"official_url": report.official_url, "official_on": report.official_on}
    form = OfficialForm(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid():
        try:
            lifecycle.locate(
                report, request.user, **{name.removeprefix("official_"): form.cleaned_data[name] for name in stored}
            )
        except ValidationError as invalid:
            form.add_error(None, invalid)
        else:
            messages.success(request, _("已登记公开情况。"))
            return redirect("locate", code, year)
    assert report.published is not None
    context = {
        "report": report,
        "files": files_for(request.user, report.agency),
        "version": report.published,
        "form": form,
        "disagreements": lifecycle.disagreements(
            report, report.published.website, due_date(report.agency, report.year)
        ),
    }
    return render(request, "filing/official.html", context, status=422 if form.errors else 200)
