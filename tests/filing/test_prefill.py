"""Last year's report beside this year's form: what it proposes, and what it says in every cell."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from agencies.models import Agency, User
from reports import lifecycle
from reports.models import Version
from tests.filing.entering import FORM, YEAR, address, stored
from tests.pages import text_of
from tests.published import publish

CARRIED = {f"applications.{row}.{column}": 2 for row in ("received", "carried_out") for column in ("business", "total")}
IN_FORCE = {"disclosure.regulations.in_force": 0, "disclosure.normative_documents.in_force": 7}
CONTACT = {"contact_address": "青山镇中心路1号", "contact_phone": "0999-1234567"}


@pytest.fixture
def version(township: Agency, clerk: User) -> Version:
    publish(township, YEAR - 1, CARRIED | IN_FORCE, overview="去年的总体情况。", **CONTACT)
    return lifecycle.start_draft(township, YEAR, clerk)


def cell(page: str, key: str) -> str:
    found = re.search(rf'<td[^>]*><input name="{re.escape(key)}".*?</td>', page, re.DOTALL)
    assert found
    return found[0]


def blank(version: Version, **more: str) -> dict[str, str]:
    sent = dict.fromkeys((*FORM.figures, *CONTACT), "")
    return {
        "revision": stored(version).revision,
        **sent,
        **{key.replace("__", "."): text for key, text in more.items()},
    }


def test_what_was_carried_out_is_proposed_and_fills_no_cell(
    version: Version, township: Agency, clerk_client: Client
) -> None:
    page = text_of(clerk_client.get(address(township)))
    proposed = cell(page, "applications.carried_in.business")
    assert 'placeholder="2"' in proposed
    assert "proposed" in proposed
    assert "value=" not in proposed
    assert 'placeholder="青山镇中心路1号"' in page
    assert "为 9 处空白带来了建议" in page
    assert stored(version).figures["applications.carried_in.business"] is None
    assert stored(version).contact_address == ""


def test_one_press_accepts_every_proposal_and_overwrites_nothing(
    version: Version, township: Agency, clerk_client: Client
) -> None:
    sent = blank(version, act="accept", applications__carried_in__total="5", contact_phone="0999-7654321")
    assert clerk_client.post(address(township), sent).status_code == 302
    version = stored(version)
    assert version.figures["applications.carried_in.business"] == 2
    assert version.figures["applications.carried_in.natural_person"] == 0
    assert version.figures["applications.carried_in.total"] == 5
    assert version.figures["applications.received.total"] is None
    assert (version.contact_address, version.contact_phone) == ("青山镇中心路1号", "0999-7654321")
    assert "带来了建议" not in text_of(clerk_client.get(address(township)))


def test_filling_the_blanks_with_zero_leaves_what_last_year_says_otherwise(
    version: Version, township: Agency, clerk_client: Client
) -> None:
    clerk_client.post(address(township), blank(version, act="fill"))
    blanks = {key for key, number in stored(version).figures.items() if number is None}
    assert blanks == {"applications.carried_in.business", "applications.carried_in.total"}


def test_what_is_in_force_is_proposed_once_issued_and_repealed_are_known(
    version: Version, township: Agency, clerk_client: Client
) -> None:
    row = "disclosure.normative_documents"
    assert "placeholder" not in cell(text_of(clerk_client.get(address(township))), f"{row}.in_force")
    clerk_client.post(address(township), {"revision": version.revision, f"{row}.issued": "3", f"{row}.repealed": "1"})
    assert 'placeholder="9"' in cell(text_of(clerk_client.get(address(township))), f"{row}.in_force")


def test_last_years_figures_and_text_are_beside_the_form(
    version: Version, township: Agency, clerk_client: Client
) -> None:
    page = text_of(clerk_client.get(address(township)))
    received = cell(page, "applications.received.business")
    assert 'data-last="2"' in received
    assert "上年：2" in received
    assert "去年的总体情况。" in page
    assert f"看 {YEAR - 1} 年报告" in page


def test_without_last_years_report_nothing_is_proposed(
    other_township: Agency, administrator: User, administrator_client: Client
) -> None:
    lifecycle.start_draft(other_township, YEAR, administrator)
    page = text_of(administrator_client.get(address(other_township)))
    assert "placeholder=" not in page.split('id="entry"')[1].split("</form>")[0]
    assert "data-last" not in page


def test_a_report_that_was_handed_in_shows_no_proposals(
    version: Version, township: Agency, clerk_client: Client
) -> None:
    Version.objects.filter(pk=version.pk).update(state="submitted")
    page = text_of(clerk_client.get(address(township)))
    assert "带来了建议" not in page
    assert 'data-last="2"' in page


def test_an_empty_chapter_may_begin_with_last_years_outline(
    version: Version, township: Agency, clerk: User, clerk_client: Client
) -> None:
    headings = "（一）主动公开情况。全年公开信息35条。\n（二）监督保障。开展考核一次。"
    Version.objects.filter(report__year=YEAR - 1).update(overview=headings)
    assert 'value="outline.overview"' in text_of(clerk_client.get(address(township)))
    clerk_client.post(address(township), blank(version, act="outline.overview"))
    assert stored(version).narrative["overview"] == "（一）主动公开情况。\n（二）监督保障。"
    assert 'value="outline.overview"' not in text_of(clerk_client.get(address(township)))
    # What was written meanwhile is not replaced.
    clerk_client.post(address(township), blank(version, act="outline.overview", overview="自己写的"))
    assert stored(version).narrative["overview"] == "自己写的"


def test_the_preamble_may_begin_as_the_form_prescribes(
    version: Version, township: Agency, clerk_client: Client
) -> None:
    assert 'value="outline.preamble"' in text_of(clerk_client.get(address(township)))
    clerk_client.post(address(township), blank(version, act="outline.preamble", contact_phone="0999-6013001"))
    assert f"自{YEAR}年1月1日起至{YEAR}年12月31日止" in stored(version).preamble
    assert "联系电话：0999-6013001" in stored(version).preamble
    assert 'value="outline.preamble"' not in text_of(clerk_client.get(address(township)))


def test_a_paragraph_left_as_it_was_last_year_is_pointed_out(
    version: Version, township: Agency, clerk_client: Client
) -> None:
    same = "全年通过政府网站主动公开政府信息，内容及时准确。"
    Version.objects.filter(report__year=YEAR - 1).update(overview=same)
    clerk_client.post(address(township), blank(version, overview=f"今年新写的一段话。\n{same}"))
    assert f"第 2 段与 {YEAR - 1} 年报告一字不差" in text_of(clerk_client.get(address(township)))
