"""Totals computed by one act, and the correction of a likely culprit by another."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from agencies.models import Agency, User
from reports import lifecycle
from reports.filing.totals import totals
from reports.models import Version
from tests.filing.entering import FORM, YEAR, address, stored, zeros
from tests.pages import text_of


@pytest.fixture
def version(township: Agency, clerk: User) -> Version:
    return lifecycle.start_draft(township, YEAR, clerk)


def test_every_total_follows_from_its_parts_and_a_blank_part_leaves_it_open() -> None:
    parts = {key: 1 for key in FORM.figures if key not in FORM.totals}
    found = totals(FORM, parts)
    assert found.keys() == FORM.totals
    assert found["applications.received.total"] == 6
    outcomes = sum(key.endswith(".natural_person") for key in parts) - 3
    assert found["applications.concluded.natural_person"] == outcomes
    assert found["applications.concluded.total"] == 6 * outcomes
    assert found["proceedings.reconsideration.total"] == 4
    del parts["applications.granted.business"]
    left_open = FORM.totals - totals(FORM, parts).keys()
    assert left_open == {f"applications.{cell}" for cell in ("granted.total", "concluded.business", "concluded.total")}


def test_totals_are_computed_by_one_press_and_what_was_typed_otherwise_is_named(
    version: Version, township: Agency, clerk_client: Client
) -> None:
    sent = zeros(
        version,
        act="totals",
        applications__received__natural_person="3",
        applications__received__total="2",
        applications__carried_in__total="",
        applications__granted__natural_person="3",
    )
    assert clerk_client.post(address(township), sent).status_code == 302
    figures = stored(version).figures
    assert figures["applications.received.total"] == 3
    assert figures["applications.carried_in.total"] == 0
    assert figures["applications.granted.total"] == 3
    assert figures["applications.concluded.natural_person"] == 3
    assert figures["applications.concluded.total"] == 3
    page = text_of(clerk_client.get(address(township)))
    assert "已算出 5 个合计。其中 4 个与原填的不同：" in page
    assert "一、本年新收政府信息公开申请数量：总计原填 2，合计 3" in page
    assert "没有发现矛盾" in page


def test_the_likely_culprit_is_corrected_by_one_press_and_checked_again(
    version: Version, township: Agency, clerk_client: Client
) -> None:
    clerk_client.post(address(township), zeros(version, proceedings__reconsideration__total="2"))
    key = "proceedings.reconsideration.total"
    sound = dict.fromkeys(("received", "granted", "concluded"), "1")
    cells = {f"applications.{row}.{column}": "1" for row in sound for column in ("business", "total")}
    cells["applications.granted.total"] = "2"
    clerk_client.post(address(township), zeros(stored(version)) | cells)
    page = text_of(clerk_client.get(address(township)))
    offered = re.search(r'value="mend\.([a-z_.]+)"', page)
    assert offered
    assert offered[1] == "applications.granted.total"
    sent = zeros(stored(version)) | cells | {"act": "mend.applications.granted.total"}
    assert clerk_client.post(address(township), sent).status_code == 302
    assert stored(version).figures["applications.granted.total"] == 1
    assert stored(version).figures[key] == 0
    assert not stored(version).findings.exists()


def test_nothing_is_corrected_that_no_finding_names(version: Version, township: Agency, clerk_client: Client) -> None:
    for act in ("mend.applications.granted.total", "mend.nothing", "mend."):
        assert clerk_client.post(address(township), zeros(stored(version), act=act)).status_code == 302
    assert set(stored(version).figures.values()) == {0}
