"""What the form's script sends as somebody types, and what it is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from agencies.models import Agency, User
from reports import lifecycle
from reports.models import Version
from tests.filing.entering import YEAR, address, stored, zeros

JSON = {"Accept": "application/json"}
KEY = "applications.received.total"


@pytest.fixture
def version(township: Agency, clerk: User) -> Version:
    return lifecycle.start_draft(township, YEAR, clerk)


def save(client: Client, version: Version, **sent: str) -> Any:
    data = {"revision": version.revision, "act": "save"} | {key.replace("__", "."): text for key, text in sent.items()}
    return client.post(address(version.report.agency), data, headers=JSON)


def test_a_change_is_saved_and_the_checks_come_back(version: Version, clerk_client: Client) -> None:
    clerk_client.post(address(version.report.agency), zeros(version))
    answer = save(clerk_client, stored(version), applications__received__natural_person="3")
    assert answer.status_code == 200
    told = answer.json()
    assert stored(version).figures["applications.received.natural_person"] == 3
    assert told["revision"] == stored(version).revision
    assert "自然人 3 ≠ 总计 0" in told["findings"]
    assert "有矛盾" in told["chapters"]
    assert told["outlined"] == {"applications.received.natural_person": "wrong"}
    assert told["numbers"]["applications.received.natural_person"]


def test_what_cannot_be_saved_is_named_and_the_rest_is_saved(version: Version, clerk_client: Client) -> None:
    answer = save(clerk_client, version, applications__received__total="x", overview="写好")
    assert answer.status_code == 200
    assert "不是数字" in answer.json()["errors"][KEY]
    assert stored(version).narrative["overview"] == "写好"


def test_the_same_cell_changed_by_two_is_not_overwritten(
    version: Version, clerk_client: Client, colleague_client: Client
) -> None:
    save(colleague_client, version, applications__received__total="7", overview="同事写的")
    answer = save(clerk_client, version, applications__received__total="3", applications__carried_in__total="1")
    assert answer.status_code == 409
    told = answer.json()
    assert "colleague在" in told["told"]
    assert [(item["name"], item["stored"], item["typed"]) for item in told["conflicts"]] == [(KEY, "7", "3")]
    assert told["taken"] == {"overview": "同事写的"}
    assert stored(version).figures[KEY] == 7


def test_whoever_asks_learns_what_others_changed(
    version: Version, township: Agency, clerk_client: Client, colleague_client: Client
) -> None:
    quiet = clerk_client.get(address(township), {"seen": version.revision}, headers=JSON).json()
    assert quiet.keys() == {"revision", "token"}
    save(colleague_client, version, applications__received__total="7")
    told = clerk_client.get(address(township), {"seen": version.revision}, headers=JSON).json()
    assert told["taken"] == {KEY: "7"}
    assert "colleague在" in told["told"]


def test_whoever_is_signed_out_is_told_so(version: Version, township: Agency, reader: Client) -> None:
    assert save(reader, version, overview="写好").status_code == 401
    assert reader.get(address(township), headers=JSON).status_code == 401


def test_what_was_handed_in_meanwhile_is_not_changed(version: Version, clerk: User, clerk_client: Client) -> None:
    clerk_client.post(address(version.report.agency), zeros(version))
    lifecycle.submit(version, clerk)
    answer = save(clerk_client, stored(version), overview="晚了")
    assert answer.status_code == 409
    assert answer.json()["locked"] is True
    assert stored(version).narrative["overview"] == ""
