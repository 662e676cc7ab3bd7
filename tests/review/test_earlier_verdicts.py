"""A finding outlives what it was made of: of a rule, a row or an operand that is declared no more it is still shown."""

from __future__ import annotations

from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, User
from reports import lifecycle
from reports.checks.wording import message
from reports.models import Decision, Finding, Version
from reports.standard import CURRENT
from tests.published import publish

EARLIER = "较早的结论，所据的规则或位置现已停用"

FORMER: dict[str, dict[str, Any]] = {
    "a rule that is gone": {
        "rule": "gone_rule",
        "where": "disclosure.fees",
        "cells": ["disclosure.fees.amount"],
        "operands": {"disclosure.fees.amount": 3, "limit": 2},
        "expected": Decimal(2),
        "actual": Decimal(3),
    },
    "a row that is gone": {
        "rule": "row_total",
        "where": "applications.gone",
        "cells": ["applications.gone.business", "applications.gone.total"],
        "operands": {"applications.gone.business": 1, "applications.gone.total": 2},
        "expected": Decimal(1),
        "actual": Decimal(2),
        "culprit": "applications.gone.total",
    },
    "a row of last year's that is gone": {
        "rule": "carry_over",
        "where": "applications.gone.total",
        "cells": ["applications.gone.total"],
        "operands": {"last_year.applications.gone.total": 1, "applications.gone.total": 2},
        "expected": Decimal(1),
        "actual": Decimal(2),
    },
    "an operand that was called otherwise": {
        "rule": "narrative_figure",
        "where": "overview",
        "cells": ["applications.received.total"],
        "operands": {"told": 2},
        "expected": Decimal(1),
        "actual": Decimal(2),
        "quote": "全年收到申请2件。",
    },
    "a change of which less was stored": {
        "rule": "narrative_change",
        "where": "overview",
        "operands": {"stated": 2},
        "quote": "增加2件。",
    },
    "a number of which less was stored": {"rule": "narrative_figure", "where": "overview", "operands": {"text": 2}},
    "a chapter that is gone": {"rule": "template_text", "where": "gone", "operands": {"sign": "××"}, "quote": "××镇。"},
}
each_former = pytest.mark.parametrize("former", FORMER.values(), ids=FORMER)


def kept(version: Version, former: dict[str, Any], **more: Any) -> Finding:
    return Finding.objects.create(version=version, severity="warning", fingerprint="f" * 64, **former, **more)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@each_former
def test_it_is_told_by_what_was_stored_of_it(township: Agency, former: dict[str, Any]) -> None:
    finding = kept(publish(township, 2023), former)
    for audience in ("filer", "public"):
        said = message(finding, finding.version.edition, audience)
        assert said.startswith(EARLIER)
        assert former["where"] in said
        if "expected" in former:
            assert f"应为 {former['expected']}，实为 {former['actual']}" in said


@each_former
def test_the_queue_and_its_own_page_show_it(
    township: Agency, supervisor_client: Client, former: dict[str, Any]
) -> None:
    finding = kept(publish(township, 2023), former)
    assert EARLIER in page(supervisor_client, reverse("review"))
    alone = page(supervisor_client, reverse("finding", args=[finding.pk]))
    assert EARLIER in alone
    assert ("/rules/gone_rule/" in alone) is False


@each_former
def test_once_confirmed_the_page_of_its_report_and_the_api_show_it(
    township: Agency, reader: Client, former: dict[str, Any]
) -> None:
    kept(publish(township, 2023), former, decision=Decision.CONFIRMED)
    text = page(reader, f"/reports/{township.code}/2023/")
    assert EARLIER in text
    assert "/rules/gone_rule/" not in text
    (finding,) = reader.get(f"/api/v1/reports/{township.code}/2023/").json()["findings"]
    assert finding["message"].startswith(EARLIER)


@each_former
def test_the_draft_it_was_found_in_opens(
    township: Agency, clerk: User, clerk_client: Client, former: dict[str, Any]
) -> None:
    draft = lifecycle.start_draft(township, 2025, clerk)
    draft = lifecycle.save_draft(draft, dict.fromkeys(CURRENT.figures, 0), {}, clerk)
    kept(draft, former)
    assert EARLIER in page(clerk_client, f"/filing/{township.code}/2025/")
