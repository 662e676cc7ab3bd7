"""A year at work in the sample county: when the imported reports were made public, and the next year half handed in.

Everything goes through the acts that people use, so that it is recorded like their work; only the dates are set back.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal

from django.utils import timezone

from agencies.models import Agency, User
from reports import lifecycle
from reports.models import Decision, Finding, Report, Severity, State, Version

Number = int | Decimal

HANDED_IN = {"990121001000": 14, "990121102000": 27, "990121106000": 41}
"""Of the year under way: who handed in, and on which day after New Year."""
PUBLISHED = {"990121200000": 20, "990121103000": 35}
RETURNED = {"990121003000": "第五章只写了问题，请补上改进情况。"}
IN_WORK = ("990121101000", "990121105000")

TEXTS = {
    "overview": "{year}年，{agency}按照《中华人民共和国政府信息公开条例》的要求，在县政府网站和政务公开栏公开本级政府信息。",
    "problems": "公开内容与群众关心的事项结合还不够紧，下一步将按季度核对公开目录，及时补充。",
    "other": "没有其他需要报告的事项。",
}


def date_publications() -> None:
    """The day on which each imported report stood on the site of its government: most in January, some too late."""
    undated = Report.objects.published().filter(official_on=None, published__submitted_at=None)
    for report in undated.select_related("agency").order_by("year", "agency"):
        number = int(report.agency_id[6:9]) * 7 + report.year * 3
        late = 12 if number % 11 == 0 else 0
        lifecycle.locate(
            report, None, "", datetime.date(report.year + 1, 1, 11 + number % 20) + datetime.timedelta(late)
        )


def begin_year(year: int, by: User) -> None:
    """Drafts of the year in every state, made from what last year's reports hand on; those that exist are left alone."""
    codes = [*HANDED_IN, *PUBLISHED, *RETURNED, *IN_WORK]
    begun = set(Report.objects.filter(year=year, agency__in=codes).values_list("agency_id", flat=True))
    for agency in Agency.objects.filter(pk__in=codes).exclude(pk__in=begun):
        _begin(agency, year, by)


def _begin(agency: Agency, year: int, by: User) -> None:
    version = lifecycle.start_draft(agency, year, by)
    if agency.pk in IN_WORK:
        return
    texts = {name: text.format(year=year, agency=agency.name) for name, text in TEXTS.items()}
    version = lifecycle.save_draft(version, _handed_on(version), texts, by)
    for finding in version.findings.filter(severity=Severity.WARNING):
        lifecycle.explain(finding, by, "上年报告的数据有误，已按实际情况填报。")
    version = lifecycle.submit(version, by)
    if comment := RETURNED.get(agency.pk):
        lifecycle.return_to_clerk(version, by, comment)
        return
    days = HANDED_IN.get(agency.pk) or PUBLISHED[agency.pk]
    day = timezone.make_aware(datetime.datetime(year + 1, 1, 1, 9, 30)) + datetime.timedelta(days)
    Version.objects.filter(pk=version.pk).update(submitted_at=day)
    if agency.pk in PUBLISHED:
        version = lifecycle.publish(version, by)
        Version.objects.filter(pk=version.pk).update(published_at=day + datetime.timedelta(2))


def _handed_on(version: Version) -> Mapping[str, Number | None]:
    """Nothing new happened in the year: what came over from the last one is still there at its end."""
    form = version.form
    assert form is not None
    before = _last_year(version)
    figures: dict[str, Number | None] = dict.fromkeys(form.figures, 0)
    for over_years in form.year_equations:
        figures[over_years.after] = before.get(over_years.before) or 0
    for equation in form.equations:
        if equation.rule == "flow_balance":
            figures[equation.right[-1]] = sum(figures[key] or 0 for key in equation.left)
    return figures


def _last_year(version: Version) -> Mapping[str, Number | None]:
    last = Report.objects.published().filter(agency=version.report.agency, year=version.report.year - 1).first()
    return last.published.figures if last and last.published else {}


def begin_review(supervisor: User) -> None:
    """Some of the findings are somebody's, some are decided."""
    found = list(
        Finding.objects.filter(version__state=State.PUBLISHED, severity=Severity.WARNING, decision=Decision.OPEN)
        .select_related("version")
        .order_by("version__report__year", "pk")
    )
    if Finding.objects.exclude(assignee=None).exists() or len(found) < 4:
        return
    lifecycle.assign_all(found[:3], supervisor, supervisor)
    lifecycle.decide(found[0], supervisor, Decision.CONFIRMED, "请对照原件更正。")
