"""The clerk's pages: the form mirrors the official tables, keeps what is typed, and refuses what does not balance."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from agencies.models import Agency, User
from reports import lifecycle
from reports.models import Finding, Report, Version
from reports.standard import EDITIONS
from tests.filing.entering import FORM, YEAR, address, stored, zeros
from tests.pages import text_of


@pytest.fixture
def version(township: Agency, clerk: User) -> Version:
    return lifecycle.start_draft(township, YEAR, clerk)


# ---- who may ----


def test_whoever_is_not_signed_in_is_sent_to_sign_in(version: Version, township: Agency, reader: Client) -> None:
    for url in (reverse("filing"), address(township)):
        answer = reader.get(url)
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("login"))


def test_for_an_outsider_the_draft_does_not_exist(version: Version, township: Agency, outsider_client: Client) -> None:
    assert outsider_client.get(address(township)).status_code == 404
    assert outsider_client.post(address(township), zeros(version)).status_code == 404
    assert outsider_client.post(reverse("filing"), {"agency": township.code, "year": YEAR}).status_code == 404
    assert set(stored(version).figures.values()) == {None}


def test_a_supervisor_reads_the_draft_and_cannot_write_it(
    version: Version, township: Agency, supervisor_client: Client
) -> None:
    page = supervisor_client.get(address(township))
    assert page.status_code == 200
    assert "readonly" in page.content.decode()
    assert 'value="save"' not in page.content.decode()
    assert supervisor_client.post(address(township), zeros(version)).status_code == 403
    assert set(stored(version).figures.values()) == {None}


def test_a_year_without_a_form_and_an_unknown_agency_are_not_found(township: Agency, clerk_client: Client) -> None:
    assert clerk_client.get(address(township, 2018)).status_code == 404
    assert clerk_client.get(reverse("draft", args=["990101999000", YEAR])).status_code == 404


# ---- the clerk's home ----


def test_the_home_says_what_is_missing_and_starts_it(township: Agency, clerk_client: Client) -> None:
    page = text_of(clerk_client.get(reverse("filing")))
    year = int(re.search(r"青山镇人民政府 (\d{4}) 年度报告", page)[1])  # type: ignore[index]
    assert "还没有开始" in page
    answer = clerk_client.post(reverse("filing"), {"agency": township.code, "year": year})
    assert answer["Location"] == address(township, year)
    assert "继续填写" in text_of(clerk_client.get(reverse("filing")))
    again = clerk_client.post(reverse("filing"), {"agency": township.code, "year": year})
    assert again["Location"] == address(township, year)
    assert Version.objects.count() == 1


def test_the_home_asks_the_same_number_of_queries_however_many_agencies_there_are(
    township: Agency,
    other_township: Agency,
    administrator: User,
    administrator_client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for agency in (township, other_township):
        for year in (2022, 2023, 2024):
            lifecycle.start_draft(agency, year, administrator)
    with django_assert_max_num_queries(9):
        administrator_client.get(reverse("filing"))


@pytest.mark.parametrize("year", ["", "abc", "2018", "9999", "20255", "²⁰²⁵"])
def test_no_draft_is_started_for_a_year_that_is_none(year: str, township: Agency, clerk_client: Client) -> None:
    assert clerk_client.post(reverse("filing"), {"agency": township.code, "year": year}).status_code == 302
    assert not Report.objects.exists()


# ---- the form ----


@pytest.mark.parametrize(("year", "edition"), [(2025, "2021"), (2020, "2019")])
def test_the_form_has_one_input_for_every_figure_of_the_edition(
    year: int, edition: str, township: Agency, clerk: User, clerk_client: Client
) -> None:
    lifecycle.start_draft(township, year, clerk)
    page = clerk_client.get(address(township, year)).content.decode()
    names = re.findall(r'<input name="([a-z_]+\.[a-z_.]+)"', page)
    assert names == list(EDITIONS[edition].figures)


def test_the_form_has_the_merged_headings_of_the_official_tables(
    version: Version, township: Agency, clerk_client: Client
) -> None:
    page = clerk_client.get(address(township)).content.decode()
    assert re.search(r'<th[^>]*colspan="5"[^>]*>法人或其他组织</th>', page)
    assert re.search(r'<th[^>]*rowspan="8"[^>]*>（三）不予公开</th>', page)
    assert 'style="' not in page


def test_the_page_takes_few_queries(
    version: Version, township: Agency, clerk_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        clerk_client.get(address(township))


def test_blank_and_unbalanced_is_saved_and_the_contradiction_is_shown(
    version: Version, township: Agency, clerk_client: Client
) -> None:
    sent = zeros(version, applications__received__natural_person="3", disclosure__fees__amount="")
    answer = clerk_client.post(address(township), sent)
    assert answer.status_code == 302
    figures = stored(version).figures
    assert figures["applications.received.natural_person"] == 3
    assert figures["applications.received.total"] == 0
    assert figures["disclosure.fees.amount"] is None
    page = text_of(clerk_client.get(address(township)))
    finding = Finding.objects.get(rule="row_total")
    assert finding.where == "applications.received"
    assert "自然人 3 ≠ 总计 0，相差 3" in page
    assert "3 ≠ 0，差 3" in page
    assert re.search(r'href="#finding-\d+"', page)
    assert 'id="finding-1"' in page


def test_a_sentence_against_the_table_leads_to_both(version: Version, township: Agency, clerk_client: Client) -> None:
    sentence, uneven = "收到政府信息公开申请1件。", "主动公开信息30条，其中政策文件10条、工作动态15条。"
    clerk_client.post(address(township), zeros(version, overview=f"总体情况。{sentence}{uneven}"))
    page = text_of(clerk_client.get(address(township)))
    said = page.split('class="contradiction-list"')[1]
    assert 'href="#applications.received.total"' in said
    assert f'<blockquote lang="zh-hans"><a href="#overview" data-quote="{sentence}">{sentence}</a></blockquote>' in said
    assert f'<a href="#overview" data-quote="{uneven}">' in said, "what concerns no cell leads to its sentence"
    assert '<span>一、总体情况</span><em class="state state-wrong">有矛盾</em>' in page


def test_what_is_only_worth_a_second_look_is_no_contradiction(
    version: Version, township: Agency, clerk_client: Client
) -> None:
    clerk_client.post(address(township), zeros(version))
    Finding.objects.create(
        version=version,
        rule="unlikely_figure",
        severity="info",
        where="disclosure.licensing",
        cells=["disclosure.licensing.decisions"],
        operands={
            "disclosure.licensing.decisions": 0,
            "middle": 1,
            "lowest": 1,
            "highest": 2,
            "count": 5,
            "beside": "own",
        },
        fingerprint="x",
    )
    page = text_of(clerk_client.get(address(township)))
    assert '<a class="mark" href="#finding-1"' in page
    assert "state-wrong" not in page


def test_numbers_are_understood_as_people_type_them(version: Version, township: Agency, clerk_client: Client) -> None:
    clerk_client.post(
        address(township),
        zeros(
            version,
            applications__received__natural_person="１２",
            applications__received__total="1,234",
            disclosure__licensing__decisions="12\N{THIN SPACE}345",
            disclosure__penalty__decisions="7件",
            disclosure__fees__amount="0.50",
            disclosure__coercion__decisions="／",
        ),
    )
    version = stored(version)
    assert version.figures["applications.received.natural_person"] == 12
    assert version.figures["applications.received.total"] == 1234
    assert version.figures["disclosure.licensing.decisions"] == 12345
    assert version.figures["disclosure.penalty.decisions"] == 7
    assert str(version.figures["disclosure.fees.amount"].normalize()) == "0.5"
    assert version.figures["disclosure.coercion.decisions"] is None
    assert version.marks == {"disclosure.coercion.decisions": "/"}
    page = clerk_client.get(address(township)).content.decode()
    assert re.search(r'name="disclosure.coercion.decisions"[^>]*value="/"', page)
    assert re.search(r'name="disclosure.fees.amount"[^>]*value="0.5"', page)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("三件", "不是数字"),
        ("1.5", "只能填整数"),
        ("-1", "不能小于 0"),
        ("1e9", "不用科学计数法"),
        ("99999999999", "太大"),
        ("1 2", "几个数连在一起"),
        ("<script>alert(1)</script>", "不是数字"),
        ("=1+1", "不是数字"),
    ],
)
def test_junk_is_answered_at_the_cell_and_nothing_typed_is_lost(
    typed: str, said: str, version: Version, township: Agency, clerk_client: Client
) -> None:
    key = "applications.received.natural_person"
    answer = clerk_client.post(
        address(township), zeros(version, overview="今年的情况") | {key: typed, "applications.received.total": "5"}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    cell = re.search(rf'<td[^>]*><input name="{key}".*?</td>', page, re.DOTALL)
    assert cell
    assert said in html.unescape(cell[0])
    assert f'value="{html.escape(typed)}"' in cell[0]
    assert 'aria-invalid="true"' in cell[0]
    assert "<script>alert" not in page
    version = stored(version)
    assert version.figures[key] is None
    assert version.figures["applications.received.total"] == 5
    assert version.narrative["overview"] == "今年的情况"


def test_an_invalid_postcode_keeps_the_rest(version: Version, township: Agency, clerk_client: Client) -> None:
    answer = clerk_client.post(address(township), zeros(version, contact_postcode="12", contact_phone="0631-1"))
    assert answer.status_code == 422
    assert "邮政编码是 6 位数字" in text_of(answer)
    assert stored(version).contact_phone == "0631-1"
    assert stored(version).contact_postcode == ""


def test_prose_keeps_its_paragraphs_and_scope_is_stored_line_by_line(
    version: Version, township: Agency, clerk_client: Client
) -> None:
    clerk_client.post(
        address(township),
        zeros(version, overview="第一段\r\n第二段", scope_kind="units", scope_units="甲村\r\n\r\n 乙村 "),
    )
    version = stored(version)
    assert version.narrative["overview"] == "第一段\n第二段"
    assert version.scope_kind == "units"
    assert version.scope_units == ["甲村", "乙村"]


def test_an_unknown_button_saves_nothing(version: Version, township: Agency, clerk_client: Client) -> None:
    answer = clerk_client.post(
        address(township), {"act": "sbumit", "overview": "总体情况", "revision": version.revision}
    )
    assert answer.status_code == 400
    assert stored(version).narrative["overview"] == ""


def test_what_is_not_sent_stays_and_unknown_keys_change_nothing(
    version: Version, township: Agency, clerk_client: Client
) -> None:
    clerk_client.post(address(township), zeros(version, overview="写好了"))
    sent = {
        "revision": stored(version).revision,
        "applications.received.total": "4",
        "applications.received.nobody": "9",
        "state": "published",
    }
    assert clerk_client.post(address(township), sent).status_code == 302
    version = stored(version)
    assert version.figures["applications.received.total"] == 4
    assert version.figures["applications.carried_in.total"] == 0
    assert version.narrative["overview"] == "写好了"
    assert version.state == "draft"


def test_filling_the_blanks_with_zero_is_one_act_and_leaves_marks_alone(
    version: Version, township: Agency, clerk_client: Client
) -> None:
    sent = dict.fromkeys(FORM.figures, "") | {
        "revision": version.revision,
        "act": "fill",
        "disclosure.fees.amount": "/",
        "applications.received.total": "3",
    }
    clerk_client.post(address(township), sent)
    figures = stored(version).figures
    assert figures.pop("disclosure.fees.amount") is None
    assert figures.pop("applications.received.total") == 3
    assert set(figures.values()) == {0}
