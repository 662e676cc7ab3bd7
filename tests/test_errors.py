"""What cannot be had: a page that says why and how to go on, never a crash and never another answer."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from agencies.models import Agency
from tests.published import publish

GREEN = "990101101000"


def page(response: object) -> str:
    content: bytes = response.content  # type: ignore[attr-defined]
    return content.decode()


def test_a_report_that_is_not_public_leads_to_those_that_are(reader: Client, township: Agency) -> None:
    publish(township, 2021)
    publish(township, 2023)
    response = reader.get(f"/reports/{GREEN}/2022/")
    assert response.status_code == 404
    assert "青山镇人民政府2022年的报告没有公开" in page(response)
    for year in (2021, 2023):
        assert reverse("report", args=[GREEN, year]) in page(response)
    assert reader.get(f"/reports/{GREEN}/2022/versions/").status_code == 404


def test_an_agency_without_any_report_says_so(reader: Client, township: Agency) -> None:
    response = reader.get(f"/reports/{GREEN}/2022/")
    assert response.status_code == 404
    assert "还没有公开的报告" in page(response)
    assert reverse("agency", args=[GREEN]) in page(response)


def test_an_unknown_agency_is_not_found(reader: Client, township: Agency) -> None:
    assert reader.get("/reports/000000000000/2022/").status_code == 404


@pytest.mark.django_db
def test_thousands_of_agencies_are_too_many_to_compare(reader: Client) -> None:
    codes = "\n".join(f"{code:012d}" for code in range(110101001000, 110101004000))
    for response in (reader.post("/compare/", {"codes": codes}), reader.get("/compare/", {"agency": codes})):
        assert response.status_code == 400
        assert "一次最多比较 100 个机构" in page(response)
        assert reverse("report_list") in page(response)


@pytest.mark.django_db
def test_a_file_is_refused_where_it_would_leave_something_out(reader: Client) -> None:
    codes = ",".join(f"{code:012d}" for code in range(101))
    assert reader.get(f"/compare/?agency={codes}").status_code == 200
    assert reader.get(f"/compare/download/csv/?agency={codes}").status_code == 400


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("/reports/download/csv/?year=x", "年度"),
        ("/reports/download/xlsx/?balanced=perhaps&kind=%00", "勾稽关系"),
        ("/regions/download/csv/?year=1066", "1066"),
    ],
)
def test_a_filter_that_cannot_be_read_gives_no_file(reader: Client, township: Agency, address: str, named: str) -> None:
    publish(township, 2023)
    response = reader.get(address)
    assert response.status_code == 400
    assert named in page(response)


@pytest.mark.django_db
def test_a_strange_host_is_refused_politely(reader: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    response = reader.get("/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "这个请求读不懂" in page(response)


@pytest.mark.django_db
def test_a_failure_is_owned_up_to_on_a_page_that_depends_on_nothing(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    def fails(*_arguments: object) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr("reports.views.public.public.filed_by_year", fails)
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 500
    assert "这是本站的问题" in page(response)
    assert "out of order" not in page(response)
    assert "style=" not in page(response)
    assert response["Cache-Control"] == "private, no-store"
    assert page(response) == render_to_string("500.html")


@pytest.mark.parametrize("address", ["/", "/reports/", f"/reports/{GREEN}/2023/", "/regions/", "/data/", "/robots.txt"])
def test_whoever_asks_for_the_head_gets_no_body(reader: Client, township: Agency, address: str) -> None:
    publish(township, 2023)
    whole, head = reader.get(address), reader.head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == whole["Content-Length"] == str(len(whole.content))


@pytest.mark.parametrize("address", ["/", "/reports/", f"/reports/{GREEN}/2023/", "/regions/", "/api/v1/reports/"])
def test_nothing_public_is_changed_by_sending(reader: Client, township: Agency, address: str) -> None:
    publish(township, 2023)
    assert reader.post(address).status_code == 405
