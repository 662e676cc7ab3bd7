"""Input that no database can hold, and numbers beyond every column: a page that says so, never a crash."""

from __future__ import annotations

import pytest
from django.test import Client

from agencies.models import Agency, User
from reports import lifecycle

HUGE = "9" * 30


@pytest.mark.parametrize(
    "address",
    [
        "/reports/?q=%00",
        "/search/?q=a%00b",
        "/search/suggestions/?q=%00",
        "/compare/?agency=%00",
        "/api/v1/reports/?search=%00",
        "/reports/%00/2023/",
        "/filing/?q=%00",
        "/review/?q=%00&rule=%00&unit=%00&assignee=%00",
        "/review/progress/?year=%00&q=%00",
        "/accounts/office/?q=%00&role=%00",
        "/filing/import/batches/?page=%00",
        "/admin/agencies/agency/?q=%00",
    ],
)
def test_a_nul_in_an_address_is_no_crash(
    address: str, clerk_client: Client, supervisor_client: Client, administrator_client: Client
) -> None:
    for client in (clerk_client, supervisor_client, administrator_client):
        assert client.get(address).status_code in (200, 302, 400, 403, 404)


@pytest.mark.parametrize(
    "address",
    [
        f"/review/findings/{HUGE}/",
        f"/filing/import/{HUGE}/",
        f"/filing/import/batches/{HUGE}/",
        f"/api/v1/reports/?year={HUGE}",
        f"/reports/?year={HUGE}",
        f"/reports/?page={HUGE}",
        f"/compare/?agency=990101101000&year={HUGE}",
        "/filing/import/batches/?per_page=-1",
        "/review/deadlines/990101000000/9999/",
        "/filing/990101000000/9999/extension/",
    ],
)
def test_a_number_beyond_every_column_is_no_crash(
    address: str, supervisor_client: Client, administrator_client: Client
) -> None:
    for client in (supervisor_client, administrator_client):
        assert client.get(address).status_code in (200, 302, 400, 404)


@pytest.mark.parametrize("text", ["甲\x00乙", "甲\ud800乙"], ids=["nul", "half a character"])
def test_what_cannot_be_stored_is_refused_and_the_draft_stays(
    text: str, township: Agency, clerk: User, clerk_client: Client
) -> None:
    draft = lifecycle.start_draft(township, 2023, clerk)
    sent = f"overview={text}&seen={draft.revision}".encode("utf-8", "surrogatepass")
    answer = clerk_client.post(f"/filing/{township.code}/2023/", sent, content_type="application/x-www-form-urlencoded")
    # Django itself reads half of a character as a replacement character, which can be stored.
    assert answer.status_code == 400 if "\x00" in text else answer.status_code < 500
    draft.refresh_from_db()
    assert "\x00" not in draft.narrative["overview"]
