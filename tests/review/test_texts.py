"""The two texts of which one may be a copy of the other, side by side: who may see them, and what is marked."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from agencies.models import Agency
from reports.models import Decision, Finding, Version
from reports.review.text_comparison import MAX_PRODUCT, compared, pairs
from samples.contents import Sample
from tests.published import publish
from tests.samples.made_files import SAMPLES

COPY, COPIED = SAMPLES["shuangjiang-2022"], SAMPLES["daishan-2022"]


def own_parts(sample: Sample) -> dict[str, Any]:
    return {part: sample.narrative[part] for part in ("overview", "problems", "other")}


@pytest.fixture
def copy(township: Agency, other_township: Agency) -> Finding:
    publish(other_township, 2022, printed_name=COPIED.printed_name, **own_parts(COPIED))
    version = publish(township, 2022, printed_name=COPY.printed_name, **own_parts(COPY))
    return version.findings.get(rule="reused_text")


def address(finding: Finding) -> str:
    return f"/review/findings/{finding.pk}/texts/"


def test_a_supervisor_sees_both_texts_with_what_differs_marked(copy: Finding, supervisor_client: Client) -> None:
    text = supervisor_client.get(address(copy)).content.decode()
    assert "青山镇人民政府 2022" in text
    assert "绿水镇人民政府 2022" in text
    assert "<mark>海鱼</mark>收购保底价" in text
    assert "<mark>蔬菜</mark>收购保底价" in text
    assert "82% 一致" in text


def test_the_clerk_concerned_sees_them_and_nobody_else_does(
    copy: Finding, clerk_client: Client, outsider_client: Client, reader: Client
) -> None:
    assert clerk_client.get(address(copy)).status_code == 200
    assert outsider_client.get(address(copy)).status_code == 404
    assert reader.get(address(copy)).status_code == 404


def test_once_confirmed_it_is_for_everybody_and_linked_from_the_report(copy: Finding, reader: Client) -> None:
    copy.decision = Decision.CONFIRMED
    copy.save()
    assert address(copy) in reader.get("/reports/990101101000/2022/").content.decode()
    text = reader.get(address(copy)).content.decode()
    assert "<mark>海鱼</mark>" in text
    assert "请对照" not in text


def test_a_draft_is_shown_to_nobody_outside(copy: Finding, reader: Client, clerk_client: Client) -> None:
    Finding.objects.filter(pk=copy.pk).update(decision=Decision.CONFIRMED)
    Version.objects.filter(pk=copy.version_id).update(state="draft")
    assert reader.get(address(copy)).status_code == 404
    assert clerk_client.get(address(copy)).status_code == 200


def test_where_the_other_is_public_no_more_the_page_says_so(copy: Finding, clerk_client: Client) -> None:
    Version.objects.filter(report__agency=copy.operands["code"]).update(state="superseded")
    text = clerk_client.get(address(copy)).content.decode()
    assert "不能对照" in text
    assert "<mark>" not in text


def test_last_years_own_text_stands_beside(township: Agency, clerk_client: Client) -> None:
    publish(township, 2021, printed_name=COPY.printed_name, **own_parts(COPY))
    version = publish(township, 2022, printed_name=COPY.printed_name, **own_parts(COPY))
    finding = version.findings.get(rule="reused_text")
    text = clerk_client.get(address(finding)).content.decode()
    assert "青山镇人民政府 2021" in text
    assert "100% 一致" in text


def test_another_finding_has_no_texts(township: Agency, clerk_client: Client) -> None:
    version = publish(township, 2022, {"applications.granted.natural_person": 1})
    finding = version.findings.filter(rule="row_total").first()
    assert finding is not None
    assert clerk_client.get(address(finding)).status_code == 404


def test_a_script_in_a_text_is_printed_and_not_run(copy: Finding, clerk_client: Client) -> None:
    Version.objects.filter(pk=copy.version_id).update(overview="<script>alert(1)</script>")
    text = clerk_client.get(address(copy)).content.decode()
    assert "<script>alert(1)" not in text
    assert "&lt;" in text


# What differs


def test_the_pieces_are_the_texts_again_and_only_the_words_that_differ_are_marked() -> None:
    left, right = compared("公开信息57条。没有申请。", "公开信息39条。没有申请。全年无诉讼。")
    assert left == [(False, "公开信息"), (True, "57"), (False, "条。没有申请。")]
    assert right == [(False, "公开信息"), (True, "39"), (False, "条。没有申请。"), (True, "全年无诉讼。")]


def test_the_same_text_twice_has_no_marks() -> None:
    assert compared("同一句话。\n又一句。", "同一句话。\n又一句。") == ([(False, "同一句话。\n又一句。")],) * 2
    assert compared("", "") == ([], [])


def test_passages_too_long_to_compare_are_marked_as_a_whole() -> None:
    left, right = "甲" * (MAX_PRODUCT // 1000), "乙" * 1001
    assert compared(left, right) == ([(True, left)], [(True, right)])


def test_a_part_that_only_one_of_them_has_is_shown() -> None:
    (pair,) = pairs({"overview": "", "problems": "有一个问题。"}, {"problems": ""})
    assert (pair.part, pair.left, pair.right) == ("problems", [(True, "有一个问题。")], [])
