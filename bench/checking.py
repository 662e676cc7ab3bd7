"""How many reports a second one core checks, rule by rule, on the sample reports: `python -m bench.checking`.

Exits with 1 where all rules together stay below 300 reports a second.
"""

from __future__ import annotations

import dataclasses
import os
import sys
import time

import django

LEAST = 300
ROUNDS = 10


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from reports.checks.comparables import NO_COMPARABLES
    from reports.checks.content import Content
    from reports.checks.rules import RULES
    from samples.contents import all_samples

    contents = [
        Content(sample.edition.name, sample.year, sample.agency, sample.figures, narrative=sample.narrative)
        for sample in all_samples()
    ]
    characters = sum(len(text) for content in contents for text in content.narrative.values()) // len(contents)
    print(f"{len(contents)} reports, {characters} characters of prose each on average")
    spent = dict.fromkeys(RULES, 0.0)
    for number in range(ROUNDS):
        # A text of its own each time, so that nothing read before is remembered.
        fresh = [
            dataclasses.replace(each, narrative={k: f"{v}\n第{number}遍。" for k, v in each.narrative.items()})
            for each in contents
        ]
        for content in fresh:
            for code, rule in RULES.items():
                begun = time.process_time()
                rule.check(content, NO_COMPARABLES)
                spent[code] += time.process_time() - begun
    checked = len(contents) * ROUNDS
    for code, seconds in sorted(spent.items(), key=lambda each: -each[1]):
        print(f"{seconds / checked * 1000:8.3f} ms  {code}")
    rate = checked / sum(spent.values())
    print(f"{rate:8.0f} reports a second")
    return 0 if rate >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
