"""Published reports for tests of what readers see."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils import timezone

from agencies.models import Agency
from reports.catalogue import sums, text_index
from reports.findings.run import check_version, check_versions
from reports.findings.scope import scope_fields, settled_scope
from reports.importing.parsed import UNKNOWN_SCOPE
from reports.models import Report, Version, write_figures
from reports.standard import edition_for

WAITING: ContextVar[list[Version] | None] = ContextVar("WAITING", default=None)
"""What is published, but not yet checked."""

ONE_GRANTED = {
    f"applications.{row}.{column}": 1
    for row in ("received", "granted", "concluded")
    for column in ("natural_person", "total")
}
"""One application of a natural person, granted: every equation holds."""


def publish(
    agency: Agency, year: int, figures: dict[str, Any] | None = None, edition: str | None = None, **fields: Any
) -> Version:
    """A published report, checked. What is not given is zero; None is blank. A second one corrects the first."""
    form = edition_for(year)
    assert form is not None
    report, _created = Report.objects.get_or_create(agency=agency, year=year)
    number = report.versions.count() + 1
    report.versions.filter(state="published").update(state="superseded")
    scope = settled_scope(UNKNOWN_SCOPE, agency)
    fields = {**(scope_fields(scope) if "scope_kind" not in fields else {"scope_by": "text"}), **fields}
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
    text_index.index_version(version)
    sums.refresh_below([agency.pk], year)
    waiting = WAITING.get()
    if waiting is None:
        check_version(version)
    else:
        waiting.append(version)
    return version


@contextmanager
def checked_together() -> Iterator[None]:
    """What is published within is checked at the end, all at once: that takes hardly longer than to check one."""
    waiting: list[Version] = []
    before = WAITING.set(waiting)
    try:
        yield
    finally:
        WAITING.reset(before)
    check_versions(waiting)
