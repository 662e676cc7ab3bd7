"""The index on whichever database the tests run on: both have to find the same."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from agencies.models import Agency, User
from reports.catalogue.text_index import rebuild, versions_matching
from reports.catalogue.words import phrases
from reports.lifecycle.drafting import start_draft
from reports.lifecycle.publishing import publish as publish_draft
from reports.lifecycle.publishing import start_correction
from reports.lifecycle.submission import submit
from reports.models import Report, Version, write_figures
from reports.standard import EDITIONS
from tests.published import publish

TEXT = "本年度通过WEB网站公开信息２０条，收到行政复议申请12件。"


def found(text: str) -> list[str]:
    reports = Report.objects.published().filter(versions_matching(phrases(text)))
    return [report.agency_id for report in reports.order_by("agency_id")]


@pytest.mark.parametrize(
    "text", ["复议", "行政复议", "复议申请", "web", "WEB网站", "20条", "件", "12", "网站 复议", "公开信息20条，收到"]
)
def test_words_of_any_length_are_found_wherever_they_stand(township: Agency, text: str) -> None:
    publish(township, 2023, problems=TEXT)
    assert found(text) == [township.pk]


@pytest.mark.parametrize("text", ["议复", "行政申请", "2", "网站 诉讼", "政府", "本年度公开", "we"])
def test_what_the_text_does_not_say_is_not_found(township: Agency, text: str) -> None:
    publish(township, 2023, problems=TEXT)
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ['"复议"', "复议*", "复议 OR", "NEAR(复议)", "words:复议", "复议 & !", "复议:*", "-复议", "'复议'", "(复议"]
)
def test_the_operators_of_the_databases_are_no_operators_here(township: Agency, text: str) -> None:
    publish(township, 2023, problems=TEXT)
    assert found(text) in ([township.pk], [])
    assert found(text.replace("复议", "诉讼")) == []


def test_without_a_word_nothing_is_found(township: Agency) -> None:
    publish(township, 2023, problems=TEXT)
    assert found("%'\"*") == []


def test_every_chapter_counts_and_only_what_is_public(township: Agency, other_township: Agency) -> None:
    publish(township, 2023, preamble="前言独有", overview="概况独有", other="其他独有", notes="说明独有")
    version = publish(other_township, 2023, overview="概况独有")
    version.report.published = None
    version.report.save()
    for text in ("前言独有", "概况独有", "其他独有", "说明独有"):
        assert found(text) == [township.pk]


def test_a_correction_is_found_by_its_own_words_only(township: Agency) -> None:
    publish(township, 2023, overview="原来的说法")
    publish(township, 2023, overview="更正后的说法")
    assert found("原来的说法") == []
    assert found("更正后") == [township.pk]


def test_publishing_and_correcting_keep_it_up_to_date(township: Agency, clerk: User, supervisor: User) -> None:
    draft = start_draft(township, 2023, clerk)
    Version.objects.filter(pk=draft.pk).update(overview="初次公开的文字", problems="无。", other="无。")
    assert found("初次公开") == []
    fill(draft)
    public = publish_draft(submit(draft, clerk), supervisor)
    assert found("初次公开") == [township.pk]
    correction = start_correction(public.report, clerk, "有误")
    Version.objects.filter(pk=correction.pk).update(overview="改过的文字")
    publish_draft(submit(correction, clerk), supervisor)
    assert found("初次公开") == []
    assert found("改过的文字") == [township.pk]


def fill(draft: Version) -> None:
    write_figures(draft, dict.fromkeys(EDITIONS[draft.edition].figures, 0))


def test_it_is_made_anew_from_the_versions(township: Agency, other_township: Agency) -> None:
    for agency in (township, other_township):
        version = publish(agency, 2023, overview="旧字")
        Version.objects.filter(pk=version.pk).update(overview="新字")
    seen: list[tuple[int, int]] = []
    assert rebuild(lambda done, total: seen.append((done, total))) == 2
    assert seen == [(2, 2)]
    assert found("旧字") == []
    assert found("新字") == [township.pk, other_township.pk]


def test_the_command_says_how_many(township: Agency) -> None:
    publish(township, 2023, overview="一段文字")
    out = StringIO()
    call_command("index_texts", stdout=out)
    assert "1 份" in out.getvalue()
    assert found("一段文字") == [township.pk]
