"""The progress of the year: who has handed in, who has not; reminders; the circular as a file."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import AuthenticatedRequest, supervises_division
from agencies.models import Agency, Division
from reports.deadlines.reminders import ReminderResult, remind
from reports.exporting.word import CONTENT_TYPE as DOCX_TYPE
from reports.lifecycle import Act
from reports.lifecycle.permissions import require_anywhere
from reports.review.circular import CSV_TYPE, XLSX_TYPE, as_csv, as_docx, as_xlsx, circular, days_late
from reports.review.facets import root_of
from reports.review.progress import FilingStatus, overdue, rows, totals, units_of, with_filing_status, years_on_offer

A_PAGE = 50
MAX_YEARS = 8
MAX_REMINDED = 200
"""So many units at once, so that the answer comes while somebody waits for it."""
MAX_NAMED = 10


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a place (None is everything that the user supervises), a year."""

    region: Division | None
    own: bool
    year: int
    years: list[int]
    units: QuerySet[Agency]

    @property
    def query(self) -> str:
        region = f"&region={self.region.code}" if self.region else ""
        return f"year={self.year}{region}{'&own=1' if self.own else ''}"

    @property
    def name(self) -> str:
        if self.region is None:
            return _("全部单位")
        return _("%(place)s本级") % {"place": self.region.name} if self.own else self.region.name


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: AuthenticatedRequest) -> HttpResponse:
    """Numbers, the table of units by years over the tree, and the list of those that are overdue, to be reminded."""
    asked = _asked(request)
    today = timezone.localdate()
    late = overdue(asked.units, asked.year, today)
    if request.method == "POST":
        return _remind(request, asked, late)
    years = asked.years[:MAX_YEARS]
    if asked.year not in years:
        years.append(asked.year)
    found = rows(asked.units, asked.region, asked.own, asked.year, years)
    page = Paginator(late, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "years": years,
        "rows": found,
        "total": totals(found, years),
        "standings": list(FilingStatus),
        "line": _line(request, asked.region),
        "page": page,
        "overdue": [(unit, days_late(unit, today), FilingStatus(unit.standing)) for unit in page.object_list],
        "most": MAX_REMINDED,
        "today": today,
    }
    return render(request, "review/progress.html", context)


@login_required
@require_safe
def circular_file(request: AuthenticatedRequest, form: str) -> HttpResponse:
    """The circular on the year, as a file."""
    asked = _asked(request)
    today = timezone.localdate()
    units = with_filing_status(asked.units, asked.year).order_by("code")
    if form == "csv":
        data, kind = as_csv(asked.year, units, today), CSV_TYPE
    else:
        found = rows(asked.units, asked.region, asked.own, asked.year, [asked.year])
        text = circular(asked.name, asked.year, found, totals(found, [asked.year]), units, today)
        data, kind = (as_docx(text), DOCX_TYPE) if form == "docx" else (as_xlsx(text), XLSX_TYPE)
    answer = HttpResponse(data, content_type=kind)
    place = asked.region.code if asked.region else "all"
    answer["Content-Disposition"] = f'attachment; filename="circular-{asked.year}-{place}.{form}"'
    return answer


def _asked(request: AuthenticatedRequest) -> Asked:
    require_anywhere(request.user, Act.DECIDE)
    region = root_of(request.user)
    if code := request.GET.get("region", ""):
        region = get_object_or_404(Division, pk=code)
        if not supervises_division(request.user, region):
            # To anybody else what is not his does not exist.
            raise Http404
    years = years_on_offer(timezone.localdate())
    wanted = request.GET.get("year", "")
    year = int(wanted) if wanted.isdecimal() and int(wanted[:4]) in years else years[0]
    own = bool(region and request.GET.get("own"))
    return Asked(region, own, year, years, units_of(request.user, region, own))


def _line(request: AuthenticatedRequest, region: Division | None) -> list[Division]:
    """The places above, as far as the user supervises them, and the place itself."""
    line: list[Division] = []
    while region is not None:
        if not region.placeholder and supervises_division(request.user, region):
            line.insert(0, region)
        region = region.parent
    return line


def _remind(request: AuthenticatedRequest, asked: Asked, late: QuerySet[Agency]) -> HttpResponse:
    """Reminds the ticked ones, or all; only those that are overdue now and that the user supervises."""
    require_anywhere(request.user, Act.REMIND)
    chosen = late if request.POST.get("all") else late.filter(pk__in=request.POST.getlist("unit")[:MAX_REMINDED])
    keys = list(chosen.values_list("pk", flat=True)[: MAX_REMINDED + 1])
    if not keys:
        messages.error(request, _("请先选中要催报的单位。"))
    elif len(keys) > MAX_REMINDED:
        messages.error(request, _("一次最多催报 %(most)s 个单位，请到下一级分别催报。") % {"most": MAX_REMINDED})
    else:
        _tell(request, remind(Agency.objects.filter(pk__in=keys), asked.year, request.user))
    return redirect(f"{reverse('progress')}?{asked.query}")


def _tell(request: AuthenticatedRequest, outcome: ReminderResult) -> None:
    if outcome.sent:
        count = len(outcome.sent)
        messages.success(request, ngettext("已提醒 %(count)s 人。", "已提醒 %(count)s 人。", count) % {"count": count})
    if outcome.already_reminded:
        messages.info(request, _("今天已经提醒过的，没有再发。"))
    if outcome.unreachable:
        names = [agency.name for agency in outcome.unreachable]
        words = {"units": _("、").join(names[:MAX_NAMED]), "count": len(names)}
        told = _("%(units)s没有留下电子邮箱的填报人，请另行联系。")
        if len(names) > MAX_NAMED:
            told = _("%(units)s等 %(count)s 个单位没有留下电子邮箱的填报人，请另行联系。")
        messages.warning(request, told % words)
    for person, why in outcome.failed[:MAX_NAMED]:
        messages.error(request, _("没能发给%(person)s：%(why)s") % {"person": person, "why": why})
