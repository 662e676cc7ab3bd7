"""Changes, ranks, shades and orders, with nothing but what was published."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from agencies.models import Agency
from reports.public.comparison.ledger import ValueChange, change, in_one_year, ordered, ranked, through_years
from reports.public.comparison.values import COMPARABLE, PublishedFigures

RECEIVED, DISCLOSED = COMPARABLE["received"], COMPARABLE["disclosed_rate"]
ONE, TWO, THREE = (Agency(code=f"99010110{number}000", name=f"{number}镇") for number in (1, 2, 3))


def published(agency: Agency, year: int, **totals: Any) -> dict[tuple[str, int], PublishedFigures]:
    edition = "2021" if year >= 2021 else "2019"
    return {(agency.pk, year): PublishedFigures(edition, {f"applications.{row}.total": n for row, n in totals.items()})}


class TestChange:
    def test_in_numbers_and_in_percent(self) -> None:
        assert change(RECEIVED, 10, 15) == ValueChange(5, Decimal("50.0"))
        assert change(RECEIVED, 12, 8) == ValueChange(-4, Decimal("-33.3"))

    def test_no_percentage_of_what_was_small(self) -> None:
        assert change(RECEIVED, 9, 18) == ValueChange(9)
        assert change(RECEIVED, 0, 18) == ValueChange(18)

    def test_of_rates_in_percentage_points(self) -> None:
        assert change(DISCLOSED, Decimal("40.0"), Decimal("55.5")) == ValueChange(Decimal("15.5"))

    @pytest.mark.parametrize(("before", "after"), [(None, 3), (3, None), (None, None)])
    def test_none_where_one_is_unknown(self, before: int | None, after: int | None) -> None:
        assert change(RECEIVED, before, after) is None


class TestRanks:
    def test_equal_values_share_a_rank_and_the_next_is_left_out(self) -> None:
        assert ranked([5, 9, None, 5, 0]) == [2, 1, None, 2, 4]

    def test_nothing_known_has_no_rank(self) -> None:
        assert ranked([None, None]) == [None, None]


class TestThroughYears:
    def test_a_change_is_from_the_calendar_year_before_and_never_across_a_gap(self) -> None:
        facts = (
            published(ONE, 2020, received=10) | published(ONE, 2021, received=20) | published(ONE, 2023, received=30)
        )
        (line,) = through_years(RECEIVED, [ONE], [2020, 2021, 2022, 2023], facts).lines
        assert [entry.change for entry in line.entries] == [None, ValueChange(10, Decimal("100.0")), None, None]
        assert [entry.reported.state for entry in line.entries] == ["number", "number", "missing", "number"]
        assert line.overall == ValueChange(20, Decimal("200.0"))

    def test_the_year_before_counts_even_if_it_is_not_shown(self) -> None:
        facts = published(ONE, 2022, received=1) | published(ONE, 2023, received=3)
        (line,) = through_years(RECEIVED, [ONE], [2023], facts).lines
        assert line.entries[0].change == ValueChange(2)

    def test_ranks_are_of_one_year(self) -> None:
        facts = published(ONE, 2021, received=1) | published(TWO, 2021, received=2) | published(ONE, 2022, received=3)
        one, two = through_years(RECEIVED, [ONE, TWO], [2021, 2022], facts).lines
        assert [entry.rank for entry in one.entries] == [2, 1]
        assert [entry.rank for entry in two.entries] == [1, None]

    def test_a_rate_of_few_cases_has_no_rank_and_no_change(self) -> None:
        facts = published(ONE, 2021, granted=2, partly_granted=0, concluded=3)
        facts |= published(ONE, 2022, granted=6, partly_granted=3, concluded=12)
        (line,) = through_years(DISCLOSED, [ONE], [2021, 2022], facts).lines
        few, enough = line.entries
        assert (few.reported.state, few.reported.shown, few.reported.value, few.rank) == ("few", "2／3", None, None)
        assert (enough.reported.shown, enough.reported.value, enough.change) == ("75.0%", Decimal("75.0"), None)

    def test_shades_hold_about_as_many_values_each_and_zero_is_its_own(self) -> None:
        agencies = [Agency(code=f"9901011{number:02}000", name=str(number)) for number in range(11)]
        facts = {key: one for n, body in enumerate(agencies) for key, one in published(body, 2023, received=n).items()}
        ledger = through_years(RECEIVED, agencies, [2023], facts)
        assert [(shade.level, shade.lowest, shade.highest) for shade in ledger.shades] == [
            (0, 0, 0),
            (1, 1, 2),
            (2, 3, 4),
            (3, 5, 6),
            (4, 7, 8),
            (5, 9, 10),
        ]
        assert [line.entries[0].shade for line in ledger.lines] == [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]

    def test_equal_values_have_one_shade(self) -> None:
        facts = published(ONE, 2023, received=7) | published(TWO, 2023, received=7)
        ledger = through_years(RECEIVED, [ONE, TWO, THREE], [2023], facts)
        shades = [line.entries[0].shade for line in ledger.lines]
        # However few they are, the greatest is darkest.
        assert shades == [5, 5, None]


class TestOneYear:
    def test_every_figure_has_its_own_ranks(self) -> None:
        facts = published(ONE, 2023, received=30, granted=0, partly_granted=3, concluded=30)
        facts |= published(TWO, 2023, received=20, granted=10, partly_granted=0, concluded=20)
        one, two = in_one_year([RECEIVED, DISCLOSED], [ONE, TWO], 2023, facts).lines
        assert [(entry.reported.shown, entry.rank) for entry in one.entries] == [("30", 1), ("10.0%", 2)]
        assert [(entry.reported.shown, entry.rank) for entry in two.entries] == [("20", 2), ("50.0%", 1)]

    def test_sorted_either_way_what_is_unknown_stays_below(self) -> None:
        facts = published(ONE, 2023, received=3) | published(THREE, 2023, received=5)
        lines = in_one_year([RECEIVED], [ONE, TWO, THREE], 2023, facts).lines
        for descending, first in ((True, [THREE, ONE, TWO]), (False, [ONE, THREE, TWO])):
            found = ordered(lines, lambda line: line.entries[0].reported.value, descending)
            assert [line.agency for line in found] == first
