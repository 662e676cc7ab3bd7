"""Texts that are dear to read."""

from __future__ import annotations

import time

from tests.trial.fault import Outcome, fault
from tests.trial.site import CLERK, YEAR, Site, town_code
from tests.trial.visitor import Draft

TEXTS = {
    "40,000 × ㈠": "㈠" * 40_000,
    "36 KB of 甲，": "甲，" * 6_000,
    "the same, longer by one": "甲，" * 6_000 + "乙",
}


@fault(within=30)
def costly_texts(site: Site, outcome: Outcome) -> None:
    """Texts that were once read for minutes
    A clerk saves 40,000 ㈠, then 36 KB of 甲， twice, and opens the history; the others go on saving and reading."""
    draft = Draft(site.person(CLERK), town_code(14), YEAR)
    said = []
    with site.others_at_work() as others:
        for name, text in TEXTS.items():
            began = time.monotonic()
            answer = draft.send({"overview": text})
            said.append(f"{name}: {answer.status_code} in {time.monotonic() - began:.1f} s")
            if answer.status_code == 200:
                draft.fields["revision"] = answer.json()["revision"]
            else:
                outcome.must("字" in answer.text and answer.status_code < 500, f"{name}: no message")
            outcome.seconds = max(outcome.seconds, time.monotonic() - began)
        began = time.monotonic()
        history = site.person(CLERK).get(f"{draft.path}history/")
        said.append(f"history in {time.monotonic() - began:.1f} s")
        outcome.seconds = max(outcome.seconds, time.monotonic() - began)
        outcome.must(history.status_code == 200, f"the history was answered {history.status_code}")
    outcome.lost = others.lost
    outcome.seen = f"{'; '.join(said)}; {others}"
