"""The domain's words: what they choose, and what comes along with it in one query."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from agencies.models import Agency, Division, Kind, User
from reports import lifecycle
from reports.models import Batch, Decision, Finding, Job, JobKind, PendingImport, Report, Source, Version, Waiting
from reports.standard.measures import HEADLINES
from tests.conftest import agency
from tests.published import ONE_GRANTED, publish

UNBALANCED = {"applications.received.total": 1}


def test_headlines_verdict_and_public_version_come_with_the_reports(
    township: Agency, other_township: Agency, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    publish(township, 2023, ONE_GRANTED)
    publish(other_township, 2020, UNBALANCED)
    with django_assert_num_queries(1):
        newer, older = Report.objects.published().with_headlines()
        assert newer.published is not None
        found = {key: (getattr(newer, key), getattr(older, key)) for key in HEADLINES}
    assert found["received"] == (1, 1)
    assert found["granted"] == (1, 0)
    assert (newer.unbalanced, older.unbalanced) == (False, True)  # type: ignore[attr-defined]


def test_versions_of_any_edition_come_with_their_figures(
    township: Agency, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    publish(township, 2020)
    publish(township, 2023)
    with django_assert_num_queries(1):
        for version in Version.objects.with_figures():
            assert set(version.figures.values()) == {0}
            assert version.report.agency.name == township.name
    with django_assert_num_queries(1):
        for report in Report.objects.published().with_figures():
            assert report.published is not None
            assert set(report.published.figures.values()) == {0}


def test_public_are_broken_equations_and_what_was_confirmed(township: Agency, supervisor: User) -> None:
    version = publish(township, 2023, UNBALANCED, overview="收到政府信息公开申请5件。")
    quoted = Finding.objects.get(rule="narrative_figure")
    public = Finding.objects.public()
    assert {finding.rule for finding in public} == {"row_total", "flow_balance"}
    lifecycle.decide(quoted, supervisor, Decision.CONFIRMED, "与表格不符。")
    assert quoted in public.all()
    Finding.objects.update(decision=Decision.RESOLVED)
    assert not public.filter(version=version).exists()


def test_who_owes_a_report_below_a_place(county: Division, township: Agency, foreign_township: Agency) -> None:
    farm = agency(county, "示例农场", Kind.OTHER_UNIT, "-09", owes_report=False)
    owing = Agency.objects.owing(2023).under(county)
    assert township in owing
    assert farm not in owing
    assert foreign_township not in owing
    assert all(each.owes_in(2023) for each in owing)
    assert not farm.owes_in(2023)


@pytest.mark.parametrize("state", ["draft", "published", "superseded"])
def test_a_version_is_read_where_its_state_puts_it(township: Agency, clerk: User, state: str) -> None:
    version = lifecycle.start_draft(township, 2023, clerk)
    Version.objects.filter(pk=version.pk).update(state=state)
    version.refresh_from_db()
    assert (
        version.get_absolute_url()
        == {
            "draft": f"/filing/{township.code}/2023/",
            "published": f"/reports/{township.code}/2023/",
            "superseded": f"/reports/{township.code}/2023/?version=1",
        }[state]
    )


def test_what_has_a_page_knows_its_address(township: Agency, county: Division) -> None:
    version = publish(township, 2023, UNBALANCED)
    finding = version.findings.first()
    source = Source.objects.create(sha256="0" * 64, name="a.docx", size=1)
    pending = PendingImport.objects.create(source=source, waiting_for=Waiting.CONFIRMATION, parsed={})
    batch = Batch.objects.create(job=Job.objects.create(kind=JobKind.IMPORT), name="年报")
    assert finding is not None
    assert [each.get_absolute_url() for each in (version.report, township, county, finding, pending, batch)] == [
        f"/reports/{township.code}/2023/",
        f"/agencies/{township.code}/",
        f"/regions/{county.code}/",
        f"/review/findings/{finding.pk}/",
        f"/filing/import/{pending.pk}/",
        f"/filing/import/batches/{batch.pk}/",
    ]
