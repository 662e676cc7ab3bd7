"""How well the rules about the text judge the labelled sentences; the figures are printed in the test output."""

from __future__ import annotations

import dataclasses

import pytest

from reports.checks.content import Content
from reports.checks.engine import examine
from reports.checks.rules import RULES
from reports.checks.stored.contents import content_of_parsed
from reports.importing.read import read_report
from tests.checks.conftest import SEEDS
from tests.checks.narrative.labelled import DATA, Expected, Labelled, labelled_sentences

ABOUT_THE_TEXT = [
    "narrative_figure",
    "narrative_sum",
    "narrative_change",
    "wrong_year",
    "wrong_agency",
    "template_text",
    "regulations_beyond_power",
]
TEXT_RULES = [RULES[code] for code in ABOUT_THE_TEXT]
ABOUT_CELLS = {"narrative_figure", "regulations_beyond_power"}


def found_in(labelled: Labelled) -> set[Expected]:
    verdict = examine(labelled.content, labelled.last_year, TEXT_RULES)
    assert verdict.faults == ()
    return {
        (finding.rule, frozenset(finding.cells if finding.rule in ABOUT_CELLS else ())) for finding in verdict.findings
    }


def test_precision_and_recall_on_the_labelled_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    right, false, missed = 0, [], []
    for labelled in labelled_sentences():
        found = found_in(labelled)
        right += len(found & labelled.expected)
        false += [f"false: {rule} in {labelled.sentence}" for rule, _cells in found - labelled.expected]
        missed += [f"missed: {rule} in {labelled.sentence}" for rule, _cells in labelled.expected - found]
    precision, recall = right / (right + len(false)), right / (right + len(missed))
    with capsys.disabled():
        print(f"\nnarrative rules on the labelled sentences: precision {precision:.1%}, recall {recall:.1%}")
        print("\n".join(false + missed))
    assert precision >= 0.98
    assert recall >= 0.92


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real reports are no part of the project")
@pytest.mark.parametrize("named", DATA["seed"], ids=lambda named: named["file"])
def test_the_sentences_of_the_real_reports_contradict_nothing(named: dict[str, object]) -> None:
    (path,) = SEEDS.glob(f"{named['file']}_*")
    content = content_of_parsed(read_report(path.read_bytes(), path.name))
    parts = named["parts"]
    assert isinstance(parts, dict)
    for part, numbers in parts.items():
        paragraphs = [line for line in content.narrative[part].split("\n") if line.strip()]
        for number in numbers:
            alone = dataclasses.replace(content, narrative={part: paragraphs[number - 1]})
            assert examine(alone, None, TEXT_RULES).findings == (), (part, number)


def test_a_report_without_tables_is_judged_by_its_text_alone() -> None:
    content = Content("", 2023, "枫渡镇人民政府", narrative={"overview": "收到申请3件。共80条，其中甲30条、乙40条。"})
    assert [finding.rule for finding in examine(content, None, TEXT_RULES).findings] == ["narrative_sum"]
