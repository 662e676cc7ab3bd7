"""Checks of what is stored: findings recorded as they were found, beside last year's report, many reports at once."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Agency, User
from reports import lifecycle
from reports.checks.wording import message
from reports.findings.comparables import comparables_for
from reports.findings.neighbours import check_pending
from reports.findings.run import check_content, check_version, check_versions
from reports.importing.parsed import ParsedReport, Problem
from reports.intake.checking import content_of_parsed, subject_of_parsed
from reports.intake.storing import import_as_draft, publish_import
from reports.models import Finding, Report, State, Version
from reports.models.content import content_of
from tests.findings.records import GRANTED, PENDING, ZEROS, standing

pytestmark = pytest.mark.django_db

GRANTED_TOTAL = "applications.granted.total"


def parsed(figures: dict[str, Any] | None = None, year: int = 2023, **more: Any) -> ParsedReport:
    return ParsedReport("2021", year, "示例县青山镇人民政府", figures=ZEROS | (figures or {}), **more)


@pytest.fixture
def imported(township: Agency) -> Callable[..., Version]:
    def store(figures: dict[str, Any] | None = None, year: int = 2023, **more: Any) -> Version:
        return publish_import(township, parsed(figures, year, **more), None, None)

    return store


# As published stays as published


def test_an_import_is_stored_as_it_was_published_and_flagged(imported: Callable[..., Version]) -> None:
    version = imported({GRANTED: 1})
    assert version.state == State.PUBLISHED
    assert Report.objects.get().published == version
    assert Version.objects.get().figures == ZEROS | {GRANTED: 1}
    assert standing(version) == [
        ("row_total", "applications.granted", "open"),
        ("results_total", "applications.concluded.natural_person", "open"),
    ]
    version.full_clean()


def test_a_stored_finding_says_the_same_as_a_fresh_one(imported: Callable[..., Version]) -> None:
    marks = {"disclosure.fees.amount": "/"}
    figures = {GRANTED: 1, GRANTED_TOTAL: None, "disclosure.fees.amount": None, PENDING: -2}
    version = imported(figures, marks=marks | {GRANTED_TOTAL: "若干"})
    fresh = check_content(content_of(version))
    stored = list(version.findings.order_by("pk"))
    assert [record.fingerprint for record in stored] == [finding.fingerprint for finding in fresh]
    assert [message(record, "2021") for record in stored] == [message(finding, "2021") for finding in fresh]
    assert [record.culprit for record in stored] == [finding.culprit for finding in fresh]
    assert {record.severity for record in stored} == {"error"}


def test_a_version_of_a_draft_does_answer_for_itself(imported: Callable[..., Version]) -> None:
    version = imported({GRANTED: 1})
    version.state = State.SUBMITTED
    with pytest.raises(ValidationError) as refused:
        version.full_clean()
    assert [error.code for error in refused.value.error_dict["__all__"]] == ["row_total", "results_total"]
    version.state = State.DRAFT
    version.full_clean()


def test_the_dry_run_and_the_stored_version_find_the_same(imported: Callable[..., Version]) -> None:
    odd = {GRANTED: Decimal("1.5"), "disclosure.fees.amount": Decimal("0.1234567"), PENDING: 10**9}
    before = {finding.fingerprint for finding in check_content(content_of_parsed(parsed(odd)))}
    version = imported(odd)
    assert set(version.findings.values_list("fingerprint", flat=True)) == before
    assert version.marks == {GRANTED: "1.5", "disclosure.fees.amount": "0.1234567", PENDING: "1000000000"}


def test_the_doubts_of_an_import_stay_with_what_it_published(
    imported: Callable[..., Version], township: Agency
) -> None:
    doubt = Problem("glued_digits", "disclosure.fees", "收费金额的数字连在一起")
    version = imported({"disclosure.fees.amount": None}, problems=[doubt])
    assert standing(version) == []
    assert version.doubts == [{"code": "glued_digits", "where": "disclosure.fees", "message": "收费金额的数字连在一起"}]
    draft = import_as_draft(township, parsed({"disclosure.fees.amount": None}, 2024, problems=[doubt]), None, None)
    assert [(rule, where) for rule, where, _decision in standing(draft)] == [("undecided", "disclosure.fees")]


def test_words_in_a_cell_were_read_for_certain(imported: Callable[..., Version]) -> None:
    problem = Problem("not_a_number", GRANTED, "不是数字")
    version = imported({GRANTED: None}, marks={GRANTED: "若干"}, problems=[problem])
    assert standing(version) == [("not_a_count", GRANTED, "open")]


def test_a_missing_table_is_remembered(imported: Callable[..., Version]) -> None:
    blank = {key: None for key in ZEROS if key.startswith("proceedings.")}
    version = imported(blank, missing_tables=("proceedings",))
    assert standing(version) == [("missing_table", "proceedings", "open")]
    assert [record.where for record in check_version(version)] == ["proceedings"]


def test_a_report_without_any_table_is_stored_and_flagged(township: Agency) -> None:
    nothing = ParsedReport(None, 2023, "青山镇人民政府", missing_tables=("disclosure", "applications", "proceedings"))
    version = publish_import(township, nothing, None, None)
    assert [rule for rule, _where, _decision in standing(version)] == ["missing_table"] * 3


# Last year


def test_a_report_is_compared_with_what_was_published_the_year_before(imported: Callable[..., Version]) -> None:
    carried = {
        f"applications.{row}.{column}": 1 for row in ("received", "carried_out") for column in ("business", "total")
    }
    imported(carried, 2022)
    version = imported(year=2023)
    assert [(rule, where) for rule, where, _decision in standing(version)] == [
        ("carry_over", "applications.carried_in.business"),
        ("carry_over", "applications.carried_in.total"),
    ]
    record = version.findings.first()
    assert record is not None
    assert record.operands == {
        "last_year.applications.carried_out.business": 1,
        "applications.carried_in.business": 0,
    }
    assert (record.severity, record.expected, record.actual) == ("warning", 1, 0)


def test_importing_last_years_report_later_checks_this_one_anew(imported: Callable[..., Version]) -> None:
    version = imported(year=2023)
    assert standing(version) == []
    imported({"disclosure.regulations.in_force": 4, "disclosure.regulations.issued": 4}, 2022)
    check_pending()
    assert [rule for rule, _where, _decision in standing(version)] == ["documents_roll_forward"]


def test_another_agencys_year_is_no_concern(imported: Callable[..., Version], other_township: Agency) -> None:
    in_force = parsed({"disclosure.regulations.in_force": 4}, 2022)
    publish_import(other_township, in_force, None, None)
    assert standing(imported(year=2023)) == []


def test_a_file_that_is_only_looked_at_is_compared_with_what_is_stored(
    imported: Callable[..., Version], township: Agency
) -> None:
    imported({"disclosure.regulations.in_force": 4}, 2022)
    subject = subject_of_parsed(parsed(), township)
    (comparables,) = comparables_for([subject])
    assert comparables.last_year
    assert comparables.last_year.year == 2022
    (finding,) = check_content(subject.content, comparables=comparables)
    assert finding.rule == "documents_roll_forward"


def test_a_draft_of_last_year_is_compared_with_as_long_as_nothing_is_public(
    imported: Callable[..., Version], township: Agency, clerk: User
) -> None:
    draft = lifecycle.start_draft(township, 2022, clerk)
    lifecycle.save_draft(draft, {"disclosure.regulations.in_force": 4}, {}, clerk)
    assert [rule for rule, _where, _decision in standing(imported(year=2023))] == ["documents_roll_forward"]


# Batches


def test_a_batch_takes_as_many_queries_as_one_version(
    imported: Callable[..., Version], other_township: Agency, foreign_township: Agency
) -> None:
    for agency in (other_township, foreign_township):
        for year in (2021, 2022, 2023):
            publish_import(agency, parsed({GRANTED: year - 2020}, year), None, None)
    imported(year=2022)
    one = [imported({GRANTED: 1})]
    Finding.objects.all().delete()
    with CaptureQueriesContext(connection) as alone:
        check_versions(one)
    Finding.objects.all().delete()
    versions = list(Version.objects.all())
    with CaptureQueriesContext(connection) as together:
        found = check_versions(versions)
    assert len(versions) == 8
    assert len(together) == len(alone)
    assert found.keys() == {version.pk for version in versions}
    assert sum(map(len, found.values())) == Finding.objects.count() == 2 * 7
