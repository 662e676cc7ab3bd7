from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from agencies.models import Agency, Division, Kind
from reports.models import Decision
from tests.published import ONE_GRANTED, checked_together, publish


def listed(reader: Client, query: str = "") -> list[str]:
    """What the list shows: `name year`, line by line."""
    response = reader.get(f"/reports/{query}")
    assert response.status_code == 200
    return [f"{row.record.agency.name} {row.record.year}" for row in response.context["table"].page.object_list]


@pytest.fixture
def reports(township: Agency, other_township: Agency, foreign_township: Agency, county: Division) -> None:
    with checked_together():
        publish(township, 2023, ONE_GRANTED)
        publish(township, 2020, {key: 5 * value for key, value in ONE_GRANTED.items()})
        publish(other_township, 2023, {"applications.received.total": 3})
        publish(foreign_township, 2023, dict.fromkeys(("applications.received.total",)))
        publish(Agency.objects.get(pk=county.code), 2022)


@pytest.mark.usefixtures("reports")
class TestFilters:
    def test_without_any_all_reports_are_listed_the_newest_year_first(self, reader: Client) -> None:
        assert listed(reader) == [
            "青山镇人民政府 2023",
            "绿水镇人民政府 2023",
            "远山镇人民政府 2023",
            "示例县人民政府 2022",
            "青山镇人民政府 2020",
        ]

    def test_by_year(self, reader: Client) -> None:
        assert listed(reader, "?year=2020") == ["青山镇人民政府 2020"]

    def test_by_region(self, reader: Client) -> None:
        assert listed(reader, "?county=990102000000") == ["远山镇人民政府 2023"]
        assert len(listed(reader, "?province=990000000000")) == 5

    def test_what_lies_above_a_region_follows_from_its_code(self, reader: Client) -> None:
        page = reader.get("/reports/?county=990102000000")
        assert [chip.value for chip in page.context["chips"]] == ["示例省", "示例市", "邻水县"]

    def test_a_county_left_over_from_another_city_goes(self, reader: Client) -> None:
        page = reader.get("/reports/?province=&city=&county=990102000000")
        assert page.context["chips"] == []

    def test_by_kind(self, reader: Client) -> None:
        assert listed(reader, "?kind=government") == ["示例县人民政府 2022"]

    def test_by_balance(self, reader: Client) -> None:
        assert listed(reader, "?balanced=no") == ["绿水镇人民政府 2023"]
        assert listed(reader, "?balanced=yes") == [
            "青山镇人民政府 2023",
            "示例县人民政府 2022",
            "青山镇人民政府 2020",
        ]

    def test_a_report_with_a_blank_is_neither_balanced_nor_broken(self, reader: Client) -> None:
        assert listed(reader, "?balanced=unknown") == ["远山镇人民政府 2023"]
        row = reader.get("/reports/?balanced=unknown").content.decode()
        assert "? 缺数" in row
        assert "✓ 平衡" not in row

    @pytest.mark.parametrize("text", ["青山", "示例县 青山", "990101101000", "990101101"])
    def test_by_name_place_or_code(self, reader: Client, text: str) -> None:
        assert listed(reader, f"?q={text}&year=2023") == ["青山镇人民政府 2023"]

    def test_a_chip_takes_its_filter_away(self, reader: Client) -> None:
        chips = reader.get("/reports/?year=2023&kind=township").context["chips"]
        assert {chip.label: chip.without for chip in chips} == {"年度": "?kind=township", "单位类别": "?year=2023"}

    def test_nothing_found_says_so_and_what_to_do(self, reader: Client) -> None:
        page = reader.get("/reports/?q=不存在的地方").content.decode()
        assert "没有符合条件的报告" in page
        assert "可以去掉一两个条件再看" in page


@pytest.mark.usefixtures("reports")
class TestFacets:
    def facet(self, reader: Client, key: str, query: str = "") -> dict[str, int]:
        facets = {facet.key: facet for facet in reader.get(f"/reports/{query}").context["facets"]}
        return {choice.label: choice.count for choice in facets[key].choices}

    def test_each_choice_has_its_count(self, reader: Client) -> None:
        assert self.facet(reader, "region") == {"示例省": 5}
        assert self.facet(reader, "year") == {"2023": 3, "2022": 1, "2020": 1}
        assert self.facet(reader, "kind") == {"人民政府": 1, "乡镇人民政府": 4}
        assert self.facet(reader, "balanced") == {"平衡": 3, "有不平": 1, "缺数，不能核对": 1}

    def test_regions_go_down_step_by_step(self, reader: Client) -> None:
        assert self.facet(reader, "region", "?province=990000000000") == {"示例市": 5}
        assert self.facet(reader, "region", "?city=990100000000") == {"示例县": 4, "邻水县": 1}
        assert self.facet(reader, "region", "?county=990101000000&year=2023") == {"示例县": 2, "邻水县": 1}

    def test_the_other_filters_count_its_own_does_not(self, reader: Client) -> None:
        assert self.facet(reader, "year", "?year=2020&county=990101000000") == {"2023": 2, "2022": 1, "2020": 1}
        assert self.facet(reader, "balanced", "?year=2023&balanced=no") == {"平衡": 1, "有不平": 1, "缺数，不能核对": 1}
        assert self.facet(reader, "kind", "?q=青山") == {"乡镇人民政府": 2}

    def test_each_link_leaves_as_many_as_it_says(self, reader: Client) -> None:
        for query in ("", "?year=2023", "?city=990100000000&kind=township", "?balanced=yes&sort=year&page=3"):
            for facet in reader.get(f"/reports/{query}").context["facets"]:
                for choice in facet.choices:
                    if not choice.chosen:
                        assert len(listed(reader, choice.address)) == choice.count, (query, choice.label)

    def test_a_chosen_one_leads_back(self, reader: Client) -> None:
        facets = reader.get("/reports/?county=990101000000&year=2023").context["facets"]
        back = {choice.label: choice.address for facet in facets for choice in facet.choices if choice.chosen}
        assert set(back) == {"示例县", "2023"}
        assert len(listed(reader, back["示例县"])) == 3
        assert [choice.label for choice in facets[0].above] == ["全国", "示例省", "示例市"]

    def test_words_of_the_text_narrow_them_and_show_their_sentence(self, reader: Client, township: Agency) -> None:
        publish(township, 2023, overview="收到行政复议申请。")
        assert listed(reader, "?text=复议") == ["青山镇人民政府 2023"]
        assert self.facet(reader, "year", "?text=复议") == {"2023": 1}
        page = reader.get("/reports/?text=复议").content.decode()
        assert "收到行政<mark>复议</mark>申请。" in page
        assert "正文摘录" not in reader.get("/reports/").content.decode()

    def test_pinyin_narrows_by_name(self, reader: Client) -> None:
        assert listed(reader, "?q=qingshan&year=2023") == ["青山镇人民政府 2023"]


