"""Last year's chapter as this year's beginning: its headings without its figures, and what was left as it was."""

from __future__ import annotations

import pytest

from reports.filing.prose import opening, outline, repeated, sentences
from reports.importing.identity import read_contact
from reports.standard import CURRENT

PARTS = ("主动公开情况", "依申请公开办理情况")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "（一）主动公开情况。全年公开信息35条。\n（二）依申请公开：收到申请2件。",
            "（一）主动公开情况。\n（二）依申请公开：",
        ),
        ("1.平台建设。网站改版。\n一段没有标题的话。\n2、监督保障。", "1.平台建设。\n2、监督保障。"),
        ("（一）平台建设\n内容。", "（一）平台建设"),
        # A number that opens a heading is its own; any other is last year's.
        ("（一）全年公开信息35条。\n（二）人员培训。", "（二）人员培训。"),
        ("没有分标题的一段话，全年公开信息35条。", "（一）主动公开情况。\n（二）依申请公开办理情况。"),
        ("", "（一）主动公开情况。\n（二）依申请公开办理情况。"),
    ],
)
def test_the_outline_is_the_headings_or_else_what_the_form_requires(text: str, expected: str) -> None:
    assert outline(text, PARTS) == expected


def test_paragraphs_left_as_they_were_are_counted_but_for_short_ones() -> None:
    before = "（一）总体情况。\n全年通过政府网站公开信息，内容及时准确。\n组织培训二次，参加人员三十人次以上。"
    now = "（一）总体情况。\n\n全年通过政府网站 公开信息，内容及时准确。\n组织培训三次，参加人员三十人次以上。"
    assert repeated(now, before) == [2]
    assert repeated(now, "") == []


def test_sentences_stand_in_the_text_as_they_are_given() -> None:
    text = "收到申请1件；已办结。\n其他：无\n收到申请1件；"
    assert sentences(text) == ["收到申请1件；", "已办结。", "其他：无"]
    assert all(sentence in text for sentence in sentences(text))


def test_a_report_opens_with_its_basis_its_period_and_whom_to_ask() -> None:
    contact = {"contact_address": "青山镇中心路1号", "contact_postcode": "990101", "contact_phone": "0999-6013001"}
    text = opening(CURRENT, "青山镇人民政府", 2025, contact | {"website": "http://www.qingshan.example"})
    assert CURRENT.document in text
    assert "六个部分" in text
    assert "自2025年1月1日起至2025年12月31日止" in text
    # What it says is read back as it was entered, so that no file prints it twice.
    assert read_contact(text) == {
        "address": "青山镇中心路1号",
        "postcode": "990101",
        "phone": "0999-6013001",
        "website": "http://www.qingshan.example",
    }


def test_what_is_not_known_yet_is_left_out_of_the_opening() -> None:
    text = opening(CURRENT, "青山镇人民政府", 2025, {"contact_phone": ""})
    assert text.endswith("请与青山镇人民政府联系。")
    assert "查阅" not in text
