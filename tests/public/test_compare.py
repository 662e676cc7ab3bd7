from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from agencies.models import Agency, Division, Kind
from reports.public.comparison.ledger import Ledger
from reports.public.comparison.overview import Comparison
from reports.public.comparison.query import MAX_AGENCIES, MAX_SIDE_BY_SIDE
from reports.standard.measures import HEADLINES
from tests.pages import text_of
from tests.published import checked_together, publish

GREEN, CLEAR, FAR = "990101101000", "990101102000", "990102101000"
OTHERWISE = "applications.other.total"
"""What the trial edition counted in one row and the 2021 edition counts in three."""


def compared(reader: Client, query: str) -> Comparison:
    response = reader.get(f"/compare/?{query}")
    assert response.status_code == 200
    comparison = response.context["comparison"]
    assert isinstance(comparison, Comparison)
    return comparison


def shown(comparison: Comparison, row: int = 0) -> list[list[str]]:
    """Of each agency, what stands in its steps: the figure, else its state."""
    return [
        [drawn.reported.shown or drawn.reported.state for drawn in cell.reported_values]
        for cell in comparison.rows[row].cells
    ]


@pytest.fixture
def reports(township: Agency, other_township: Agency, foreign_township: Agency) -> None:
    with checked_together():
        for year, received in ((2020, 2), (2021, 4), (2023, 9)):
            publish(township, year, {"applications.received.total": received})
        publish(other_township, 2021, {"applications.received.total": 1})
        publish(other_township, 2023, {"applications.received.total": None}, marks={"applications.received.total": "—"})
        publish(foreign_township, 2023, {"applications.received.total": 12000})


@pytest.mark.usefixtures("reports")
class TestTable:
    def test_agencies_are_columns_in_the_order_asked_for_and_years_are_steps(self, reader: Client) -> None:
        comparison = compared(reader, f"agency={CLEAR}&agency={GREEN}&figure=received")
        assert [agency.pk for agency in comparison.agencies] == [CLEAR, GREEN]
        assert comparison.years == (2020, 2021, 2023)
        assert shown(comparison) == [["missing", "1", "—"], ["2", "4", "9"]]

    def test_only_the_years_asked_for(self, reader: Client) -> None:
        assert compared(reader, f"agency={GREEN}&year=2021&year=2023").years == (2021, 2023)

    def test_without_figures_the_headlines(self, reader: Client) -> None:
        rows = compared(reader, f"agency={GREEN}").rows
        assert [row.quantity.key for row in rows] == list(HEADLINES)

    def test_the_largest_difference_is_named(self, reader: Client) -> None:
        comparison = compared(reader, f"agency={GREEN}&agency={FAR}&agency={CLEAR}")
        assert comparison.largest is not None
        spread = comparison.largest.spread
        assert spread is not None
        assert comparison.largest.quantity.key == "received"
        assert (spread.year, spread.difference) == (2023, 11991)
        assert (spread.most.pk, spread.least.pk) == (FAR, GREEN)
        page = reader.get(f"/compare/?agency={GREEN}&agency={FAR}").content.decode()
        assert "相差 <b>11\N{THIN SPACE}991</b> 件" in page

    def test_heights_share_one_scale_and_nothing_but_zero_vanishes(self, reader: Client) -> None:
        (row,) = compared(reader, f"agency={GREEN}&agency={FAR}&year=2023&figure=received").rows
        assert [cell.reported_values[0].level for cell in row.cells] == [1, 12]

    def test_what_all_share_is_no_extreme(self, reader: Client) -> None:
        (row,) = compared(reader, f"agency={GREEN}&agency={FAR}&figure=granted").rows
        assert row.spread is None
        assert {drawn.extreme for cell in row.cells for drawn in cell.reported_values} == {""}


def test_whose_figures_are_not_the_bodys_alone_is_said_below(
    reader: Client, county: Division, township: Agency
) -> None:
    publish(township, 2023)
    for year in (2022, 2023):
        publish(Agency.objects.get(pk=county.code), year, scope_kind="area")
    page = text_of(reader.get(f"/compare/?agency={GREEN}&agency={county.code}"))
    assert "示例县人民政府 2022、2023 年（全辖区汇总）" in page
    assert "青山镇人民政府 2023 年（" not in page
    ranks = text_of(reader.get(f"/compare/?agency={GREEN}&agency={county.code}&view=ranks&at=2023"))
    assert "示例县人民政府 2023 年（全辖区汇总）" in ranks


