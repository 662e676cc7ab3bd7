"""A pytest plugin that says at the end how the generated documents were read (`tests/importing/test_generated.py`)."""

from __future__ import annotations

from collections import Counter

import pytest

COUNTED = "generated documents"
PROSE = "characters of prose in printed documents"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if count := _counted(terminalreporter, COUNTED):
        right = count["figures"] - count["doubted"] - count["silent"]
        terminalreporter.write_line(
            f"{count['documents']} {COUNTED}, {count['figures']} figures: {right} right, {count['doubted']} doubted, "
            f"{count['silent']} silently wrong; of the {count['plain']} figures of {count['plain_documents']} plain ones "
            f"{count['doubted_in_vain']} doubted ({count['doubted_in_vain'] / max(count['plain'], 1):.2%}); "
            f"{count['conserved']} with every character of their text exactly once"
        )
    if count := _counted(terminalreporter, PROSE):
        share = count["right"] / max(count["characters"], 1)
        terminalreporter.write_line(f"{count['characters']} {PROSE}: {share:.2%} in their chapters")


def _counted(terminalreporter: pytest.TerminalReporter, name: str) -> Counter[str]:
    count: Counter[str] = Counter()
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            count.update(next((value for key, value in report.user_properties if key == name), {}))
    return count