@pytest.mark.usefixtures("reports")
class TestOrder:
    def test_by_a_headline_figure_over_both_editions_blanks_last(self, reader: Client) -> None:
        assert listed(reader, "?sort=-received") == [
            "青山镇人民政府 2020",
            "绿水镇人民政府 2023",
            "青山镇人民政府 2023",
            "示例县人民政府 2022",
            "远山镇人民政府 2023",
        ]
        assert listed(reader, "?sort=received")[-1] == "远山镇人民政府 2023"

    @pytest.mark.parametrize(
        "column",
        ["received", "granted", "concluded", "carried_out", "reconsideration", "litigation", "agency", "year"],
    )
    def test_by_every_column_and_said_so(self, reader: Client, column: str) -> None:
        for sign, said in (("", "ascending"), ("-", "descending")):
            page = reader.get(f"/reports/?sort={sign}{column}").content.decode()
            assert re.findall(r'aria-sort="(\w+)"', page) == [said]

    def test_an_order_that_does_not_exist_is_none(self, reader: Client) -> None:
        assert len(listed(reader, "?sort=password,-nothing")) == 5

    def test_a_blank_is_no_zero(self, reader: Client) -> None:
        page = reader.get("/reports/?q=远山镇").content.decode()
        assert 'class="blank" title="未填"' in page


@pytest.mark.usefixtures("reports")
@pytest.mark.parametrize(
    "query",
    [
        "?page=99999",
        "?page=-1",
        "?page=x",
        "?per_page=1000000",
        "?year=abc",
        "?year=99999999999999999999",
        "?province=%00",
        "?county=37",
        "?q=%00",
        "?q=" + "长" * 5000,
        "?q=%25_'\"<script>",
        "?kind=nothing&balanced=maybe",
        "?sort=%00&sort=-received",
    ],
)
def test_absurd_addresses_are_answered(reader: Client, query: str) -> None:
    response = reader.get(f"/reports/{query}")
    assert response.status_code == 200
    assert "<script>" not in response.content.decode().replace("<script src=", "")


@pytest.mark.usefixtures("reports")
def test_a_filter_that_cannot_be_read_is_named(reader: Client) -> None:
    assert "有的筛选条件认不出，已略去：年度" in reader.get("/reports/?year=abc").content.decode()


def test_drafts_are_not_listed(reader: Client, township: Agency) -> None:
    version = publish(township, 2023)
    version.report.published = None
    version.report.save()
    assert listed(reader) == []


def test_a_broken_equation_counts_whatever_was_decided_about_it_until_it_is_gone(
    reader: Client, township: Agency
) -> None:
    version = publish(township, 2023, {"applications.received.total": 1})
    version.findings.update(decision=Decision.ACCEPTED)
    assert listed(reader, "?balanced=no") == ["青山镇人民政府 2023"]
    version.findings.update(decision=Decision.RESOLVED)
    assert listed(reader, "?balanced=no") == []


def test_as_many_queries_for_a_hundred_reports_as_for_one(
    reader: Client, county: Division, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def queries(count: int) -> int:
        with django_assert_max_num_queries(10) as captured:
            assert len(listed(reader, "?county=990101000000&sort=-received&balanced=no&kind=department")) == count
        return len(captured)

    publish(Agency.objects.get(pk=f"{county.code}-01"), 2024, {"applications.received.total": 1})
    once = queries(1)
    with checked_together():
        for number in range(10, 30):
            other = Agency.objects.create(
                code=f"{county.code}-{number}", name=f"第{number}局", kind=Kind.DEPARTMENT, division=county
            )
            publish(other, 2024, {"applications.received.total": 1})
    assert queries(21) == once


def test_fifty_a_page(reader: Client, county: Division) -> None:
    with checked_together():
        for number in range(10, 62):
            other = Agency.objects.create(
                code=f"{county.code}-{number}", name=f"第{number}局", kind=Kind.DEPARTMENT, division=county
            )
            publish(other, 2024)
    assert len(listed(reader)) == 50
    assert len(listed(reader, "?page=2")) == 2
    assert "显示第 51 至 52 份" in reader.get("/reports/?page=2").content.decode()