class TestAcrossEditions:
    def test_one_row_of_2019_compares_with_the_sum_of_three(self, reader: Client, township: Agency) -> None:
        publish(township, 2020, {"applications.other.total": 7})
        publish(township, 2021, {"applications.other_overdue_fee.total": 2, "applications.other_other.total": 3})
        assert shown(compared(reader, f"agency={GREEN}&figure={OTHERWISE}")) == [["7", "5"]]

    def test_a_sum_is_never_split(self, reader: Client, township: Agency) -> None:
        publish(township, 2020, {"applications.other.total": 7})
        publish(township, 2021, {"applications.other_other.total": 3})
        reported_values = shown(compared(reader, f"agency={GREEN}&figure=applications.other_other.total"))
        assert reported_values == [["incomparable", "3"]]

    def test_a_sum_with_a_blank_part_is_blank(self, reader: Client, township: Agency) -> None:
        publish(township, 2021, {"applications.other_other.total": None})
        assert shown(compared(reader, f"agency={GREEN}&figure={OTHERWISE}")) == [["blank"]]

    def test_what_2019_alone_counts_has_no_figure_later(self, reader: Client, township: Agency) -> None:
        publish(township, 2020, {"disclosure.procurement.amount": 1.5})
        publish(township, 2021)
        reported_values = shown(compared(reader, f"agency={GREEN}&figure=disclosure.procurement.amount"))
        assert reported_values == [["1.5", "incomparable"]]


@pytest.mark.usefixtures("reports")
class TestChoosing:
    def test_agencies_are_found_by_name_and_not_offered_twice(self, reader: Client) -> None:
        response = reader.get(f"/compare/?find=示例县&agency={GREEN}")
        assert GREEN not in [agency.pk for agency in response.context["offers"].agencies]
        assert CLEAR in [agency.pk for agency in response.context["offers"].agencies]

    def test_all_townships_of_a_county_at_once(self, reader: Client) -> None:
        response = reader.get("/compare/?find=示例县")
        assert [place.code for place in response.context["offers"].places] == ["990101000000"]
        assert [agency.pk for agency in compared(reader, "agency=division:990101000000").agencies] == [GREEN, CLEAR]

    def test_the_counties_of_a_city_and_the_departments_of_a_place(self, reader: Client) -> None:
        counties = reader.get("/compare/?agency=division:990100000000").context["choice"].agencies
        assert [agency.pk for agency in counties] == ["990101000000", "990102000000"]
        departments = reader.get("/compare/?agency=departments:990101000000").context["choice"].agencies
        assert [agency.pk for agency in departments] == ["990101000000-01"]

    def test_what_the_register_holds_for_the_codes_alone_is_no_level(self, reader: Client, city: Division) -> None:
        gap = Division.objects.create(code="990200000000", name="市辖区", level=2, parent=city.parent, placeholder=True)
        inner = Division.objects.create(code="990201000000", name="中区", level=3, parent=gap)
        Agency.objects.create(code=inner.code, name="中区人民政府", kind=Kind.GOVERNMENT, division=inner)
        below = reader.get("/compare/?agency=division:990000000000").context["choice"].agencies
        assert [agency.pk for agency in below] == ["990100000000", "990201000000"]

    def test_a_place_and_one_of_its_parts_is_chosen_once(self, reader: Client) -> None:
        comparison = compared(reader, f"agency={CLEAR},division:990101000000,{FAR}")
        assert [agency.pk for agency in comparison.agencies] == [CLEAR, GREEN, FAR]

    def test_places_are_walked_down_to(self, reader: Client) -> None:
        page = reader.get("/compare/?browse=990100000000").content.decode()
        assert 'value="division:990100000000"' in page
        assert "browse=990101000000" in page
        assert "browse=990100000000" in reader.get("/compare/?browse=990000000000").content.decode()
        assert "示例省" in reader.get("/compare/?browse=x").content.decode()

    def test_suggestions_while_typing(self, reader: Client) -> None:
        page = text_of(reader.get(f"/compare/found/?find=示例县&agency={GREEN}"))
        assert f'value="{CLEAR}"' in page
        assert f'value="{GREEN}"' not in page
        assert "<html" not in page

    def test_every_figure_of_the_form_can_be_ticked(self, reader: Client) -> None:
        page = text_of(reader.get("/compare/"))
        assert 'name="figure" value="applications.refused_process.business"' in page
        assert 'name="figure" value="disclosure.procurement.amount"' in page

    def test_nothing_chosen_says_how_to_begin(self, reader: Client) -> None:
        assert "先选两个以上的机构" in reader.get("/compare/").content.decode()


