"""Reports for programs: the same answers as the pages, every number as it is stored."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.test.utils import override_settings
from pytest_django import DjangoAssertNumQueries
from rest_framework.throttling import SimpleRateThrottle

from agencies.models import Agency, User
from reports import lifecycle
from reports.findings.run import check_version
from reports.models import Decision, Finding, Version
from tests.published import publish

ADDRESS = "/api/v1/reports/"


def asked(reader: Client, query: str = "") -> dict[str, Any]:
    answer = reader.get(ADDRESS + query)
    assert answer.status_code == 200, answer.content
    parsed: dict[str, Any] = json.loads(answer.content, parse_float=Decimal)
    return parsed


def named(reader: Client, query: str = "") -> list[str]:
    return [f"{report['agency']} {report['year']}" for report in asked(reader, query)["results"]]


@pytest.mark.usefixtures("reports")
class TestTheList:
    @pytest.mark.parametrize(
        "query",
        ["", "?year=2023", "?county=990102000000", "?kind=government", "?balanced=no", "?balanced=unknown", "?q=青山"],
    )
    def test_holds_what_the_page_shows_under_the_same_filters(self, query: str, reader: Client) -> None:
        page = reader.get(f"/reports/{query}").context["table"].page.object_list
        assert named(reader, query) == [f"{row.record.agency.name} {row.record.year}" for row in page]

    def test_has_the_headline_figures_of_the_page(self, reader: Client) -> None:
        page = reader.get("/reports/?q=青山&year=2023").context["table"].page.object_list[0].record
        (report,) = asked(reader, "?q=青山&year=2023")["results"]
        assert report["headlines"] == {key: getattr(page, key) for key in report["headlines"]}
        assert report["headlines"]["granted"] == 1

    def test_holds_figures_and_text_only_where_they_are_asked_for(self, reader: Client) -> None:
        plain = asked(reader, "?year=2023")["results"][0]
        assert not {"figures", "marks", "narrative"} & plain.keys()
        full = asked(reader, "?year=2023&include=figures,narrative")["results"][0]
        assert full["figures"]["applications.granted.natural_person"] == 1
        assert full["narrative"]["overview"] == "=总体情况"

    def test_is_sorted_by_any_headline_blanks_last(self, reader: Client) -> None:
        for sort in ("received", "-received"):
            received = [report["headlines"]["received"] for report in asked(reader, f"?sort={sort}")["results"]]
            known = [number for number in received if number is not None]
            assert known == sorted(known, reverse=sort.startswith("-"))
            assert received == [*known, None]

    def test_is_cut_into_pages_that_name_the_next(self, reader: Client) -> None:
        first = asked(reader, "?page_size=2")
        assert first["count"] == 5
        assert len(first["results"]) == 2
        second = reader.get(first["next"]).json()
        assert second["results"][0] != first["results"][0]

    @pytest.mark.parametrize(
        "query",
        [
            "?yeer=2023",
            "?year=1800",
            "?balanced=maybe",
            "?county=1",
            "?include=everything",
            "?sort=name",
            "?q=" + "长" * 101,
        ],
    )
    def test_refuses_what_it_cannot_understand_and_names_it(self, query: str, reader: Client) -> None:
        answer = reader.get(ADDRESS + query)
        assert answer.status_code == 400
        assert query[1:].partition("=")[0] in answer.json()

    @pytest.mark.parametrize("page", ["0", "-1", "99999", "x", "1e9", "9" * 400])
    def test_has_no_page_beyond_its_last(self, page: str, reader: Client) -> None:
        assert reader.get(f"{ADDRESS}?page={page}").status_code == 404

    def test_takes_as_many_queries_however_long_it_is(
        self, reader: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for query in ("?page_size=1&include=figures", "?page_size=5&include=figures"):
            with django_assert_max_num_queries(4):
                asked(reader, query)


def test_a_figure_is_the_stored_number_digit_by_digit(reports: None, reader: Client, township: Agency) -> None:
    report = asked(reader, f"{township.pk}/2020/")
    assert report["figures"]["disclosure.procurement.amount"] == Decimal("251.123456")
    assert report["figures"]["disclosure.procurement.items"] == 0
    publish(township, 2019, {"disclosure.procurement.amount": "123456789.123456"})
    text = reader.get(f"{ADDRESS}{township.pk}/2019/").content.decode()
    assert '"disclosure.procurement.amount": 123456789.123456' in text


def test_a_blank_is_null_and_its_mark_is_told(reports: None, reader: Client, foreign_township: Agency) -> None:
    report = asked(reader, f"{foreign_township.pk}/2023/")
    assert report["figures"]["applications.received.total"] is None
    assert report["marks"] == {"applications.received.total": "/"}


def test_broken_equations_are_told_and_other_findings_once_confirmed(
    reports: None, reader: Client, other_township: Agency
) -> None:
    carried_out = dict.fromkeys(("applications.carried_out.natural_person", "applications.carried_out.total"), 2)
    publish(other_township, 2022, carried_out)
    check_version(Version.objects.get(report__agency=other_township, report__year=2023))

    def rules() -> set[str]:
        return {finding["rule"] for finding in asked(reader, f"{other_township.pk}/2023/")["findings"]}

    assert rules() == {"row_total", "flow_balance"}
    assert "carry_over" not in rules()
    assert Finding.objects.filter(rule="carry_over").update(decision=Decision.CONFIRMED)
    assert "carry_over" in rules()


def test_what_is_not_public_is_not_there(reader: Client, clerk_client: Client, township: Agency, clerk: User) -> None:
    lifecycle.start_draft(township, 2023, clerk)
    for client in (reader, clerk_client):
        assert client.get(f"{ADDRESS}{township.pk}/2023/").status_code == 404
        assert asked(client)["count"] == 0


def test_it_only_reads(reports: None, administrator_client: Client, township: Agency) -> None:
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(administrator_client, method)(f"{ADDRESS}{township.pk}/2023/", "{}", "application/json")
        assert answer.status_code == 405


def test_who_has_it_already_is_told_that_nothing_changed(reports: None, reader: Client, township: Agency) -> None:
    address = f"{ADDRESS}{township.pk}/2023/"
    first = reader.get(address)
    again = reader.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    publish(township, 2023, overview="更正")
    assert reader.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_who_asks_too_often_is_told_to_wait(reports: None, reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", {"anon": "3/min"})
    # An address that the caller claims for itself makes no other caller of it.
    answers = [reader.get(ADDRESS, headers={"x-forwarded-for": f"10.0.0.{number}"}) for number in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert int(answers[-1]["Retry-After"]) > 0


@override_settings(ALLOWED_HOSTS=["nianbao.example"])
def test_addresses_in_the_answer_are_those_of_the_site(reports: None, township: Agency) -> None:
    report = Client(headers={"host": "nianbao.example"}).get(f"{ADDRESS}{township.pk}/2023/").json()
    assert report["url"] == f"http://nianbao.example/reports/{township.pk}/2023/"
    assert report["self"] == f"http://nianbao.example{ADDRESS}{township.pk}/2023/"
