"""`narrative_change`: an increase or decrease that the text's own numbers or last year's report do not bear out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from reports.checks.content import Content, Number, RuleFinding
from reports.checks.narrative.claims import read_claims
from reports.checks.narrative.numerals import CASE_UNITS, Quantity, quantities, value_of
from reports.checks.narrative.sentences import Sentence, sentences_of
from reports.checks.narrative.stated_changes import (
    CHANGE,
    DOWN,
    FROM_TO,
    LAST_YEAR,
    PRIOR,
    PRIOR_AFTER,
    SAME,
    THEN,
    TIMES_LAST_YEAR,
    UNCHANGED,
    UP,
    StatedChange,
    ratio,
    stated,
)
from reports.standard.in_prose import PATTERN, sums_meant, topic_of

_COMPARES = re.compile(r"同比|[比较与同和](?:上|去|前|20)|[由从](?:上|去|20|的?\d)")
_YEAR = re.compile(r"(?:上|去|20\d\d)年")
_CHANGES = re.compile(r"[增降]幅|增[长加]|下降|减少|倍")
_NAMES_A_QUANTITY = re.compile(r"^(?:数量|总量|总数|申请量|申请数量|数|量|均)?$")


Pairs = list[tuple[Decimal, Decimal]]
"""This year's and last year's number, in every reading that is open."""


def narrative_change(content: Content, last_year: Content | None) -> list[RuleFinding]:
    """Every stated change that can be recomputed and comes out differently. What cannot be recomputed is left alone."""
    before = last_year if last_year and content.year and last_year.year == content.year - 1 else None
    findings: dict[str, RuleFinding] = {}
    for sentence in sentences_of(content):
        for finding in _in_sentence(sentence, content, before):
            findings.setdefault(finding.fingerprint, finding)
            break
    return list(findings.values())


def _in_sentence(sentence: Sentence, content: Content, last_year: Content | None) -> Iterator[RuleFinding]:
    if not _may_compare(sentence.text):
        return
    for change, pairs, subject in _readings(sentence, content, last_year):
        if pairs and not any(change.holds(now, prior) for now, prior in pairs):
            yield _finding(sentence, change, pairs[0], subject)


def _may_compare(text: str) -> bool:
    year = _YEAR.search(text)
    return bool(_COMPARES.search(text) or (year and _CHANGES.search(text, year.end())))


def _readings(
    sentence: Sentence, content: Content, last_year: Content | None
) -> Iterator[tuple[StatedChange, Pairs, _Subject]]:
    """Every change that a sentence states, with the numbers that it has to fit and what they count."""
    text = sentence.text
    yield from _from_to(text)
    for found in CHANGE.finditer(text):
        change = stated(found)
        if change is not None and _is_last_year(found["year"], content.year):
            subject = _subject(sentence, content, found.start(), found["what"])
            for said, pairs in _steps(text, found, change, subject, last_year):
                yield said, pairs, subject
    for pattern in (SAME, TIMES_LAST_YEAR):
        for found in pattern.finditer(text):
            if _is_last_year(found["year"], content.year):
                subject = _subject(sentence, content, found.start(), "")
                yield ratio(found) if pattern is TIMES_LAST_YEAR else UNCHANGED, _pairs(subject, last_year), subject
    yield from _year_beside_year(text, content.year)


def _is_last_year(words: str | None, year: int | None) -> bool:
    digits = re.match(r"20\d\d", words or "")
    return digits is None or year is None or int(digits[0]) == year - 1


@dataclass(frozen=True)
class _Subject:
    """What changed: its number this year and last year as far as the text tells, and the cells that count it."""

    now: Quantity | None = None
    prior: Quantity | None = None
    sums: tuple[tuple[str, ...], ...] = ()
    content: Content | None = None


def _subject(sentence: Sentence, content: Content, place: int, what: str) -> _Subject:
    text = sentence.text
    numbers = [each for each in quantities(text) if each.end <= place]
    priors = [
        each
        for each in numbers
        if PRIOR.search(text[max(0, each.start - 30) : each.start]) and _other_year(text, each, content)
    ]
    clause_start = max(text.rfind(sign, 0, place) for sign in ",;:。(") + 1
    clause = text[clause_start:place]
    current = [each for each in numbers if each not in priors and not _changed(text, each)]
    now = current[-1] if current else None
    if now and now.start < clause_start:
        # The number stands in the clause before, and nothing else has been named since.
        between = text[now.end : clause_start]
        if not _NAMES_A_QUANTITY.match(clause) or between.count(",") + between.count(";") > 1 + len(priors):
            now = None
    if what.strip("的") and not _NAMES_A_QUANTITY.match(what):
        now = None
    sums: tuple[tuple[str, ...], ...] = ()
    if now:
        for claim in read_claims(sentence, content.year, content.agency):
            if claim.quantity.start == now.start and not claim.part:
                sums = sums_meant(content.edition, claim.topic.name, claim.against) if content.form else ()
    else:
        named = list(PATTERN.finditer(what)) or list(PATTERN.finditer(clause))
        topics = [
            topic_of(each) for each in named if each[0] != "申请" or "收到" in clause + what or "量" in clause + what
        ]
        if (
            topics
            and topics[-1].kind == "received"
            and content.form
            and "收到" not in clause[: -len(clause) or None] + "收到"
        ):
            return _Subject()
        if topics and topics[-1].kind == "received" and content.form:
            sums = sums_meant(content.edition, "received")
    if now and now.vague:
        return _Subject()
    return _Subject(now, priors[-1] if priors else None, sums, content)


def _other_year(text: str, number: Quantity, content: Content) -> bool:
    lead = text[max(0, number.start - 30) : number.start]
    years = re.findall(r"20\d\d(?=年)", lead)
    if years and content.year:
        return int(years[-1]) == content.year - 1 and not re.search(r"[比较与]20\d\d年[^,;]{0,12}$", lead)
    return not re.search(rf"[比较与同和]{LAST_YEAR}[^,;]{{0,12}}$", lead)


def _changed(text: str, number: Quantity) -> bool:
    """Whether the number is itself an increase: 比上年增加5件."""
    return bool(re.search(rf"(?:{UP}|{DOWN})了?$", text[max(0, number.start - 4) : number.start])) or bool(
        re.search(rf"[比较与同和]{LAST_YEAR}[^,;]{{0,12}}$", text[max(0, number.start - 24) : number.start])
    )


def _pairs(subject: _Subject, last_year: Content | None) -> Pairs:
    if subject.prior:
        if not subject.now or subject.prior.vague or subject.prior.unit != subject.now.unit:
            return []
        return [(subject.now.value, subject.prior.value)]
    content = subject.content
    if not subject.sums or last_year is None or content is None:
        return []
    priors = _values(subject.sums, last_year)
    nows = [subject.now.value] if subject.now else _values(subject.sums, content)
    return [(now, prior) for now in nows for prior in priors]


def _values(sums: tuple[tuple[str, ...], ...], content: Content) -> list[Decimal]:
    """None at all where a cell of any reading is unknown."""
    if not all(key in content.known and key not in content.doubted for keys in sums for key in keys):
        return []
    return [Decimal(sum(content.known[key] for key in keys)) for keys in sums]


def _steps(
    text: str, found: re.Match[str], change: StatedChange, subject: _Subject, last_year: Content | None
) -> Iterator[tuple[StatedChange, Pairs]]:
    """The change, and the percentage that may follow it, each with the pairs of numbers that it has to fit."""
    now = subject.now.value if subject.now else None
    told = found if found["prior"] else PRIOR_AFTER.match(text, found.end())
    prior = value_of(told["prior"]) if told else None
    pairs = [(now, prior)] if now is not None and prior is not None else _pairs(subject, last_year)
    units_agree = change.percent or subject.now is None or change.unit == subject.now.unit
    units_agree = units_agree or (
        bool(subject.sums) and {change.unit, subject.now.unit if subject.now else ""} <= CASE_UNITS
    )
    if units_agree:
        yield change, pairs
        if prior is not None or subject.prior:
            # What the text takes for last year's number is not always what last year's report says.
            yield change, _pairs(replace(subject, prior=None), last_year)
    then = THEN.match(text, found.end())
    after = stated(then) if then else None
    if after and after.percent and not change.percent and units_agree and now is not None:
        yield after, pairs if prior is not None or subject.prior else [(now, now - change.value)]


def _from_to(text: str) -> Iterator[tuple[StatedChange, Pairs, _Subject]]:
    """由上年的400条增加到500条,增长25%."""
    for found in FROM_TO.finditer(text):
        then = THEN.match(text, found.end())
        change = stated(then) if then else None
        if change and (change.percent or change.unit == found["unit"]):
            yield change, [(Decimal(found["b"]), Decimal(found["a"]))], _Subject()


def _year_beside_year(text: str, year: int | None) -> Iterator[tuple[StatedChange, Pairs, _Subject]]:
    """2023年500条,2022年400条,增长25%; and the other way round."""
    for one, other in pairwise(quantities(text)):
        then = THEN.match(text, other.end)
        change = stated(then) if then else None
        if not change or one.unit != other.unit or one.vague or other.vague:
            continue
        if not change.percent and change.unit != one.unit:
            continue
        before, between = text[: one.start], text[one.end : other.start]
        if _tells_last_year(between, year, whole=True):
            yield change, [(one.value, other.value)], _Subject()
        elif _tells_last_year(before, year) and re.fullmatch(rf"[,;、](?:{year}年|今年|本年)度?[^,;]{{0,12}}", between):
            yield change, [(other.value, one.value)], _Subject()


def _tells_last_year(lead: str, year: int | None, whole: bool = False) -> bool:
    """Whether a number with these words before it is last year's; `whole` where they may say nothing else."""
    found = PRIOR.search(lead[-30:])
    if not found or (whole and lead[-30:][: found.start()] not in ("", ",", "、", ";")):
        return False
    return _is_last_year(found[0], year)


def _finding(sentence: Sentence, change: StatedChange, pair: tuple[Decimal, Decimal], subject: _Subject) -> RuleFinding:
    now, before = pair
    actual = change.value
    expected = (now - before) * 100 / before if change.percent and before else now - before
    operands = {
        "now": _plain(now),
        "before": _plain(before),
        "stated": _plain(actual),
        "unit": "%" if change.percent else "",
    }
    cells = subject.sums[0] if subject.sums else ()
    return RuleFinding(
        "narrative_change", sentence.part, cells, operands, _plain(round(expected, 2)), _plain(actual), sentence.quote
    )


def _plain(value: Decimal) -> Number:
    return int(value) if value == int(value) else value.normalize()
