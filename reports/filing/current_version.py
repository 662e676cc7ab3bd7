"""Which version of a report its filers have before them."""

from __future__ import annotations

from agencies.models import Agency
from reports.models import Report, Version, row_names


def current_version(agency: Agency, year: int) -> Version | None:
    """The version that is being worked on, else the public one, else the one that was taken down; with its figures, agency and
    source. One query where there is any."""
    figures = [*row_names("working__"), *row_names("published__")]
    report = (
        Report.objects.filter(agency=agency, year=year)
        .select_related("working__source", "published__source", *figures)
        .first()
    )
    version = (report.working or report.published or report.taken_down) if report else None
    if version and report:
        report.agency = agency
        version.report = report
    return version
