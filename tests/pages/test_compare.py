from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from agencies.models import Agency, Division, Kind
from reports.public.comparing import MOST_AGENCIES, Comparison
from reports.standard.measures import HEADLINES
from tests.published import ONE_GRANTED, publish

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
    return [[step.shown or step.state for step in cell.steps] for cell in comparison.rows[row].cells]


@pytest.fixture
def reports(township: Agency, other_township: Agency, foreign_township: Agency) -> None:
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
        assert [row.measure.key for row in rows] == list(HEADLINES)

    def test_the_largest_difference_is_named(self, reader: Client) -> None:
        comparison = compared(reader, f"agency={GREEN}&agency={FAR}&agency={CLEAR}")
        assert comparison.largest is not None
        spread = comparison.largest.spread
        assert spread is not None
        assert comparison.largest.measure.key == "received"
        assert (spread.year, spread.difference) == (2023, 11991)
        assert (spread.most.pk, spread.least.pk) == (FAR, GREEN)
        page = reader.get(f"/compare/?agency={GREEN}&agency={FAR}").content.decode()
        assert "相差 <b>11\N{THIN SPACE}991</b> 件" in page

    def test_heights_share_one_scale_and_nothing_but_zero_vanishes(self, reader: Client) -> None:
        (row,) = compared(reader, f"agency={GREEN}&agency={FAR}&year=2023&figure=received").rows
        assert [cell.steps[0].level for cell in row.cells] == [1, 12]

    def test_what_all_share_is_no_extreme(self, reader: Client) -> None:
        (row,) = compared(reader, f"agency={GREEN}&agency={FAR}&figure=granted").rows
        assert row.spread is None
        assert {step.extreme for cell in row.cells for step in cell.steps} == {""}


class TestAcrossEditions:
    def test_one_row_of_2019_compares_with_the_sum_of_three(self, reader: Client, township: Agency) -> None:
        publish(township, 2020, {"applications.other.total": 7})
        publish(township, 2021, {"applications.other_overdue_fee.total": 2, "applications.other_other.total": 3})
        assert shown(compared(reader, f"agency={GREEN}&figure={OTHERWISE}")) == [["7", "5"]]

    def test_a_sum_is_never_split(self, reader: Client, township: Agency) -> None:
        publish(township, 2020, {"applications.other.total": 7})
        publish(township, 2021, {"applications.other_other.total": 3})
        steps = shown(compared(reader, f"agency={GREEN}&figure=applications.other_other.total"))
        assert steps == [["incomparable", "3"]]

    def test_a_sum_with_a_blank_part_is_blank(self, reader: Client, township: Agency) -> None:
        publish(township, 2021, {"applications.other_other.total": None})
        assert shown(compared(reader, f"agency={GREEN}&figure={OTHERWISE}")) == [["blank"]]

    def test_what_2019_alone_counts_has_no_figure_later(self, reader: Client, township: Agency) -> None:
        publish(township, 2020, {"disclosure.procurement.amount": 1.5})
        publish(township, 2021)
        steps = shown(compared(reader, f"agency={GREEN}&figure=disclosure.procurement.amount"))
        assert steps == [["1.5", "incomparable"]]


@pytest.mark.usefixtures("reports")
class TestChoosing:
    def test_agencies_are_found_by_name_and_not_offered_twice(self, reader: Client) -> None:
        response = reader.get(f"/compare/?find=示例县&agency={GREEN}")
        assert GREEN not in [agency.pk for agency in response.context["found"]]
        assert CLEAR in [agency.pk for agency in response.context["found"]]

    def test_all_townships_of_a_county_at_once(self, reader: Client) -> None:
        response = reader.get("/compare/?find=示例县")
        assert [place.code for place in response.context["places"]] == ["990101000000"]
        comparison = compared(reader, "within=990101000000")
        assert [agency.pk for agency in comparison.agencies] == [GREEN, CLEAR]

    def test_every_figure_of_the_form_can_be_ticked(self, reader: Client) -> None:
        page = reader.get("/compare/").content.decode()
        assert 'name="figure" value="applications.refused_process.business"' in page
        assert 'name="figure" value="disclosure.procurement.amount"' in page

    def test_nothing_chosen_says_how_to_begin(self, reader: Client) -> None:
        assert "先选两个以上的机构" in reader.get("/compare/").content.decode()


@pytest.mark.usefixtures("reports")
@pytest.mark.parametrize(
    ("query", "said"),
    [
        (f"agency={GREEN}&agency=123456789012", "没有代码为 123456789012 的机构"),
        (f"agency={GREEN}&agency=%00", "没有代码为"),
        (f"agency={GREEN}&year=1999", "没有 1999 年的报告"),
        (f"agency={GREEN}&year=x&year=99999999999999999999", "没有"),
        (f"agency={GREEN}&figure=applications.nothing", "没有名为 applications.nothing 的数据"),
        ("agency=<script>", "没有代码为 &lt;script&gt; 的机构"),
        ("within=x&find=%00", "先选两个以上的机构"),
        ("find=" + "长" * 5000, "没有找到"),
    ],
)
def test_what_cannot_be_had_is_said(reader: Client, query: str, said: str) -> None:
    response = reader.get(f"/compare/?{query}")
    assert response.status_code == 200
    assert said in response.content.decode()


def test_too_many_agencies_are_cut_with_a_word(reader: Client, county: Division) -> None:
    codes = []
    for number in range(10, 80):
        code = f"{county.code}-{number}"
        Agency.objects.create(code=code, name=f"第{number}局", kind=Kind.DEPARTMENT, division=county)
        codes.append(code)
    publish(Agency.objects.get(pk=codes[0]), 2023)
    query = "&".join(f"agency={code}" for code in codes)
    assert len(compared(reader, query).agencies) == MOST_AGENCIES
    assert "一次最多比较" in reader.get(f"/compare/?{query}").content.decode()


def test_a_constant_number_of_queries(
    reader: Client, county: Division, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    codes = []
    for number in range(10, 40):
        code = f"{county.code}-{number}"
        body = Agency.objects.create(code=code, name=f"第{number}局", kind=Kind.DEPARTMENT, division=county)
        publish(body, 2020, ONE_GRANTED)
        publish(body, 2023, ONE_GRANTED)
        codes.append(code)
    with django_assert_max_num_queries(5):
        reader.get(f"/compare/?find=示例&{'&'.join(f'agency={code}' for code in codes)}")
