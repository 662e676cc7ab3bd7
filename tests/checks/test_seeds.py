"""Real reports: sound as they are, and any one figure changed by one makes exactly the right rules fire."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from reports.checks.content import Content
from reports.checks.engine import examine
from reports.checks.rules import RULES
from reports.importing.read import read_report
from reports.intake.checking import content_of_parsed
from tests.checks.independent import broken_equations
from tests.seeds import FOLDER, SEEDS, needs_seeds

pytestmark = needs_seeds

HARD = [rule for rule in RULES.values() if rule.severity == "error"]


@pytest.fixture(scope="module", params=SEEDS or [FOLDER], ids=lambda path: path.name)
def seed(request: pytest.FixtureRequest) -> Content:
    path: Path = request.param
    return content_of_parsed(read_report(path.read_bytes(), path.name))


def test_it_is_sound(seed: Content) -> None:
    assert examine(seed).findings == ()
    assert not seed.doubted


@pytest.mark.parametrize(
    ("keys", "rule"),
    [
        (["applications.received.natural_person", "applications.received.total"], "narrative_figure"),
        (["disclosure.regulations.in_force"], "regulations_beyond_power"),
    ],
)
def test_a_changed_figure_contradicts_the_text_or_the_powers_of_a_township(
    seed: Content, keys: list[str], rule: str
) -> None:
    figures = {**seed.figures, **{key: int(seed.figures[key] or 0) + 1 for key in keys}}
    soft = [rule for rule in RULES.values() if rule.severity == "warning"]
    findings = examine(dataclasses.replace(seed, figures=figures), rules=soft).findings
    assert {finding.rule for finding in findings} == {rule}
    assert all(keys[-1] in finding.cells for finding in findings)


@pytest.mark.parametrize("step", [1, -1])
def test_any_one_figure_changed_by_one_fires_exactly_the_right_rules(seed: Content, step: int) -> None:
    figures = {key: int(value) for key, value in seed.figures.items() if value is not None}
    for key, value in figures.items():
        changed = figures | {key: value + step}
        findings = examine(dataclasses.replace(seed, figures=changed), rules=HARD).findings
        equations = {(f.rule, frozenset(f.cells)) for f in findings if f.rule != "not_a_count"}
        assert equations == broken_equations(seed.edition, changed), key
        assert all(key in finding.cells for finding in findings)
        assert [f.where for f in findings if f.rule == "not_a_count"] == ([key] if changed[key] < 0 else [])
