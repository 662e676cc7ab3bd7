"""`narrative_change`: an increase or decrease that the text's own numbers or last year's report do not bear out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reports.checks.content import Content, Finding, Number
from reports.checks.narrative.claims import read_claims
from reports.checks.narrative.numerals import CASE_UNITS, Quantity, quantities, value_of
from reports.checks.narrative.sentences import Sentence, sentences_of
from reports.standard.in_prose import PATTERN, sums_meant, topic_of

_UP = "增长|增加|增多|上升|提高|提升|增幅|多|增"
_DOWN = "减少|下降|降低|回落|降幅|少|减"
_LAST_YEAR = r"(?:上一?年度?|去年|前一年|20\d\d年度?)"
_AMOUNT = (
    r"(?P<about>约|近|超过?|逾|将近|大约|接近|不到)?(?:(?P<percent>\d{1,6}(?:\.\d{1,4})?)%|(?P<times>\d{1,4}(?:\.\d{1,2})?|[一两二三四五六])倍"
    r"|(?P<tenths>[\d一二两三四五六七八九])成(?P<hundredths>半|[\d一二三四五六七八九])?(?![效果立为本功熟长员就品交])"
    r"|(?P<number>\d{1,9}|[一二三四五六七八九十百两]{1,6})(?P<unit>[件条起次宗例项个份篇则期人名户场])(?!百分点|次))(?P<more>左右|以上|多|余)?"
)
_THAN = (
    rf"(?:同比|(?:比|较|与|同|和)(?P<year>{_LAST_YEAR})(?:同期)?(?:相比)?"
    rf"(?:的?\(?(?P<prior>\d{{1,9}}|[一二三四五六七八九十百两]{{1,6}})[件条起次宗例项个份篇则期人名户场]\)?)?)"
)
_CHANGE = re.compile(
    rf"{_THAN},?(?P<what>[^,;:。\d%]{{0,10}}?)(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|为|达)?{_AMOUNT}"
)
_SAME = re.compile(
    rf"(?:与|同|和|较|比)(?P<year>{_LAST_YEAR})(?:度|同期)?(?:相比)?(?:持平|相同|一致|无变化|没有变化|数量相同)"
)
_THEN = re.compile(
    rf"[,、]?(?:同比)?(?:(?P<up>增长|上升|增幅|提高)|(?P<down>下降|减少|降低|降幅))(?:了|为|达)?{_AMOUNT}"
)
_FROM_TO = re.compile(
    rf"(?:由|从)(?:{_LAST_YEAR})?的?(?P<a>\d{{1,9}})[件条起次宗例项个份篇则期人名户场次]{{1,2}}(?:增加|增长|上升|提高|增|下降|减少|降低|降|减)[到至为]"
    rf"(?:今年|本年|20\d\d年)?的?(?P<b>\d{{1,9}})[件条起次宗例项个份篇则期人名户场次]{{1,2}},?"
)
_PRIOR = re.compile(rf"{_LAST_YEAR}(?:度|同期)?(?:的|为|是|共|仅|有|收到|公开|申请|信息|发布|受理|办理|政府|主动)*$")
_COMPARES = re.compile(r"同比|[比较与同和](?:上|去|前|20)|[由从](?:上|去|20|的?\d)")
_NAMES_A_QUANTITY = re.compile(r"^(?:数量|总量|总数|申请量|申请数量|数|量|均)?$")


@dataclass(frozen=True)
class _Change:
    """A change as stated, `percent` telling whether in percent; `slack` is half of the last printed digit."""

    value: Decimal
    slack: Decimal
    percent: bool
    unit: str

    def holds(self, now: Decimal, before: Decimal) -> bool:
        if not self.percent:
            return abs(now - before - self.value) <= self.slack
        return before == 0 or abs((now - before) * 100 / before - self.value) <= self.slack + Decimal("0.000001")


def narrative_change(content: Content, last_year: Content | None) -> list[Finding]:
    """Every stated change that can be recomputed and comes out differently. What cannot be recomputed is left alone."""
    before = last_year if last_year and content.year and last_year.year == content.year - 1 else None
    findings: dict[str, Finding] = {}
    for sentence in sentences_of(content):
        for finding in _in_sentence(sentence, content, before):
            findings.setdefault(finding.fingerprint, finding)
            break
    return list(findings.values())


def _in_sentence(sentence: Sentence, content: Content, last_year: Content | None) -> Iterator[Finding]:
    text = sentence.text
    if not _COMPARES.search(text):
        return
    yield from _from_to(sentence)
    for found in _CHANGE.finditer(text):
        change = _stated(found)
        if change is None or not _is_last_year(found["year"], content.year):
            continue
        subject = _subject(sentence, content, found.start(), found["what"])
        for said, pairs in _steps(text, found, change, subject, last_year):
            if pairs and not any(said.holds(now, prior) for now, prior in pairs):
                yield _finding(sentence, said, pairs[0], subject)
                return
    for found in _SAME.finditer(text):
        if _is_last_year(found["year"], content.year):
            subject = _subject(sentence, content, found.start(), "")
            same = _Change(Decimal(0), Decimal(0), False, "")
            pairs = _pairs(subject, last_year)
            if pairs and not any(now == prior for now, prior in pairs):
                yield _finding(sentence, same, pairs[0], subject)


def _stated(found: re.Match[str]) -> _Change | None:
    if found["about"] or found["more"]:
        return None
    sign = 1 if found["up"] else -1
    if found["percent"]:
        digits = len(found["percent"].partition(".")[2])
        return _Change(sign * Decimal(found["percent"]), Decimal(1) / 10**digits / 2, True, "")
    if found["tenths"]:
        return _in_tenths(sign, found["tenths"], found["hundredths"])
    if found["times"]:
        value = value_of(found["times"])
        digits = len(found["times"].partition(".")[2])
        return _Change(sign * value * 100, Decimal(100) / 10**digits / 2, True, "") if value is not None else None
    value = value_of(found["number"])
    return _Change(sign * value, Decimal(0), False, found["unit"]) if value is not None else None


def _in_tenths(sign: int, tenths: str, hundredths: str | None) -> _Change | None:
    """三成 is 30 %, two and a half of them 25 %."""
    ten, one = value_of(tenths), Decimal(0)
    if hundredths:
        one = Decimal(5) if hundredths == "半" else value_of(hundredths) or one
    slack = Decimal("0.5") if hundredths else Decimal(5)
    return _Change(sign * (ten * 10 + one), slack, True, "") if ten is not None else None


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
        if _PRIOR.search(text[max(0, each.start - 30) : each.start]) and _other_year(text, each, content)
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
        for claim in read_claims(sentence, content.year):
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
    return not re.search(rf"[比较与同和]{_LAST_YEAR}[^,;]{{0,12}}$", lead)


def _changed(text: str, number: Quantity) -> bool:
    """Whether the number is itself an increase: 比上年增加5件."""
    return bool(re.search(rf"(?:{_UP}|{_DOWN})了?$", text[max(0, number.start - 4) : number.start])) or bool(
        re.search(rf"[比较与同和]{_LAST_YEAR}[^,;]{{0,12}}$", text[max(0, number.start - 24) : number.start])
    )


def _pairs(subject: _Subject, last_year: Content | None) -> list[tuple[Decimal, Decimal]]:
    """This year's and last year's number, in every reading that is open."""
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
    text: str, found: re.Match[str], change: _Change, subject: _Subject, last_year: Content | None
) -> Iterator[tuple[_Change, list[tuple[Decimal, Decimal]]]]:
    """The change, and the percentage that may follow it, each with the pairs of numbers that it has to fit."""
    now = subject.now.value if subject.now else None
    prior = value_of(found["prior"]) if found["prior"] else None
    pairs = [(now, prior)] if now is not None and prior is not None else _pairs(subject, last_year)
    units_agree = change.percent or subject.now is None or change.unit == subject.now.unit
    units_agree = units_agree or (
        bool(subject.sums) and {change.unit, subject.now.unit if subject.now else ""} <= CASE_UNITS
    )
    if units_agree:
        yield change, pairs
    then = _THEN.match(text, found.end())
    after = _stated(then) if then else None
    if after and after.percent and not change.percent and units_agree and now is not None:
        yield after, pairs if prior is not None or subject.prior else [(now, now - change.value)]


def _from_to(sentence: Sentence) -> Iterator[Finding]:
    for found in _FROM_TO.finditer(sentence.text):
        then = _THEN.match(sentence.text, found.end())
        change = _stated(then) if then else None
        before, now = Decimal(found["a"]), Decimal(found["b"])
        if change and change.percent and not change.holds(now, before):
            yield _finding(sentence, change, (now, before), _Subject())


def _finding(sentence: Sentence, change: _Change, pair: tuple[Decimal, Decimal], subject: _Subject) -> Finding:
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
    return Finding(
        "narrative_change", sentence.part, cells, operands, _plain(round(expected, 2)), _plain(actual), sentence.quote
    )


def _plain(value: Decimal) -> Number:
    return int(value) if value == int(value) else value.normalize()
