"""Any two editions are compared by walking the chain between them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from reports.standard import EDITIONS, _chain
from reports.standard.counterparts import across_editions, counterparts, in_terms_of

ROOT = Path(__file__).resolve().parents[2]
OTHERWISE = tuple(
    f"applications.{row}.total" for row in ("other_overdue_correction", "other_overdue_fee", "other_other")
)


def test_one_row_that_became_three_is_compared_as_their_sum_and_never_split() -> None:
    assert counterparts(("applications.other.total",), "2019", "2021") == OTHERWISE
    assert counterparts(OTHERWISE, "2021", "2019") == ("applications.other.total",)
    assert counterparts(OTHERWISE[:1], "2021", "2019") == ()
    granted = "applications.granted.total"
    assert counterparts((granted, *OTHERWISE), "2021", "2019") == (granted, "applications.other.total")


def test_what_an_edition_does_not_count_has_no_counterpart() -> None:
    assert counterparts(("disclosure.procurement.items",), "2019", "2021") == ()
    assert counterparts(("disclosure.fees.amount",), "2021", "2019") == ()


def test_a_quantity_begins_with_the_newest_edition_that_has_its_keys() -> None:
    assert list(across_editions(("applications.granted.total",))) == ["2021", "2019"]
    assert list(across_editions(("applications.other.total",))) == ["2019", "2021"]
    assert across_editions(OTHERWISE[:1]) == {"2021": OTHERWISE[:1]}


def test_figures_in_terms_of_another_edition() -> None:
    figures = dict.fromkeys(EDITIONS["2021"].figures, 0) | dict.fromkeys(OTHERWISE, 2)
    found = in_terms_of(EDITIONS["2019"], figures, "2021")
    assert found["applications.other.total"] == 6
    assert found["disclosure.procurement.items"] is None
    assert in_terms_of(EDITIONS["2019"], figures | {OTHERWISE[0]: None}, "2021")["applications.other.total"] is None


def test_the_last_year_of_an_edition_follows_from_the_next_one() -> None:
    first, second = EDITIONS.values()
    third = replace(second, name="2030", first_year=2030, succeeds=second.name, last_year=None)
    chained = _chain([third, first, second])
    assert list(chained) == [first.name, second.name, "2030"]
    assert [edition.last_year for edition in chained.values()] == [2020, 2029, None]


@pytest.mark.parametrize(
    ("succeeds", "first_year"),
    [("2019", 2030), ("2020", 2030), ("", 2030), ("2021", 2021)],
    ids=["two of one", "none such", "a second first", "no later"],
)
def test_editions_that_are_no_chain_are_refused(succeeds: str, first_year: int) -> None:
    first, second = EDITIONS.values()
    with pytest.raises(ValueError, match=r"no chain|no later"):
        _chain([first, second, replace(second, name="2030", succeeds=succeeds, first_year=first_year)])


def test_no_edition_is_known_by_name_outside_the_declaration() -> None:
    """Whatever names one would have to be changed for the next."""
    named = re.compile(
        r"figures_?20\d\d|edition_20\d\d|[\"'](?:20(?:19|21))[\"']|(?:2019|2021) ?年度|(?:2019|2021) 版", re.I
    )
    found = [
        f"{path.relative_to(ROOT)}: {named.search(text)[0]}"  # type: ignore[index]
        for room in ("agencies", "config", "reports", "templates", "static/scripts")
        for path in (ROOT / room).rglob("*.*")
        if path.suffix in {".py", ".html", ".js", ".typ", ".txt"}
        and not {"migrations", "standard"} & set(path.relative_to(ROOT).parts)
        for text in [path.read_text(encoding="utf-8")]
        if named.search(text)
    ]
    assert found == []
