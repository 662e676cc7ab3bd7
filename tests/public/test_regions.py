from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from lxml import html
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from agencies.models import Agency, Division, Kind
from reports.public.regions import RegionTotals
from tests.published import ONE_GRANTED, checked_together, publish

RECEIVED = "applications.received.total"
COUNTY, CITY, PROVINCE = "/regions/990101000000/", "/regions/990100000000/", "/regions/990000000000/"


@pytest.fixture
def reports(township: Agency, other_township: Agency, foreign_township: Agency, county: Division) -> None:
    with checked_together():
        publish(township, 2023, {RECEIVED: 2})
        publish(other_township, 2023, {RECEIVED: 3})
        publish(foreign_township, 2023, {RECEIVED: 10})
        publish(Agency.objects.get(pk=f"{county.code}-01"), 2023, {RECEIVED: None})
        publish(Agency.objects.get(pk="990100000000"), 2023, {RECEIVED: 100}, scope_kind="own")
        publish(township, 2020, {RECEIVED: 7})


def totals(reader: Client, address: str) -> dict[int, RegionTotals]:
    found: dict[int, RegionTotals] = reader.get(address).context["shown"].totals
    return found


def parts(reader: Client, address: str) -> dict[str, RegionTotals]:
    return {part.place.name if part.place else "": part.totals for part in reader.get(address).context["shown"].lines}


@pytest.mark.usefixtures("reports")
class TestTotals:
    def test_of_county_city_province_and_nation(self, reader: Client) -> None:
        received = {address: totals(reader, address)[2023].sums["received"] for address in (COUNTY, CITY, PROVINCE)}
        assert received == {COUNTY: 5, CITY: 115, PROVINCE: 115}
        assert totals(reader, "/regions/")[2023].sums["received"] == 115

    def test_both_editions_count(self, reader: Client) -> None:
        assert totals(reader, COUNTY)[2020].sums["received"] == 7

    def test_how_many_reports_they_cover_and_how_many_are_owed(self, reader: Client) -> None:
        year = totals(reader, COUNTY)[2023]
        assert (year.reports, year.owing) == (3, Agency.objects.filter(pk__startswith="990101").count())

    def test_an_agency_owes_for_the_years_that_it_lives_through(self, reader: Client, township: Agency) -> None:
        before = {year: total.owing for year, total in totals(reader, COUNTY).items()}
        Agency.objects.filter(pk=township.pk).update(valid_to="2022-06-01")
        after = {year: total.owing for year, total in totals(reader, COUNTY).items()}
        assert {year: before[year] - after[year] for year in before} == {2023: 1, 2022: 1, 2021: 0, 2020: 0}

    def test_a_blank_is_no_zero_and_is_counted(self, reader: Client) -> None:
        assert totals(reader, COUNTY)[2023].blanks["received"] == 1
        assert "其中 1 份未填" in reader.get(COUNTY).content.decode()

    def test_where_all_are_blank_there_is_no_sum(self, reader: Client, county: Division) -> None:
        publish(Agency.objects.get(pk=county.code), 2021, {RECEIVED: None})
        assert totals(reader, COUNTY)[2021].sums["received"] is None

    def test_a_year_without_reports_is_a_gap_and_no_zero(self, reader: Client) -> None:
        shown = totals(reader, COUNTY)
        assert list(shown) == [2023, 2022, 2021, 2020]
        assert shown[2022].published == 0
        page = html.fromstring(reader.get(COUNTY).content.decode())
        (row,) = page.xpath('//section[1]//tr[th/a[text()="2022"]]')
        assert "没有公开的报告" in row.text_content()
        assert row.xpath("./td[2]")[0].text_content() == "—"

    def test_a_report_that_covers_its_area_stands_for_its_parts_and_the_page_says_so(
        self, reader: Client, county: Division
    ) -> None:
        publish(Agency.objects.get(pk=county.code), 2023, {RECEIVED: 6}, scope_kind="area")
        year = totals(reader, COUNTY)[2023]
        assert (year.sums["received"], year.reports, year.summaries, year.covered) == (6, 1, 1, 3)
        assert totals(reader, CITY)[2023].sums["received"] == 116
        assert parts(reader, CITY)["示例县"].sums["received"] == 6
        page = reader.get(COUNTY).content.decode()
        assert "1 份汇总报告代表 3 份报告" in page
        assert "已计入示例县人民政府的汇总" in page

    def test_what_a_city_counts_for_all_leaves_the_sums_of_its_counties_alone(self, reader: Client) -> None:
        publish(Agency.objects.get(pk="990100000000"), 2023, {RECEIVED: 120}, scope_kind="area")
        assert totals(reader, CITY)[2023].sums["received"] == 120
        assert totals(reader, "/regions/")[2023].sums["received"] == 120
        assert totals(reader, COUNTY)[2023].sums["received"] == 5
        assert parts(reader, CITY)["示例县"].sums["received"] == 5

    def test_a_report_of_unknown_scope_is_not_added_and_the_page_says_how_many(
        self, reader: Client, county: Division
    ) -> None:
        publish(Agency.objects.get(pk=county.code), 2023, {RECEIVED: 6})
        year = totals(reader, COUNTY)[2023]
        assert (year.sums["received"], year.reports, year.unknown) == (5, 3, 1)
        page = reader.get(COUNTY).content.decode()
        assert "1 份报告没有说明表中数据包括哪些机关，没有相加" in page
        assert "统计范围未说明，未相加" in page


