"""Published reports for tests of what readers see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.utils import timezone

from agencies.models import Agency
from reports.checks.run import check_version, check_versions
from reports.fulltext import index
from reports.models import Report, Version, write_figures
from reports.standard import edition_for

ONE_GRANTED = {
    f"applications.{row}.{column}": 1
    for row in ("received", "granted", "concluded")
    for column in ("natural_person", "total")
}
"""One application of a natural person, granted: every equation holds."""


def publish(agency: Agency, year: int, figures: dict[str, Any] | None = None, **fields: Any) -> Version:
    """A published report, checked. What is not given is zero; None is blank. A second one corrects the first."""
    version = unchecked(agency, year, figures, **fields)
    check_version(version)
    return version


@contextmanager
def publishing() -> Iterator[Callable[..., Version]]:
    """`publish` for many reports: they are checked at the end, together, which takes hardly longer than to check one."""
    versions: list[Version] = []

    def publish(agency: Agency, year: int, figures: dict[str, Any] | None = None, **fields: Any) -> Version:
        versions.append(unchecked(agency, year, figures, **fields))
        return versions[-1]

    yield publish
    check_versions(versions)


def unchecked(
    agency: Agency, year: int, figures: dict[str, Any] | None = None, edition: str | None = None, **fields: Any
) -> Version:
    form = edition_for(year)
    assert form is not None
    report, _created = Report.objects.get_or_create(agency=agency, year=year)
    number = report.versions.count() + 1
    report.versions.filter(state="published").update(state="superseded")
    version = Version.objects.create(
        report=report,
        number=number,
        edition=form.name if edition is None else edition,
        state="published",
        published_at=timezone.now(),
        **fields,
    )
    if version.edition:
        write_figures(version, dict.fromkeys(form.figures, 0) | (figures or {}))
    report.published = version
    report.save()
    index.keep(version)
    return version
