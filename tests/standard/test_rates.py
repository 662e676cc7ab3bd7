from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from reports.standard import EDITIONS
from reports.standard.rates import OUTCOME_RATES, RATES, SMALLEST_WHOLE, Share, rate

BOTH = pytest.mark.parametrize("edition", list(EDITIONS))


def figures(edition: str, **totals: Any) -> dict[str, Any]:
    """All zero but for the totals of these rows of the table of applications."""
    rows = {f"applications.{row}.total": number for row, number in totals.items()}
    assert rows.keys() <= EDITIONS[edition].figures.keys()
    return dict.fromkeys(EDITIONS[edition].figures, 0) | rows


@BOTH
def test_granted_and_partly_granted_over_concluded(edition: str) -> None:
    share = rate(figures(edition, granted=9, partly_granted=1, concluded=40), "disclosed_rate")
    assert (share.state, share.part, share.whole, share.percent) == ("rate", 10, 40, Decimal(25))


@BOTH
def test_below_the_smallest_denominator_only_the_counts_are_said(edition: str) -> None:
    share = rate(figures(edition, granted=2, concluded=3), "disclosed_rate")
    assert (share.state, share.part, share.whole, share.percent) == ("few", 2, 3, None)
    just_enough = rate(figures(edition, granted=2, concluded=SMALLEST_WHOLE), "disclosed_rate")
    assert just_enough.percent == Decimal(20)


@BOTH
def test_nothing_concluded_is_no_rate_of_zero(edition: str) -> None:
    assert rate(figures(edition), "disclosed_rate") == Share("few", 0, 0)


@BOTH
@pytest.mark.parametrize("declared", RATES.values(), ids=RATES)
def test_any_blank_operand_leaves_every_rate_unknown(edition: str, declared: Any) -> None:
    for key in declared.figures[edition]:
        share = rate(figures(edition) | {key: None}, declared.key)
        assert share.state == "unknown", key
        assert share.percent is None


@BOTH
def test_a_part_that_exceeds_its_whole_is_no_rate(edition: str) -> None:
    assert rate(figures(edition, granted=12, concluded=10), "disclosed_rate").state == "contradictory"
    assert rate(figures(edition, granted=-1, concluded=10), "disclosed_rate").state == "contradictory"


@BOTH
def test_the_rates_of_outcomes_are_together_the_whole(edition: str) -> None:
    (total,) = RATES["disclosed_rate"].denominator[edition]
    (equation,) = (e for e in EDITIONS[edition].equations if e.rule == "results_total" and e.right == (total,))
    numerators = [key for name in OUTCOME_RATES for key in RATES[name].numerator[edition]]
    assert sorted(numerators) == sorted(equation.left)
    assert {RATES[name].denominator[edition] for name in OUTCOME_RATES} == {(total,)}


@BOTH
def test_what_is_pending_is_in_no_rate_of_corrections(edition: str) -> None:
    said = figures(edition) | {
        "proceedings.direct_litigation.corrected": 3,
        "proceedings.direct_litigation.upheld": 7,
        "proceedings.direct_litigation.pending": 80,
        "proceedings.post_reconsideration_litigation.corrected": 2,
        "proceedings.post_reconsideration_litigation.other": 8,
    }
    assert rate(said, "litigation_corrected_rate").percent == Decimal(25)
    assert rate(said, "reconsideration_corrected_rate") == Share("few", 0, 0)


def test_every_rate_is_declared_for_both_editions_and_defined_in_both_languages() -> None:
    for declared in RATES.values():
        assert list(declared.figures) == ["2021", "2019"]
        assert declared.definition.endswith("。")
        assert declared.definition_en.endswith(".")


def test_figures_of_no_edition_have_no_rate() -> None:
    assert rate({}, "concluded_rate") == Share("unknown")