@pytest.mark.usefixtures("reports")
class TestTheWayDown:
    def test_a_city_lists_its_counties_and_its_own_bodies_and_they_add_up(self, reader: Client) -> None:
        found = parts(reader, CITY)
        assert {name: total.sums["received"] for name, total in found.items()} == {"": 100, "示例县": 5, "邻水县": 10}
        assert sum(total.owing for total in found.values()) == totals(reader, CITY)[2023].owing

    def test_a_county_lists_its_agencies_those_without_a_report_too(self, reader: Client, county: Division) -> None:
        units = {unit.agency.name: unit.report for unit in reader.get(COUNTY).context["shown"].lines}
        assert units["示例县人民政府"] is None
        assert units["青山镇人民政府"] is not None
        page = html.fromstring(reader.get(COUNTY).content.decode())
        assert page.xpath('//a[text()="青山镇人民政府"]/@href') == ["/reports/990101101000/2023/"]

    def test_what_only_the_codes_know_is_passed_over(self, reader: Client, city: Division) -> None:
        district = Division.objects.create(
            code="990200000000", name="市辖区", level=2, parent=city.parent, placeholder=True
        )
        place = Division.objects.create(code="990201000000", name="东区", level=3, parent=district)
        Agency.objects.create(code=place.code, name="东区人民政府", kind=Kind.GOVERNMENT, division=place)
        assert "东区" in parts(reader, PROVINCE)
        assert "市辖区" not in parts(reader, PROVINCE)
        assert reader.get("/regions/990200000000/").status_code == 404
        assert [above.name for above in reader.get("/regions/990201000000/").context["above"]] == ["示例省"]

    def test_the_year_and_the_order_live_in_the_address(self, reader: Client) -> None:
        assert [*parts(reader, f"{CITY}?year=2020")] == ["", "示例县", "邻水县"]
        assert parts(reader, f"{CITY}?year=2020")["示例县"].sums["received"] == 7
        assert [*parts(reader, f"{CITY}?sort=received")] == ["示例县", "邻水县", ""]
        assert [*parts(reader, f"{CITY}?sort=-received")] == ["", "邻水县", "示例县"]
        assert [*parts(reader, f"{CITY}?year=2020&sort=received")] == ["示例县", "", "邻水县"]

    def test_comparing_the_parts_is_one_click_away(self, reader: Client) -> None:
        assert 'href="/compare/?agency=division:990101000000"' in reader.get(COUNTY).content.decode()
        page = html.fromstring(reader.get(CITY).content.decode())
        assert page.xpath('//a[contains(@href, "/compare/?agency=division:990100000000")]')


