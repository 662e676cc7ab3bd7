"""What a cache in front of the site may keep."""

from __future__ import annotations

import pytest
from django.test import Client

from agencies.models import Agency
from tests.published import ONE_GRANTED, publish

GREEN = "990101101000"
PUBLIC = [
    "/",
    "/reports/",
    f"/reports/{GREEN}/2023/",
    f"/reports/{GREEN}/2023/download/csv/",
    f"/agencies/{GREEN}/",
    f"/compare/?agency={GREEN}",
    f"/compare/download/json/?agency={GREEN}",
    "/rates/",
    "/regions/",
    "/search/?q=青山",
    "/robots.txt",
    "/sitemap.xml",
]
KEPT = {"public", "max-age=0", "s-maxage=150", "stale-while-revalidate=150"}


@pytest.fixture(autouse=True)
def reports(township: Agency) -> None:
    publish(township, 2023, ONE_GRANTED)


def instructions(header: str) -> set[str]:
    return set(header.split(", "))


@pytest.mark.parametrize("address", PUBLIC)
class TestPublicPages:
    def test_are_kept_for_readers_who_need_no_cookie(self, reader: Client, address: str) -> None:
        response = reader.get(address)
        assert response.status_code == 200
        assert instructions(response["Cache-Control"]) == KEPT
        assert not response.cookies
        # Language and type size are chosen by cookie.
        assert "Cookie" in response["Vary"]

    def test_are_not_sent_again_unless_they_changed(self, reader: Client, address: str) -> None:
        first = reader.get(address)
        again = reader.get(address, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert reader.get(address, headers={"If-None-Match": '"of yesterday"'}).status_code == 200

    def test_tell_their_headers_alone_when_nothing_more_is_asked(self, reader: Client, address: str) -> None:
        whole, headers = reader.get(address), reader.head(address)
        assert headers.content == b""
        assert headers.headers == whole.headers
        assert reader.head(address, headers={"If-None-Match": whole["ETag"]}).status_code == 304

    def test_are_never_kept_for_somebody_signed_in(self, clerk_client: Client, address: str) -> None:
        response = clerk_client.get(address)
        assert response.status_code == 200
        assert instructions(response["Cache-Control"]) == {"private", "no-store"}


def test_a_correction_makes_another_page(reader: Client, township: Agency) -> None:
    address = f"/reports/{GREEN}/2023/"
    first = reader.get(address)["ETag"]
    publish(township, 2023, reason="更正")
    response = reader.get(address, headers={"If-None-Match": first})
    assert response.status_code == 200
    assert response["ETag"] != first


@pytest.mark.parametrize("address", ["/nowhere/", "/filing/", "/accounts/login/", "/compare/download/exe/"])
def test_refusals_and_the_way_in_are_never_kept(reader: Client, address: str) -> None:
    header = reader.get(address)["Cache-Control"]
    assert "public" not in header
    assert "no-store" in header


def test_what_was_sent_is_never_kept(reader: Client) -> None:
    assert reader.post("/compare/", {"agency": GREEN})["Cache-Control"] == "private, no-store"


def test_who_comes_with_a_token_is_known(reader: Client) -> None:
    response = reader.get("/reports/", headers={"Authorization": "Token x"})
    assert response["Cache-Control"] == "private, no-store"
