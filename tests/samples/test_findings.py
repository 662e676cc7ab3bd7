"""The rules find in the samples what was planted there, and nothing else."""

from __future__ import annotations

from reports.checks.content import Content
from reports.checks.engine import examine
from reports.checks.rules import RULES
from reports.checks.run import content_of_parsed
from samples.contents import Sample
from tests.samples.made_files import SAMPLES, each_sample, read

CHECKED = {code for code, rule in RULES.items() if rule.check is not None}


def content_of(sample: Sample) -> Content:
    return content_of_parsed(read(sample.name))


def year_before(sample: Sample) -> Content | None:
    earlier = [each for each in SAMPLES.values() if (each.code, each.year) == (sample.code, sample.year - 1)]
    return content_of(earlier[0]) if earlier else None


@each_sample
def test_exactly_the_planted_contradictions_are_found(sample: Sample) -> None:
    verdict = examine(content_of(sample), year_before(sample))
    planted = {(each.rule, where) for each in sample.planted for where in each.findings if each.rule in CHECKED}
    assert {(finding.rule, finding.where) for finding in verdict.findings} == planted
    assert verdict.faults == ()