@pytest.mark.usefixtures("reports")
class TestFiles:
    def test_csv_holds_what_the_page_shows(self, reader: Client) -> None:
        response = reader.get(f"{CITY}download/csv/?year=2023&sort=-received")
        assert 'filename="nianbao-990100000000-2023.csv"' in response["Content-Disposition"]
        rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
        years = {row["year"]: (row["published"], row["received"]) for row in rows[:4]}
        assert years == {"2023": ("5", "115"), "2022": ("0", ""), "2021": ("0", ""), "2020": ("1", "7")}
        assert [(row["name"], row["received"]) for row in rows[4:]] == [
            ("示例省示例市本级", "100"),
            ("示例省示例市邻水县", "10"),
            ("示例省示例市示例县", "5"),
        ]
        assert rows[-1]["received_blank"] == "1"

    def test_a_workbook_holds_the_same_as_numbers(self, reader: Client) -> None:
        content = reader.get(f"{COUNTY}download/xlsx/?year=2023").content
        (sheet,) = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
        rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(sheet).to_python()
        assert sheet == "示例省示例市示例县"
        assert rows[0][:7] == ["代码", "名称", "年度", "应编制", "已公开", "已相加", "已计入汇总"]
        assert rows[0][7:10] == ["范围未说明", "范围重叠", "新收"]
        named = {row[1]: row[9] for row in rows[5:]}
        assert named["示例省示例市示例县青山镇人民政府"] == 2
        assert named["示例省示例市示例县人民政府"] == ""
        assert named["示例省示例市示例县教育局"] == ""

    @pytest.mark.parametrize("place", ["/regions/", CITY, COUNTY])
    def test_json_is_what_programs_are_told(self, reader: Client, place: str) -> None:
        response = reader.get(f"{place}download/json/?year=2023")
        assert response["Content-Type"] == "application/json"
        assert response.json() == reader.get(f"/api/v1{place}?year=2023").json()

    def test_the_nation_has_its_file(self, reader: Client) -> None:
        assert reader.get("/regions/download/csv/").status_code == 200

    def test_no_name_becomes_a_formula(self, reader: Client, township: Agency) -> None:
        Agency.objects.filter(pk=township.pk).update(name="=1+1")
        Division.objects.filter(pk=township.division_id).update(path="")
        assert "'=1+1" in reader.get(f"{COUNTY}download/csv/").content.decode()

    @pytest.mark.parametrize("form", ["pdf", "exe"])
    def test_another_format_is_not_found(self, reader: Client, form: str) -> None:
        assert reader.get(f"{CITY}download/{form}/").status_code == 404


@pytest.mark.usefixtures("reports")
@pytest.mark.parametrize(
    "query", ["?year=1999", "?year=x", "?year=99999999", "?year=%00", "?sort=password", "?sort=--"]
)
def test_absurd_addresses_are_answered(reader: Client, query: str) -> None:
    for address in ("/regions/", CITY, COUNTY):
        assert reader.get(address + query).status_code == 200


@pytest.mark.usefixtures("reports")
def test_a_year_without_any_report_is_named(reader: Client) -> None:
    assert "没有 1999 年度的报告" in reader.get(f"{CITY}?year=1999").content.decode()


@pytest.mark.django_db
def test_an_unknown_region_is_not_found(reader: Client) -> None:
    assert reader.get("/regions/123456789012/").status_code == 404


@pytest.mark.django_db
def test_an_empty_site_says_what_would_be_here(reader: Client) -> None:
    assert "还没有公开的报告" in reader.get("/regions/").content.decode()
    assert reader.get("/regions/download/csv/").status_code == 200


@pytest.mark.usefixtures("reports")
def test_a_constant_number_of_queries(
    reader: Client, county: Division, city: Division, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def queries() -> list[int]:
        counts = []
        for address in ("/regions/", PROVINCE, CITY, COUNTY):
            with django_assert_max_num_queries(8) as captured:
                reader.get(address)
            counts.append(len(captured))
        return counts

    once = queries()
    with checked_together():
        for number in range(10, 20):
            other = Agency.objects.create(
                code=f"{county.code}-{number}", name=f"第{number}局", kind=Kind.DEPARTMENT, division=county
            )
            publish(other, 2021 + number % 3, ONE_GRANTED)
    assert queries() == once
