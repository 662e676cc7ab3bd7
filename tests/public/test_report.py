from __future__ import annotations

import hashlib
import re

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html
from pytest_django import DjangoAssertNumQueries

from agencies.models import Agency
from reports.models import Decision, Finding, Source, Version
from reports.standard import EDITIONS
from tests.published import ONE_GRANTED, publish

ADDRESS = "/reports/990101101000/2023/"


def page_of(reader: Client, address: str = ADDRESS) -> html.HtmlElement:
    response = reader.get(address)
    assert response.status_code == 200
    page: html.HtmlElement = html.fromstring(response.content.decode())
    return page


def cell(page: html.HtmlElement, key: str) -> html.HtmlElement:
    cells: list[html.HtmlElement] = page.xpath(f'//td[@id="cell-{key.replace(".", "-")}"]')
    (found,) = cells
    return found


def classes(element: html.HtmlElement) -> set[str]:
    return set((element.get("class") or "").split())


def text(element: html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


@pytest.mark.parametrize(("year", "edition"), [(2023, "2021"), (2020, "2019")])
def test_every_declared_cell_is_printed_once(reader: Client, township: Agency, year: int, edition: str) -> None:
    publish(township, year)
    page = page_of(reader, f"/reports/{township.code}/{year}/")
    printed = [element.get("id") for element in page.xpath('//td[starts-with(@id, "cell-")]')]
    assert printed == [f"cell-{key.replace('.', '-')}" for key in EDITIONS[edition].figures]


def test_it_reads_like_the_document(reader: Client, township: Agency) -> None:
    publish(
        township,
        2023,
        ONE_GRANTED,
        preamble="依规定编制。",
        overview="（一）主动公开。\n（二）依申请公开。",
        problems="无。",
    )
    page = page_of(reader)
    assert text(page.xpath("//h1")[0]) == "青山镇人民政府2023年政府信息公开工作年度报告"
    headings = [text(heading) for heading in page.xpath("//article/section/h2")]
    assert headings == [chapter.heading for chapter in EDITIONS["2021"].chapters]
    assert [text(line) for line in page.xpath('//section[@id="overview"]//p')] == [
        "（一）主动公开。",
        "（二）依申请公开。",
    ]
    assert "（原文没有这一部分。）" in text(page.xpath('//section[@id="other"]')[0])


def test_each_table_is_summed_up_in_a_sentence(reader: Client, township: Agency) -> None:
    publish(
        township,
        2023,
        ONE_GRANTED
        | {
            "disclosure.licensing.decisions": 12345,
            "proceedings.reconsideration.upheld": 2,
            "proceedings.reconsideration.total": 2,
        },
    )
    page = page_of(reader)
    assert [text(sentence) for sentence in page.xpath('//p[@class="in-short"]')] == [
        "行政许可本年处理决定数量 12 345，其余为零。",
        "本年新收 1 件，予以公开 1 件，无结转。",
        "行政复议 2 件（结果维持 2）。",
    ]


def test_zero_blank_and_mark_look_different(reader: Client, township: Agency) -> None:
    publish(
        township,
        2023,
        ONE_GRANTED | {"disclosure.penalty.decisions": None, "disclosure.coercion.decisions": None},
        marks={"disclosure.coercion.decisions": "/"},
    )
    page = page_of(reader)
    zero, number = cell(page, "applications.refused_process.total"), cell(page, "applications.granted.total")
    blank, mark = cell(page, "disclosure.penalty.decisions"), cell(page, "disclosure.coercion.decisions")
    assert [classes(each) & {"zero", "blank", "mark"} for each in (zero, number, blank, mark)] == [
        {"zero"},
        set(),
        {"blank"},
        {"mark"},
    ]
    assert [text(each) for each in (zero, number, blank, mark)] == ["0", "1", "未填", "/"]
    assert blank.get("title") == "未填"


def test_a_broken_equation_is_marked_in_its_cells_and_leads_to_the_list_and_back(
    reader: Client, township: Agency
) -> None:
    publish(township, 2023, ONE_GRANTED | {"proceedings.reconsideration.upheld": 1})
    page = page_of(reader)
    total = cell(page, "proceedings.reconsideration.total")
    assert "questioned" in classes(total)
    assert "questioned" in classes(cell(page, "proceedings.reconsideration.upheld"))
    (mark,) = page.xpath('//a[@class="finding-mark"]')
    (listed,) = page.xpath(f'//li[@id="{mark.get("href")[1:]}"]')
    assert "行政复议" in text(listed)
    assert "相差 1" in text(listed)
    (back,) = listed.xpath('.//a[starts-with(@href, "#cell-")]')
    assert page.xpath(f'//*[@id="{back.get("href")[1:]}"]')


def test_equations_are_written_out_beside_and_below_the_figures(reader: Client, township: Agency) -> None:
    publish(
        township,
        2023,
        {
            "applications.received.business": 3,
            "applications.received.total": 3,
            "applications.granted.business": 2,
            "applications.granted.total": 2,
            "applications.concluded.business": 2,
            "applications.concluded.total": 2,
            "proceedings.reconsideration.upheld": None,
        },
    )
    page = page_of(reader)
    below = [
        text(equation_line)
        for equation_line in page.xpath('//section[@id="applications"]//tfoot//td[contains(@class, "below")]')
    ]
    assert "3 + 0 ≠ 2 + 0 差 1" in below
    assert "0 + 0 = 0 + 0 ✓" in below
    beside = [
        text(equation_line) for equation_line in page.xpath('//section[@id="applications"]//tbody//td[@class="margin"]')
    ]
    assert "3 = 3 ✓" in beside
    assert "？ = 0 缺数" in [
        text(equation_line) for equation_line in page.xpath('//section[@id="proceedings"]//tfoot//td')
    ]


def test_what_cannot_be_decided_is_not_said_to_hold(reader: Client, township: Agency) -> None:
    publish(township, 2023, {"proceedings.reconsideration.upheld": None})
    assert "1 处关系因缺数不能核对" in text(page_of(reader).xpath('//*[@id="findings"]')[0])


def test_other_findings_are_public_only_once_a_supervisor_has_confirmed_them(reader: Client, township: Agency) -> None:
    publish(township, 2022, {})
    version = publish(township, 2023, {"applications.carried_in.total": 0, "applications.carried_in.business": 0})
    finding = Finding.objects.create(
        version=version,
        rule="carry_over",
        severity="warning",
        where="applications.carried_in.total",
        cells=["applications.carried_in.total"],
        operands={"applications.carried_in.total": 0, "last_year.applications.carried_out.total": 1},
        expected=1,
        actual=0,
        fingerprint="one",
    )
    for decision, public in (
        (Decision.OPEN, False),
        (Decision.EXPLAINED, False),
        (Decision.ACCEPTED, False),
        (Decision.DISMISSED, False),
        (Decision.RESOLVED, False),
        (Decision.CONFIRMED, True),
    ):
        finding.decision = decision
        finding.save()
        assert bool(page_of(reader).xpath('//li[@id="finding-1"]')) is public, decision
    assert "主管部门已确认" in text(page_of(reader).xpath('//li[@id="finding-1"]')[0])


def test_the_source_is_named_with_its_digest_and_the_place_of_each_figure(reader: Client, township: Agency) -> None:
    digest = hashlib.sha256(b"document").hexdigest()
    source = Source.objects.create(sha256=digest, name="报告.docx", size=8, file="2024/01/x")
    publish(township, 2023, source=source, places={"applications.received.total": {"grid": 2, "row": 4, "column": 8}})
    page = page_of(reader)
    assert digest in text(page)
    assert "报告.docx" in text(page)
    assert cell(page, "applications.received.total").get("title") == "原文第 2 张表，第 4 行，第 8 列"


def test_a_correction_keeps_the_earlier_version_public_with_the_difference_and_the_reason(
    reader: Client, township: Agency
) -> None:
    publish(township, 2023, {"disclosure.penalty.decisions": 3}, overview="旧")
    publish(township, 2023, {"disclosure.penalty.decisions": 5}, overview="新", reason="处罚数漏计")
    page = page_of(reader)
    versions = text(page.xpath('//ol[@class="versions"]')[0])
    assert "处罚数漏计" in versions
    assert "行政处罚：本年处理决定数量 3 → 5" in versions
    assert "一、总体情况" in versions
    old = page_of(reader, f"{ADDRESS}?version=1")
    assert text(cell(old, "disclosure.penalty.decisions")) == "3"
    assert "已被更正" in text(old)


@pytest.mark.parametrize("address", ["?version=3", "?version=x", "?version=", "?version=%00"])
def test_a_version_that_was_never_public_is_not_found(reader: Client, township: Agency, address: str) -> None:
    version = publish(township, 2023)
    Version.objects.create(report=version.report, number=3, edition="2021", state="draft")
    assert reader.get(ADDRESS + address).status_code == 404


def test_a_draft_is_not_found(reader: Client, township: Agency) -> None:
    version = publish(township, 2023)
    version.report.published = None
    version.report.save()
    assert reader.get(ADDRESS).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/reports/990101101000/1/", "/reports/x/2023/", "/reports/999999999999/2023/"])
def test_what_does_not_exist_is_not_found(reader: Client, address: str) -> None:
    assert reader.get(address).status_code == 404


def test_the_other_years_are_one_click_away(reader: Client, township: Agency) -> None:
    publish(township, 2022)
    publish(township, 2023)
    page = page_of(reader)
    assert page.xpath('//ul[@class="years-line"]//a/@href') == ["/reports/990101101000/2022/"]


def test_a_report_without_tables_shows_its_prose(reader: Client, township: Agency) -> None:
    publish(township, 2023, edition="", overview="只有文字。")
    page = page_of(reader)
    assert "只有文字。" in text(page)
    assert "原文没有标准表格" in text(page)


def test_markup_in_a_narrative_is_text(reader: Client, township: Agency) -> None:
    publish(township, 2023, overview="<script>alert(1)</script>", marks={"disclosure.penalty.decisions": "<b>"})
    source = reader.get(ADDRESS).content.decode()
    assert "<script>alert" not in source
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in source


def test_in_english_the_form_speaks_english(reader: Client, township: Agency) -> None:
    publish(township, 2023, ONE_GRANTED)
    reader.post("/language/", {"language": "en", "next": "/"})
    page = page_of(reader)
    assert "Applications received this year" in text(page)


def test_no_style_and_no_script_stands_in_the_page(reader: Client, township: Agency) -> None:
    publish(township, 2023, ONE_GRANTED)
    page = page_of(reader)
    assert page.xpath("//@style") == []
    assert page.xpath("//style | //script[not(@src) and not(@type='application/ld+json')]") == []


def test_a_constant_number_of_queries(
    reader: Client, township: Agency, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for year in range(2019, 2024):
        for _version in range(3):
            publish(township, year, {"applications.received.total": 1, "proceedings.reconsideration.total": 2})
    with django_assert_max_num_queries(5):
        reader.get(ADDRESS)


def test_it_can_be_cited_with_title_agency_date_and_a_lasting_address(reader: Client, township: Agency) -> None:
    version = publish(township, 2023)
    day = timezone.localtime(version.published_at).date()
    page = page_of(reader)
    assert text(page.xpath('//p[@id="citation"]')[0]) == (
        f"示例省示例市示例县青山镇人民政府. 青山镇人民政府2023年政府信息公开工作年度报告[R/OL]. "
        f"({day:%Y-%m-%d})[{timezone.localdate():%Y-%m-%d}]. http://testserver{ADDRESS}"
    )
    assert page.xpath('//link[@rel="canonical"]/@href') == [f"http://testserver{ADDRESS}"]


def test_an_earlier_version_is_cited_as_such(reader: Client, township: Agency) -> None:
    publish(township, 2023)
    publish(township, 2023, reason="有误")
    publish(township, 2023, reason="仍有误")
    page = page_of(reader, f"{ADDRESS}?version=2")
    assert text(page.xpath('//p[@id="citation"]')[0]).endswith(f"http://testserver{ADDRESS}?version=2")
    assert "年度报告：第2版[R/OL]" in text(page.xpath('//p[@id="citation"]')[0])
