"""The reviewer of the office: a draft is sent to him, he submits it or gives it back with comments on single places."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from agencies.models import Agency, User
from reports import lifecycle
from reports.models import Change, Version
from tests.filing.entering import FORM, YEAR, address, stored, zeros
from tests.pages import text_of

KEY = "applications.received.total"


@pytest.fixture
def version(township: Agency, clerk: User) -> Version:
    return lifecycle.start_draft(township, YEAR, clerk)


@pytest.fixture
def sent(version: Version, clerk: User, reviewer: User) -> Version:
    version = lifecycle.save_draft(version, dict.fromkeys(FORM.figures, 0), {"overview": "总体情况"}, clerk)
    return lifecycle.send_to_reviewer(version, clerk)


def test_a_draft_is_sent_to_the_reviewer_and_both_see_it(
    version: Version, township: Agency, clerk_client: Client, reviewer_client: Client
) -> None:
    assert clerk_client.post(address(township), zeros(version, act="send")).status_code == 302
    assert stored(version).state == "sent"
    mine, his = (text_of(client.get(address(township))) for client in (clerk_client, reviewer_client))
    assert "已送本机关审核员核对，现在不能修改" in mine
    assert 'value="save"' not in mine
    for page in (mine, his):
        assert re.search(r"clerk 于 .{,30} 送审核员核对。", page)
    assert 'value="submit"' in his
    assert 'value="return"' in his


def test_while_it_is_with_the_reviewer_the_clerk_changes_nothing(
    sent: Version, township: Agency, clerk_client: Client
) -> None:
    answer = clerk_client.post(address(township), zeros(sent, applications__received__total="4"))
    assert answer.status_code == 409
    assert stored(sent).figures[KEY] == 0
    assert clerk_client.post(address(township), zeros(sent, act="send")).status_code == 302, "sent twice is sent once"
    assert Change.objects.filter(action="sent").count() == 1
    assert clerk_client.post(address(township), {"act": "withdraw"}).status_code == 302
    assert stored(sent).state == "draft"


def test_chapters_without_a_word_are_named_before_and_after_handing_in(
    version: Version, township: Agency, clerk_client: Client
) -> None:
    sent = zeros(version, act="send", overview="总体情况", problems="存在的问题")
    page = text_of(clerk_client.post(address(township), sent, follow=True))
    assert "“六、其他需要报告的事项”没有文字" in page
    assert "1 章没有文字" in page
    clerk_client.post(address(township), {"act": "withdraw"})
    sent = zeros(stored(version), act="send", other="无")
    page = text_of(clerk_client.post(address(township), sent, follow=True))
    assert "没有文字" not in page.partition('id="form-data"')[0]


def test_whoever_gives_it_back_or_takes_it_back_is_told_that_it_is_done(
    sent: Version, township: Agency, clerk_client: Client, reviewer_client: Client
) -> None:
    returned = reviewer_client.post(address(township), {"act": "return", "comment": "请补写。"}, follow=True)
    assert f"已退回：{sent.report}" in text_of(returned)
    lifecycle.send_to_reviewer(stored(sent), None)
    assert "已撤回，可以继续修改。" in text_of(clerk_client.post(address(township), {"act": "withdraw"}, follow=True))


def test_a_second_click_on_returning_makes_one_record(sent: Version, township: Agency, reviewer_client: Client) -> None:
    for _click in range(2):
        answer = reviewer_client.post(address(township), {"act": "return", "comment": "请补写。"})
        assert answer.status_code == 302
    assert Change.objects.filter(action="returned").count() == 1


def test_what_was_written_to_return_a_report_is_kept_where_it_is_too_late(
    sent: Version, township: Agency, clerk: User, reviewer_client: Client
) -> None:
    lifecycle.withdraw(sent, clerk)
    answer = reviewer_client.post(address(township), {"act": "return", "comment": "请补写平台建设。"})
    assert answer.status_code == 409
    assert "不能这样做" in text_of(answer)
    assert "请补写平台建设。" in text_of(answer)


def test_what_does_not_balance_is_not_sent(version: Version, township: Agency, clerk_client: Client) -> None:
    answer = clerk_client.post(address(township), zeros(version, act="send", applications__received__total="4"))
    assert answer.status_code == 422
    assert 'id="refused"' in text_of(answer)
    assert stored(version).state == "draft"


def test_the_reviewer_changes_and_submits(sent: Version, township: Agency, reviewer_client: Client) -> None:
    data = zeros(sent, act="submit", overview="改过的总体情况")
    assert reviewer_client.post(address(township), data).status_code == 302
    assert stored(sent).state == "submitted"
    assert stored(sent).narrative["overview"] == "改过的总体情况"


def test_the_reviewer_gives_it_back_with_comments_on_single_places(
    sent: Version, township: Agency, clerk_client: Client, reviewer_client: Client
) -> None:
    pins = {"pin_at": [KEY, "", "overview"], "pin_text": ["请对照台账", "没有位置的", "缺平台建设"]}
    data = {"act": "return", "comment": "有两处请再看"} | pins
    assert clerk_client.post(address(township), data).status_code == 403
    assert reviewer_client.post(address(township), data).status_code == 302
    assert stored(sent).state == "returned"
    returned = Change.objects.get(action="returned")
    assert returned.pins == {KEY: "请对照台账", "overview": "缺平台建设"}
    assert returned.comment == "有两处请再看\n没有位置的", "what names no place is said of the whole"
    page = text_of(clerk_client.get(address(township)))
    assert "有两处请再看" in page
    assert f'<a href="#{KEY}">一、本年新收政府信息公开申请数量：总计</a>：请对照台账' in page
    assert re.search(rf'<td class="cell[^"]*pinned[^"]*"><input name="{KEY}"', page)
    assert "退回意见：缺平台建设" in page
    clerk_client.post(address(township), zeros(stored(sent), act="send"))
    assert "请对照台账" not in text_of(clerk_client.get(address(township)))


def test_two_comments_on_one_place_are_both_kept(sent: Version, township: Agency, reviewer_client: Client) -> None:
    data = {"act": "return", "comment": "", "pin_at": [KEY, KEY], "pin_text": ["请对照台账", "与去年接不上"]}
    reviewer_client.post(address(township), data)
    assert Change.objects.get(action="returned").pins == {KEY: "请对照台账\n与去年接不上"}


def test_comments_that_cannot_be_given_stay_in_the_form(
    sent: Version, township: Agency, reviewer_client: Client
) -> None:
    pins = {"pin_at": [KEY, "overview:改没了的一句。"], "pin_text": ["请对照台账", "这一句"]}
    answer = reviewer_client.post(address(township), {"act": "return", "comment": "两处"} | pins)
    assert answer.status_code == 422
    page = text_of(answer)
    assert "请选择意见所指的位置" in page
    assert ">两处</textarea>" in page
    assert 'value="请对照台账"' in page
    assert f'<option value="{KEY}" selected>' in page
    assert 'value="这一句"' in page
    assert stored(sent).state == "sent"


def test_the_supervisor_returns_with_comments_on_single_places_too(
    sent: Version, township: Agency, reviewer: User, supervisor_client: Client, outsider_client: Client
) -> None:
    data = {"act": "return", "comment": "", "pin_at": KEY, "pin_text": "与台账不符"}
    assert supervisor_client.post(address(township), data).status_code == 403, "it is still with the reviewer"
    lifecycle.submit(sent, reviewer)
    assert outsider_client.post(address(township), data).status_code == 404
    assert 'value="return"' in text_of(supervisor_client.get(address(township)))
    assert supervisor_client.post(address(township), data).status_code == 302
    assert stored(sent).state == "returned"


def test_the_supervisor_publishes_from_the_report_itself(
    sent: Version, township: Agency, reviewer: User, supervisor_client: Client
) -> None:
    lifecycle.submit(sent, reviewer)
    page = text_of(supervisor_client.get(address(township)))
    assert "已经提交，等待您审核。" in page
    assert '<button type="submit" name="act" value="publish" form="publish"' in page
    form = re.search(rf'action="([^"]+)" id="publish">.*name="version" value="{sent.pk}"', page)
    assert form
    supervisor_client.post(form[1], {"act": "publish", "version": sent.pk})
    assert stored(sent).state == "published"
    page = text_of(supervisor_client.get(address(township)))
    assert "由填报机关写明理由作更正" in page
    assert 'value="correct"' not in page


def test_a_comment_on_a_sentence_quotes_it_where_it_stands(
    sent: Version, township: Agency, clerk_client: Client, reviewer_client: Client
) -> None:
    sentence = stored(sent).narrative["overview"]
    assert f'<option value="overview:{sentence}">' in text_of(reviewer_client.get(address(township)))
    pins = {"pin_at": f"overview:{sentence}", "pin_text": "请写明数量"}
    assert reviewer_client.post(address(township), {"act": "return", "comment": ""} | pins).status_code == 302
    page = text_of(clerk_client.get(address(township)))
    assert f'<a href="#overview" data-quote="{sentence}">一、总体情况“{sentence}”</a>：请写明数量' in page
    assert f'<blockquote lang="zh-hans"><a href="#overview" data-quote="{sentence}">{sentence}</a></blockquote>' in page


def test_a_comment_on_no_place_of_the_report_is_refused(sent: Version, reviewer: User) -> None:
    for pins in ({"nowhere": "看这里"}, {}, {KEY: " "}, {"overview:没有这一句。": "看这里"}, {f"{KEY}:": "看这里"}):
        with pytest.raises(ValidationError):
            lifecycle.return_to_clerk(sent, reviewer, "", pins)
    assert stored(sent).state == "sent"


def test_a_report_of_zeros_alone_is_handed_in_only_if_it_is_meant(
    version: Version, township: Agency, clerk_client: Client
) -> None:
    data = zeros(version, act="submit")
    del data["zero_meant"]
    answer = clerk_client.post(address(township), data)
    assert answer.status_code == 422
    page = text_of(answer)
    assert "全部数据都是 0" in page
    assert 'name="zero_meant"' in page
    assert stored(version).state == "draft"
    data = zeros(stored(version), act="submit")
    assert clerk_client.post(address(township), data).status_code == 302
    assert stored(version).state == "submitted"
