"""The one search box. Runs on both databases: their indexes have to find the same."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html
from pytest_django import DjangoAssertNumQueries

from agencies.models import Agency, Division, FormerName, Kind
from tests.published import checked_together, publish

HOSTILE = [
    '"',
    "'",
    "%",
    "_",
    "\\",
    "*",
    "复议*",
    '"复议',
    "复议 AND OR NOT",
    "NEAR(复议 诉讼, 2)",
    "words:复议",
    "复议:*",
    "a & | ! b",
    "(((((",
    "<script>alert(1)</script>",
    "{{ 7 }}",
    "-",
    "--",
    ";DROP TABLE reports_fulltext",
    "复\x00议",
    "\x01\x02",
    "长" * 5000,
    "一 " * 3000,
    "𠀀𠀁",
    "مرحبا",
    "🀄",
    "1" * 400,
    "a" * 400,
    "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
]


def names(reader: Client, query: str) -> list[str]:
    tables = reader.get("/search/", {"q": query}).context["tables"]
    return [row.record.name for row in tables["agencies"].rows] if "agencies" in tables else []


def said(reader: Client, query: str) -> list[str]:
    """Which reports say so: `code year`."""
    tables = reader.get("/search/", {"q": query, "in": "texts"}).context["tables"]
    return [f"{row.record.agency_id} {row.record.year}" for row in tables["texts"].rows] if "texts" in tables else []


@pytest.mark.parametrize(
    "text",
    [
        "青山镇",
        "青山",
        "qingshan",
        "QINGSHAN",
        "qing shan",
        "qszrmzf",
        "qsz",
        "990101101",
        "示例县 青山",
        "shilixian qsz",
    ],
)
def test_an_agency_is_found_by_name_part_pinyin_initials_or_code(reader: Client, township: Agency, text: str) -> None:
    assert names(reader, text) == ["青山镇人民政府"]


def test_a_former_name_still_finds_it(reader: Client, township: Agency) -> None:
    FormerName.objects.create(agency=township, name="老山乡人民政府")
    assert names(reader, "老山乡") == ["青山镇人民政府"]


def test_the_best_fit_leads(reader: Client, township: Agency, county: Division) -> None:
    other = Division.objects.create(code="990101103000", name="大青山镇", level=4, parent=county)
    Agency.objects.create(code=other.code, name="大青山镇人民政府", kind=Kind.TOWNSHIP, division=other)
    assert names(reader, "青山镇") == ["青山镇人民政府", "大青山镇人民政府"]


def test_places_lead_to_their_region(reader: Client, township: Agency) -> None:
    for text in ("示例县", "示例 示例县", "shilixian", "slx", "990101"):
        places = reader.get("/search/", {"q": text}).context["places"]
        assert "示例县" in [place.name for place in places], text
    page = reader.get("/search/", {"q": "示例县"}).content.decode()
    assert 'href="/regions/990101000000/"' in page
    assert reader.get("/search/", {"q": "青山"}).context["places"] == []


def test_a_word_of_two_characters_is_found_and_marked_in_its_sentence(reader: Client, township: Agency) -> None:
    publish(township, 2023, problems="（一）问题。\n本年度行政复议 3 件 <b>。")
    response = reader.get("/search/", {"q": "复议"})
    page = html.fromstring(response.content.decode())
    (cell,) = page.xpath('//td[@class="excerpts"]')
    assert [mark.text for mark in cell.xpath(".//mark")] == ["复议"]
    assert "五、存在的主要问题及改进情况" in cell.text_content()
    assert "本年度行政复议 3 件 <b>。" in cell.text_content()
    assert "&lt;b&gt;" in response.content.decode()


def test_each_agency_shows_its_years_and_leads_to_them(reader: Client, township: Agency) -> None:
    publish(township, 2021)
    publish(township, 2023)
    page = html.fromstring(reader.get("/search/", {"q": "青山"}).content.decode())
    links = page.xpath('//td[contains(@class, "years-line")]/a/@href')
    assert links == ["/reports/990101101000/2023/", "/reports/990101101000/2021/"]


def test_only_what_the_public_sees_is_searched(reader: Client, township: Agency) -> None:
    publish(township, 2023, overview="原来的话")
    publish(township, 2023, overview="更正的话")
    assert said(reader, "原来的话") == []
    assert said(reader, "更正的话") == ["990101101000 2023"]


def test_the_state_lives_in_the_address(reader: Client, county: Division) -> None:
    with checked_together():
        for number in range(10, 15):
            other = Agency.objects.create(
                code=f"{county.code}-{number}", name=f"第{number}局", kind=Kind.DEPARTMENT, division=county
            )
            for year in range(2019, 2025):
                publish(other, year, overview="网站")
    assert len(said(reader, "网站")) == 30
    page = reader.get("/search/?q=网站&in=texts&sort=year&page=2").context["tables"]["texts"].page
    assert [row.record.year for row in page] == [2024] * 5
    few = reader.get("/search/?q=网站&page=2")
    assert len(list(few.context["tables"]["texts"].rows)) == 8
    assert "in=texts" in few.content.decode()
    assert 'href="/reports/?text=%E7%BD%91%E7%AB%99"' in few.content.decode()


@pytest.mark.parametrize("address", ["page=99999", "page=-1", "page=x", "sort=password", "sort=-year,x", "in=nothing"])
def test_odd_addresses_show_the_nearest_page(reader: Client, township: Agency, address: str) -> None:
    publish(township, 2023, overview="网站")
    for kind in ("texts", "agencies"):
        assert reader.get(f"/search/?q=网站&in={kind}&{address}").status_code == 200


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_typed_is_answered(reader: Client, township: Agency, text: str) -> None:
    publish(township, 2023, overview="行政复议")
    for address in ("/search/", "/search/suggestions/", "/reports/"):
        for name in ("q", "text"):
            response = reader.get(address, {name: text})
            assert response.status_code == 200
            assert "<script>alert" not in response.content.decode()


def test_nothing_found_says_so_and_how_to_go_on(reader: Client, township: Agency) -> None:
    page = reader.get("/search/", {"q": "不存在 青山"}).content.decode()
    assert "没有找到“不存在 青山”" in page
    assert 'href="/search/?q=%E9%9D%92%E5%B1%B1"' in page
    assert "拼音" in page


@pytest.mark.django_db
def test_without_a_word_it_says_what_can_be_looked_for(reader: Client) -> None:
    assert "想找什么" in reader.get("/search/").content.decode()
    assert "想找什么" in reader.get("/search/?q=%20%00").content.decode()


def test_suggestions_are_options_that_know_their_address(reader: Client, township: Agency) -> None:
    options = html.fromstring(f"<ul>{reader.get('/search/suggestions/?q=shili').content.decode()}</ul>")
    addresses = options.xpath("//li[@role='option']/@data-address")
    assert addresses[0] == "/regions/990000000000/"
    assert "/agencies/990101000000/" in addresses
    assert addresses[-1] == "/search/?q=shili"
    assert reader.get("/search/suggestions/?q=").content.decode().strip() == ""


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/reports/", "/regions/", "/compare/", "/search/", "/accounts/login/"])
def test_every_page_has_one_box(reader: Client, address: str) -> None:
    page = html.fromstring(reader.get(address).content.decode())
    (form,) = page.xpath('//form[@action="/search/"]')
    assert form.xpath(".//input/@name") == ["q"]
    assert form.xpath(".//label/@for") == form.xpath(".//input/@id")


def test_as_many_queries_for_many_results_as_for_one(
    reader: Client, county: Division, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def queries(address: str) -> int:
        with django_assert_max_num_queries(8) as captured:
            assert reader.get(address).status_code == 200
        return len(captured)

    addresses = [f"/search/?q=示例{kind}" for kind in ("", "&in=agencies", "&in=texts")]
    addresses.append("/search/suggestions/?q=示例")
    publish(Agency.objects.get(pk=county.code), 2023, overview="示例")
    once = [queries(address) for address in addresses]
    with checked_together():
        for number in range(10, 20):
            other = Agency.objects.create(
                code=f"{county.code}-{number}", name=f"示例第{number}局", kind=Kind.DEPARTMENT, division=county
            )
            publish(other, 2023, overview="示例")
    assert [queries(address) for address in addresses] == once
