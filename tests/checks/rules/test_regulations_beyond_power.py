"""Regulations of a body that may issue none."""

from __future__ import annotations

from tests.checks.rules.texts import findings, report, sentence


def test_regulations_of_a_township_are_beyond_its_power() -> None:
    entries = {"disclosure.regulations.in_force": 2}
    assert sentence(report("", entries)) == (
        "表二“规章”行填有“现行有效件数” 2。县、乡级机关无权制定规章。请填 0；规范性文件填在下一行。"
    )
    assert findings(report("")) == []
    assert [finding.rule for finding in findings(report("", entries, agency="某局", level=3))] != []
    assert findings(report("", entries, agency="某市", level=2)) == []
    assert findings(report("", entries, agency="某市")) == []
