"""Narratives by the thousand, put together from the sentences of the samples, some of them copied from one another.

Two of them share by chance about what the reports of two townships share; a copy differs from its model in names and
numbers and in one sentence of ten.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

SENTENCES = 18
ONE_COPY_IN = 100
_TABLES = re.compile(r"申请|结转|复议|诉讼|规范性文件|处罚|许可|收费|其中|共|比|年")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class GeneratedText:
    """A narrative; `copied` is the number of the one of which it is a copy."""

    narrative: dict[str, str]
    copied: int | None = None


def made_texts(count: int, seed: int = 5, *, about_tables: bool = True) -> Iterator[GeneratedText]:
    """The same ones for the same seed; on request without sentences about what the tables count."""
    chance = random.Random(seed)
    stock = [sentence for sentence in _sentences() if about_tables or not speaks_of_tables(sentence)]
    written: list[list[str]] = []
    for number in range(count):
        model = chance.randrange(number) if number >= ONE_COPY_IN and number % ONE_COPY_IN == 0 else None
        lines = chance.sample(stock, SENTENCES) if model is None else _rewritten(written[model], stock, chance)
        written.append(lines)
        half = SENTENCES // 2
        yield GeneratedText({"overview": "".join(lines[:half]), "problems": "".join(lines[half:])}, model)


def speaks_of_tables(sentence: str) -> bool:
    return bool(_TABLES.search(sentence))


def _rewritten(lines: list[str], stock: list[str], chance: random.Random) -> list[str]:
    copied = [_NUMBER.sub(lambda found: str(chance.randrange(1, 99)), line) for line in lines]
    for place in chance.sample(range(SENTENCES), SENTENCES // 10):
        copied[place] = chance.choice(stock)
    return copied


def _sentences() -> list[str]:
    from samples.contents import all_samples

    found = {
        sentence + "。"
        for sample in all_samples()
        for part in ("overview", "problems", "other")
        for sentence in sample.narrative.get(part, "").replace("\n", "").split("。")
        if len(sentence) > 12
    }
    return sorted(found)
