"""`narrative_figure`: a number in the text that contradicts the tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from reports.checks.content import Content, Number, RuleFinding
from reports.checks.narrative.claims import Claim, read_claims
from reports.checks.narrative.fees import fees_contradicted
from reports.checks.narrative.sentences import Sentence, sentences_of
from reports.standard.in_prose import UNANSWERED, cells_in, sums_meant

Mended = Callable[[], dict[str, Number]]


def narrative_figure(content: Content) -> list[RuleFinding]:
    """Every number of the text that no reading of the tables bears out. Cells that are unknown contradict nothing."""
    form = content.form
    if form is None:
        return []
    mended = cache(lambda: _mended(content))
    findings: dict[str, RuleFinding] = {}
    for sentence in sentences_of(content):
        contradicted = False
        for finding in fees_contradicted(content, sentence):
            findings.setdefault(finding.fingerprint, finding)
        for claim in read_claims(sentence, content.year, content.agency):
            if claim.all_of and contradicted:
                continue
            found = _weigh(content, sentence, claim, mended)
            contradicted = contradicted or bool(found)
            for finding in found:
                findings.setdefault(finding.fingerprint, finding)
    return _each_once(list(findings.values()))


def _weigh(content: Content, sentence: Sentence, claim: Claim, mended: Mended) -> list[RuleFinding]:
    meant = sums_meant(content.edition, claim.topic.name, claim.against)
    if not meant or not meant[0]:
        return []
    cells = meant[0]
    if not all(
        key in content.known and key not in content.doubted and content.has_table(key) for keys in meant for key in keys
    ):
        return []
    blocks = _blocks(content, cells) if claim.each and claim.topic.kind == "proceedings" else ()
    if blocks:
        return [found for block in blocks for found in _weigh_sums(content, sentence, claim, (block,), mended)]
    return _weigh_sums(content, sentence, claim, meant[:1] if claim.each else meant, mended)


def _weigh_sums(
    content: Content, sentence: Sentence, claim: Claim, meant: tuple[tuple[str, ...], ...], mended: Mended
) -> list[RuleFinding]:
    fitting = [_sum(content, keys) for keys in meant] + _also_meant(content, claim)
    if any(claim.quantity.fits(total) for total in fitting):
        return []
    if claim.part and claim.quantity.value < max(fitting):
        return []
    # Where a total is wrong in itself, the rule about its equation says so; the text may have it right.
    right = mended()
    if right and any(claim.quantity.fits(sum(right[key] for key in keys)) for keys in meant):
        return []
    return [_finding(sentence, claim, meant[0], fitting[0])]


def _mended(content: Content) -> dict[str, Number]:
    """The figures with every broken total put right; nothing where none is broken."""
    form, known = content.form, content.known
    assert form is not None
    mended: dict[str, Number] = {}
    for equation in form.equations:
        found = equation.evaluate(known, form.signed)
        if len(equation.right) == 1 and found.difference and not found.unknown:
            mended[equation.right[0]] = found.left
    return known | mended if mended else {}


def _also_meant(content: Content, claim: Claim) -> list[Number]:
    """Readings that are no sum of cells."""
    concluded = sums_meant(content.edition, "concluded")[0]
    if claim.topic.name == "answered":
        form = content.form
        assert form is not None
        unanswered = cells_in(form, UNANSWERED)
        if all(key in content.known for key in unanswered):
            return [_sum(content, concluded) - _sum(content, unanswered)]
    if claim.topic.name == "received" and claim.verb[:2] in ("办理", "处理", "答复"):
        return [_sum(content, concluded)] if all(key in content.known for key in concluded) else []
    return []


def _blocks(content: Content, cells: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Reconsideration apart from litigation."""
    one, two = (sums_meant(content.edition, name)[0] for name in ("reconsideration", "litigation"))
    return tuple(keys for keys in (one, two) if set(keys) <= set(cells))


def _sum(content: Content, keys: tuple[str, ...]) -> Number:
    return sum(content.known[key] for key in keys)


def _finding(sentence: Sentence, claim: Claim, cells: tuple[str, ...], actual: Number) -> RuleFinding:
    value = claim.quantity.value
    told: Number = int(value) if value == int(value) else value
    operands = {"text": told} | {"topic": claim.topic.name} | {"cells": " ".join(cells), "sum": actual}
    return RuleFinding("narrative_figure", sentence.part, cells, operands, actual, told, sentence.quote)


def _each_once(findings: list[RuleFinding]) -> list[RuleFinding]:
    """A sentence that says the same twice is told once."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for finding in findings:
        said = (finding.where, finding.quote, finding.cells)
        if said not in seen:
            seen.add(said)
            kept.append(finding)
    return kept
