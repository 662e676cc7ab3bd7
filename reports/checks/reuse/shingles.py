"""A narrative without names, years and numbers, as the set of its shingles (Broder 1997)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from reports.standard import PROSE_CHAPTERS
from reports.standard.prescribed import without_prescribed

LENGTH = 2
"""Characters in a shingle: most Chinese words have two."""

FEWEST = 200
"""Texts of fewer shingles than this say what everybody would say in so few words."""

LONGEST = 100_000
"""Characters of a narrative that are looked at; no report is so long."""

_NUMBER = re.compile(
    r"\d[\d,.]*%?|(?<![零〇一二三四五六七八九十百千万两几余多])[零〇一二三四五六七八九十百千万两几余多]{1,12}(?=[年月日号件条起次宗例项个份篇则期人名户场家块张处种类本册元%亩])|百分之[零一二三四五六七八九十百点]{1,8}"
)
_PLACE = re.compile(
    r"(?P<place>[^\W\d_]{2,6}?)(?:特别行政区|自治[区州县旗]|新区|地区|省|市|盟|县|区|旗|街道|苏木|镇|乡)"
)
_OFFICE = re.compile(r"(?:人民政府|政府|办事处|管理委员会|管委会)$")


def masked(narrative: Mapping[str, str], agency: str) -> str:
    """The chapters of prose with nothing in them that two agencies or two years have to differ in. The preamble and the
    notes around the tables are prescribed."""
    return _masked("\n".join(narrative.get(part, "") or "" for part in PROSE_CHAPTERS)[:LONGEST], agency)


def first_beyond(narrative: Mapping[str, str]) -> str:
    """The chapter in which that ends, or where it ends before, the next one with a text; empty where all of it is looked at."""
    length = 0
    for part in PROSE_CHAPTERS:
        text = narrative.get(part, "") or ""
        length += len(text)
        if text and length > LONGEST:
            return part
        length += 1
    return ""


@lru_cache(maxsize=32)
def _masked(text: str, agency: str) -> str:
    text = unicodedata.normalize("NFKC", without_prescribed(text))
    text = "".join(text.split())
    for name in own_names(agency):
        text = text.replace(name, "某")
    return re.sub(r"[\W_]+", "", _NUMBER.sub("0", text))


@lru_cache(maxsize=256)
def own_names(agency: str) -> tuple[str, ...]:
    """What a report may call its agency and the places above it, the longest first."""
    plain = _OFFICE.sub("", agency)
    places = [found["place"] for found in _PLACE.finditer(plain)]
    return tuple(sorted({agency, plain, *places} - {""}, key=len, reverse=True))


def shingles(narrative: Mapping[str, str], agency: str) -> frozenset[str]:
    """The shingles of a narrative; none at all where it is too short to tell."""
    return _shingles(masked(narrative, agency))


@lru_cache(maxsize=32)
def _shingles(text: str) -> frozenset[str]:
    found = frozenset(map("".join, zip(*(text[place:] for place in range(LENGTH)), strict=False)))
    return found if len(found) >= FEWEST else frozenset()


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """What two sets have in common, of all that is in either (Jaccard): 0 to 1, and 0 where one is empty."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0