@pytest.mark.usefixtures("reports")
@pytest.mark.parametrize(
    ("query", "said"),
    [
        (f"agency={GREEN}&agency=123456789012", "没有代码为 123456789012 的机构"),
        (f"agency={GREEN}&agency=%00x", "没有代码为 x 的机构"),
        ("agency=division:123456789012", "没有代码为 division:123456789012 的机构"),
        ("agency=division:99", "没有代码为 division:99 的机构"),
        (f"agency={GREEN}&view=nothing&of=nothing&at=x&sort=nothing", "总览"),
        (f"agency={GREEN}&view=years&of=nothing&sort=-1900", "逐年变化"),
        (f"agency={GREEN}&view=ranks&at=99999&sort=__class__", "同年排名"),
        (f"agency={GREEN}&view=heat&sort=name", "深浅表"),
        (f"agency={GREEN}&year=1999", "没有 1999 年的报告"),
        (f"agency={GREEN}&year=x&year=99999999999999999999", "没有"),
        (f"agency={GREEN}&figure=applications.nothing", "没有名为 applications.nothing 的数据"),
        ("agency=<script>", "没有代码为 &lt;script&gt; 的机构"),
        ("browse=x&find=%00", "先选两个以上的机构"),
        ("find=" + "长" * 5000, "没有找到"),
    ],
)
def test_what_cannot_be_had_is_said(reader: Client, query: str, said: str) -> None:
    response = reader.get(f"/compare/?{query}")
    assert response.status_code == 200
    assert said in response.content.decode()


@pytest.fixture
def bodies(county: Division) -> list[str]:
    """Ninety-eight departments, of which thirty have reported; with the townships, more than can be compared."""
    codes = [f"{county.code}-{number:02}" for number in range(2, 100)]
    Agency.objects.bulk_create(
        Agency(code=code, name=f"第{code[-2:]}局", kind=Kind.DEPARTMENT, division=county) for code in codes
    )
    with checked_together():
        for place, code in enumerate(codes[:30]):
            body = Agency.objects.get(pk=code)
            publish(body, 2020, {"applications.received.total": place})
            publish(body, 2023, {"applications.received.total": 2 * place})
    return codes


@pytest.mark.usefixtures("township", "other_township")
def test_too_many_agencies_are_cut_with_a_word(reader: Client, bodies: list[str]) -> None:
    response = reader.get(f"/compare/?agency={','.join(bodies)},990101000000-01,{GREEN},{CLEAR}")
    assert len(response.context["choice"].agencies) == MAX_AGENCIES
    assert "一次最多比较" in response.content.decode()


@pytest.mark.usefixtures("bodies")
def test_thousands_of_codes_are_a_page_with_a_word(reader: Client) -> None:
    pasted = "\n".join(f"990101{number:06}\t某机构" for number in range(5000))
    response = reader.post("/compare/", {"codes": pasted, "compare": "1"})
    assert response.status_code == 400
    assert "一次最多比较" in response.content.decode()


def test_more_than_fit_beside_each_other_open_as_lines(reader: Client, bodies: list[str]) -> None:
    response = reader.get(f"/compare/?agency={','.join(bodies[:20])}")
    assert isinstance(response.context["ledger"], Ledger)
    assert len(response.context["ledger"].lines) == 20
    overview = compared(reader, f"agency={','.join(bodies[:20])}&view=overview")
    assert len(overview.agencies) == MAX_SIDE_BY_SIDE


@pytest.mark.parametrize("view", ["overview", "years", "ranks", "heat"])
def test_a_constant_number_of_queries(
    reader: Client, bodies: list[str], view: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (2, 30):
        address = f"/compare/?agency={','.join(bodies[:count])},division:990101000000&find=示例&browse=990101000000"
        with django_assert_max_num_queries(9):
            reader.get(f"{address}&view={view}&figure=received,disclosed_rate,litigation")
