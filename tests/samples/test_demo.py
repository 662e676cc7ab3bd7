"""`manage.py demo`: what somebody finds who starts the site for the first time."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from agencies.models import Agency, Membership, Role, User
from reports.models import Change, Finding, PendingImport, Report, State, Version
from tests.samples.made_files import SAMPLES

TOWNSHIP, COUNTY = "990121100000", "990121000000"


def run_demo() -> str:
    out = StringIO()
    call_command("demo", stdout=out, stderr=out)
    return out.getvalue()


@pytest.fixture
def trial(settings: object, tmp_path: Path) -> None:
    settings.DEBUG = True  # type: ignore[attr-defined]
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


def test_it_refuses_where_debug_is_off(db: None) -> None:
    with pytest.raises(CommandError, match="DEBUG"):
        run_demo()
    assert not User.objects.exists()
    assert not Agency.objects.exists()


@pytest.mark.slow
def test_a_county_is_at_work_afterwards_and_a_second_run_changes_nothing(db: None, trial: None) -> None:
    said = run_demo()
    assert "nianbao-demo" in said

    published = Report.objects.published().filter(year__lt=2024)
    assert {(report.agency_id, report.year) for report in published} == {
        (sample.code, sample.year) for sample in SAMPLES.values()
    }
    assert not PendingImport.objects.exists()
    under_way = Report.objects.filter(year=2024).exclude(agency=TOWNSHIP)
    assert {report.published.state if report.published else report.working.state for report in under_way} == {  # type: ignore[union-attr]
        State.PUBLISHED,
        State.SUBMITTED,
        State.RETURNED,
        State.DRAFT,
    }
    assert Finding.objects.exclude(assignee=None).exists()
    assert not published.filter(official_on=None).exists()

    people = {person.username: person for person in User.objects.all()}
    assert set(people) == {"clerk", "reviewer", "supervisor", "admin"}
    assert all(person.check_password("nianbao-demo") for person in people.values())
    assert people["admin"].is_superuser
    assert set(Membership.objects.values_list("user__username", "role", "agency_id")) == {
        ("clerk", Role.CLERK, TOWNSHIP),
        ("reviewer", Role.REVIEWER, TOWNSHIP),
        ("supervisor", Role.SUPERVISOR, COUNTY),
    }

    draft = Report.objects.get(agency_id=TOWNSHIP, published=None).working
    assert draft is not None
    assert (draft.report.year, draft.state, draft.created_by) == (2024, State.DRAFT, people["clerk"])

    before = (Version.objects.count(), Change.objects.count(), User.objects.count(), Agency.objects.count())
    run_demo()
    assert (Version.objects.count(), Change.objects.count(), User.objects.count(), Agency.objects.count()) == before
