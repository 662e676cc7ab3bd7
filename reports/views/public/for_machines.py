"""What search engines ask for: which addresses there are, and which are none of theirs."""

from __future__ import annotations

import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from agencies.models import Agency, Division, Level
from reports.models import Report, State, Version

LINES_A_PIECE = 10_000
"""The convention allows fifty thousand; a fifth of that is drawn in a few seconds."""

NOT_FOR_ROBOTS = (
    "/accounts/",
    "/admin/",
    "/api/",
    "/compare/?",
    "/compare/found/",
    "/compare/download/",
    "/filing/",
    "/review/",
    "/search/",
)
"""What belongs to people who sign in, and what has endlessly many addresses for the same figures."""


class PageSitemap(Sitemap[str]):
    limit = LINES_A_PIECE

    def items(self) -> list[str]:
        return ["home", "report_list", "regions", "compare", "rates", "datasets"]

    def location(self, item: str) -> str:
        return reverse(item)


class RegionSitemap(Sitemap[Division]):
    """Provinces, cities and counties."""

    limit = LINES_A_PIECE

    def items(self) -> QuerySet[Division]:
        return Division.objects.governed().filter(level__lte=Level.COUNTY).order_by("code")


class AgencySitemap(Sitemap[Agency]):
    """The agencies of which there is something to read."""

    limit = LINES_A_PIECE

    def items(self) -> QuerySet[Agency]:
        published = Report.objects.published().values("agency_id").order_by()
        newest = Max("reports__published__published_at")
        return Agency.objects.filter(pk__in=published).annotate(newest=newest).order_by("code")

    def lastmod(self, item: Agency) -> datetime.datetime | None:
        newest: datetime.datetime | None = getattr(item, "newest", None)
        return newest

    def get_latest_lastmod(self) -> datetime.datetime | None:
        return _newest()


class ReportSitemap(Sitemap[Report]):
    limit = LINES_A_PIECE

    def items(self) -> QuerySet[Report]:
        return Report.objects.published().select_related("published").order_by("agency_id", "year")

    def lastmod(self, item: Report) -> datetime.datetime | None:
        return item.published.published_at if item.published else None

    def get_latest_lastmod(self) -> datetime.datetime | None:
        return _newest()


def _newest() -> datetime.datetime | None:
    """Asked of the database, where Django would look at every single line."""
    found: datetime.datetime | None = Version.objects.filter(state=State.PUBLISHED).aggregate(
        newest=Max("published_at")
    )["newest"]
    return found


SITEMAPS = {
    "pages": PageSitemap,
    "regions": RegionSitemap,
    "agencies": AgencySitemap,
    "reports": ReportSitemap,
}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemaps'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
