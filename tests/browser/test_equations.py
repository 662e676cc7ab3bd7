"""The browser adds up by itself, since it has to as one types; its verdicts are those of `Equation.evaluate`."""

from __future__ import annotations

import random

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from agencies.models import Agency, User
from reports import lifecycle
from reports.models import Version
from reports.standard import EDITIONS
from tests.browser.test_filing import at_the_draft

FORM = EDITIONS["2021"]
SIGNED = "proceedings.reconsideration.other"
CELLS = [
    *FORM.equation("row_total", "applications.granted").cells,
    *FORM.equation("results_total", "applications.concluded.natural_person").cells,
    *FORM.equation("flow_balance", "applications.received.business").cells,
    *FORM.equation("proceedings_total", "proceedings.reconsideration").cells,
]

TYPE = """figures => {
  for (const input of document.querySelectorAll("td.cell input")) input.value = figures[input.name] ?? "";
  document.getElementById("entry").dispatchEvent(new CustomEvent("entry:changed"));
  return [...document.querySelectorAll("[data-equation]")].map((line) => [line.dataset.equation, line.dataset.state]);
}"""


@pytest.fixture
def page(
    browser: Browser,
    live_server: LiveServer,
    transactional_db: None,
    township: Agency,
    clerk: User,
    monkeypatch: pytest.MonkeyPatch,
) -> Page:
    """A draft on a form one of whose equations has a cell that may be negative; none of the real ones has."""
    monkeypatch.setitem(vars(FORM), "signed", FORM.signed | {SIGNED})
    version: Version = lifecycle.start_draft(township, 2025, clerk)
    return at_the_draft(browser, live_server.url, version)


def states(page: Page, figures: dict[str, int]) -> dict[int, str]:
    return {int(number): state for number, state in page.evaluate(TYPE, figures)}


def verdicts(figures: dict[str, int]) -> dict[int, str]:
    return {number: each.evaluate(figures, FORM.signed).verdict for number, each in enumerate(FORM.equations)}


def test_whatever_is_typed_the_verdicts_are_those_of_the_server(page: Page) -> None:
    draw = random.Random(7)
    seen = set()
    for _case in range(60):
        figures = {key: draw.randint(0, 3) for key in FORM.figures if draw.random() < 0.9}
        figures |= {key: 0 for key in FORM.figures if draw.random() < 0.8}
        for key in CELLS:
            if draw.random() < 0.2:
                figures.pop(key, None)
        if draw.random() < 0.5:
            figures[SIGNED] = -draw.randint(1, 3)
        expected = verdicts(figures)
        assert states(page, figures) == expected
        seen |= {(bool(set(each.cells) - figures.keys()), expected[n]) for n, each in enumerate(FORM.equations)}
    assert seen == {(False, "balanced"), (False, "broken"), (True, "undecided"), (True, "broken")}


@pytest.mark.parametrize(
    ("entered", "verdict", "line"),
    [
        pytest.param({"upheld": 3, "total": 2}, "undecided", "待填", id="a-signed-blank-could-make-it-hold"),
        pytest.param(
            {"upheld": 3, "corrected": 0, "other": -1, "pending": 0, "total": 2},
            "balanced",
            "3 + −1 = 2 ✓",
            id="negative",
        ),
        pytest.param({"upheld": 3, "other": 0, "total": 2}, "broken", "≠ 2", id="hopeless"),
    ],
)
def test_an_equation_with_a_signed_cell(page: Page, entered: dict[str, int], verdict: str, line: str) -> None:
    figures = {f"proceedings.reconsideration.{column}": number for column, number in entered.items()}
    equation = FORM.equation("proceedings_total", "proceedings.reconsideration")
    number = FORM.equations.index(equation)
    assert states(page, figures)[number] == equation.evaluate(figures, FORM.signed).verdict == verdict
    shown = page.locator(f"[data-equation='{number}']")
    expect(shown).to_contain_text(line)
    # Of an unknown side nobody can say how far it is off.
    expect(shown).not_to_contain_text("差")
