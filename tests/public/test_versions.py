"""What the public was told and when."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html
from pytest_django import DjangoAssertNumQueries

from agencies.models import Agency
from tests.published import ONE_GRANTED, publish

ADDRESS = "/reports/990101101000/2023/versions/"
RECEIVED = "applications.received.total"


def sections(reader: Client) -> list[html.HtmlElement]:
    page = html.fromstring(reader.get(ADDRESS).content.decode())
    found: list[html.HtmlElement] = page.xpath('//section[contains(@class, "version")]')
    return found


def test_each_version_stands_with_its_reason_and_every_cell_that_it_changed(reader: Client, township: Agency) -> None:
    publish(township, 2023, ONE_GRANTED)
    publish(township, 2023, ONE_GRANTED | {RECEIVED: 2, "disclosure.fees.amount": None}, reason="新收件数有误")
    second, first = sections(reader)
    assert "新收件数有误" in second.text_content()
    assert "现行" in second.text_content()
    rows = [[cell.text_content().strip() for cell in row] for row in second.xpath(".//tbody/tr")]
    assert [(old, new) for _name, old, new in rows] == [("0", "未填"), ("1", "2")]
    assert second.xpath(".//tbody//a/@href") == [
        "/reports/990101101000/2023/#cell-disclosure-fees-amount",
        "/reports/990101101000/2023/#cell-applications-received-total",
    ]
    assert "首次公开" in first.text_content()
    assert first.xpath(".//h2/a/@href") == ["/reports/990101101000/2023/?version=1"]


def test_texts_are_compared_clause_by_clause(reader: Client, township: Agency) -> None:
    publish(township, 2023, overview="收到申请1件，已办结。<b>")
    publish(township, 2023, overview="收到申请2件，已办结。<b>", reason="笔误")
    (change,) = sections(reader)[0].xpath('.//p[@class="text-change"]')
    assert change.xpath("./del/text()") == ["收到申请1件，"]
    assert change.xpath("./ins/text()") == ["收到申请2件，"]
    assert "已办结。<b>" in change.text_content()


def test_a_correction_without_a_change_says_so(reader: Client, township: Agency) -> None:
    publish(township, 2023)
    publish(township, 2023)
    assert "数据和文字都没有改动" in sections(reader)[0].text_content()
    assert "没有说明" in sections(reader)[0].text_content()


def test_tables_of_two_editions_are_not_set_side_by_side(reader: Client, township: Agency) -> None:
    publish(township, 2023, edition="")
    publish(township, 2023)
    assert "不能逐格对照" in sections(reader)[0].text_content()


def test_only_what_was_public_is_shown(reader: Client, township: Agency) -> None:
    version = publish(township, 2023)
    version.report.versions.create(number=2, state="draft", edition="2021", reason="还在写")
    assert len(sections(reader)) == 1


@pytest.mark.django_db
def test_a_report_that_is_not_public_has_no_versions(reader: Client) -> None:
    assert reader.get(ADDRESS).status_code == 404


def test_as_many_queries_for_many_versions_as_for_two(
    reader: Client, township: Agency, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(4):
        publish(township, 2023, {RECEIVED: number})
    with django_assert_max_num_queries(3):
        reader.get(ADDRESS)
