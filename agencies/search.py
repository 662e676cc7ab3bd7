"""Searching places and agencies by what people type: a name or a part of it, a former name, pinyin, initials, a code."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import reduce
from operator import and_, or_

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from agencies.models import Agency, Division, FormerName, Level
from agencies.naming import normalised
from agencies.pinyin import typed

MAX_WORDS = 6
MAX_WORD_LENGTH = 60
CODE = re.compile(r"[0-9]{2,12}(-[0-9]{0,2})?")
ABOVE_AN_AGENCY = tuple("division__" + "parent__" * steps for steps in range(4))
ABOVE_A_PLACE = ("parent__", "parent__parent__")
# How well a name fits: it is what was typed, begins with it, holds it, or only the place does.
EXACT, BEGINNING, WITHIN, ELSEWHERE = range(4)

Condition = Callable[[str], Q]


def agencies_named(text: str) -> QuerySet[Agency]:
    """Agencies for which every word of the text is in the name, a former name or the place, or begins the code or the
    pinyin of one of them; the best fit first where the order is left as it is."""
    words = _words(text)
    found = Agency.objects.filter(_every_word(text, words, _agency_condition)) if words else Agency.objects.all()
    return found.order_by(_best_fit(words), "division__level", "code")


def places_named(text: str) -> QuerySet[Division]:
    """Provinces, cities and counties that are called so themselves; other words may name what lies above them."""
    words = _words(text)
    if not words:
        return Division.objects.none()
    places = Division.objects.governed().filter(level__lte=Level.COUNTY).select_related("parent")
    own = reduce(or_, (_name_condition(word) for word in (*words, _joined_pinyin(words)) if word))
    return places.filter(own & _every_word(text, words, _place_condition)).order_by(_best_fit(words), "level", "code")


def _words(text: str) -> list[str]:
    words = (normalised(word)[:MAX_WORD_LENGTH] for word in text.replace("\0", " ").split())
    return [word for word in words if word][:MAX_WORDS]


def _joined_pinyin(words: Sequence[str]) -> str:
    """Pinyin typed syllable by syllable, as one word; empty where it is none."""
    return "".join(words) if len(words) > 1 and all(map(typed, words)) else ""


def _every_word(text: str, words: Sequence[str], condition: Condition) -> Q:
    each = reduce(and_, (condition(word) for word in words))
    joined = _joined_pinyin(words)
    return each | condition(joined) if joined else each


def _name_condition(word: str, on: str = "") -> Q:
    found = Q(**{f"{on}name__icontains": word})
    if letters := typed(word):
        found |= Q(**{f"{on}pinyin__contains": f" {letters}"})
    if CODE.fullmatch(word):
        found |= Q(**{f"{on}code__startswith": word})
    return found


def _agency_condition(word: str) -> Q:
    # Former names are few: asked for once and not for each agency.
    former = Q(pk__in=FormerName.objects.filter(name__icontains=word).values("agency"))
    return _name_condition(word) | Q(division__path__icontains=word) | former | _pinyin_condition(ABOVE_AN_AGENCY, word)


def _place_condition(word: str) -> Q:
    return _name_condition(word) | Q(path__icontains=word) | _pinyin_condition(ABOVE_A_PLACE, word)


def _pinyin_condition(ways: Sequence[str], word: str) -> Q:
    """The condition that one of the places begins so in pinyin."""
    letters = typed(word)
    return reduce(or_, (Q(**{f"{way}pinyin__contains": f" {letters}"}) for way in ways)) if letters else Q(pk__in=[])


def _best_fit(words: Sequence[str]) -> Case:
    """How well the last word, which people narrow their search by, fits the name."""
    if not words:
        return Case(default=Value(ELSEWHERE), output_field=IntegerField())
    word = words[-1]
    spelling = typed(_joined_pinyin(words) or word)
    by_pinyin = [
        When(pinyin__contains=f" {spelling} ", then=Value(EXACT)),
        When(pinyin__contains=f" {spelling}", then=Value(BEGINNING)),
    ]
    return Case(
        When(Q(name=word) | Q(code=word), then=Value(EXACT)),
        *(by_pinyin if spelling else ()),
        When(Q(name__startswith=word) | Q(code__startswith=word), then=Value(BEGINNING)),
        When(name__icontains=word, then=Value(WITHIN)),
        default=Value(ELSEWHERE),
        output_field=IntegerField(),
    )
