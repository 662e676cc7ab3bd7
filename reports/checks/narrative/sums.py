"""`narrative_sum`: the parts that a sentence lists do not add up to the total that it gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile

from reports.checks.content import Content, Number, RuleFinding
from reports.checks.narrative.numerals import Quantity, quantities
from reports.checks.narrative.sentences import Sentence, sentences_of
from reports.standard.in_prose import NATURAL_OR_LEGAL, TOPICS, words_of

_INNER = re.compile(r"\(([^()]{0,200})\)")
_NATURAL, _LEGAL = (words_of(name) for name in NATURAL_OR_LEGAL)
_TRIGGER = re.compile(rf"其中[,:]?|(?<=[^\d,;:。]):|(?<=[,、(])(?={_NATURAL})")
_MAY_LIST = re.compile(rf"其中|[:(]|[合总共]计|一共|总共|{_NATURAL}")
_NOT_EXHAUSTIVE = re.compile(r"包括|包含|涵盖|涉及|主要|重点|例如|比如|含")
_NO_MORE = re.compile(r"包括|包含|涵盖|涉及|主要|例如|比如|含|重点(?:公开|发布|是|有|围绕)")
"""The same after the first part, where 重点民生类 is what a part is called."""
_REST = re.compile(r"其余|余下|剩余|其它均|其他均|其他为")
_END_OF_LIST = re.compile(
    r";|办结|结转|上年|同比|较|增长|减少|增加|全部|收到(?!(?:申请)?件?$)|受理|接到|复议|诉讼|累计|占|另(?!行制作)|此外|同时|内容|涉及|开展|举办|(?<!其他)(?<!其它)(?<!社会)(?<!公益)(?<!法人)组织|培训|提升|(?<!公)共[^享同青建]|总"
)
_CHANNEL = re.compile(
    r"网站|微信|公众号|微博|公开栏|电子屏|屏|抖音|头条|客户端|新媒体|平台|报|电视|广播|视频|门户|APP|短信|自媒体|媒体|张贴|群"
)
_OUTCOME = re.compile("|".join(each.words for each in TOPICS if each.kind == "outcome"))
_CASES = re.compile(r"申请|复议|诉讼|结转|办结|公开\d|答复\d")
_SHARE = re.compile(r",?占(?:比|全部|总数的?|总量的?)?(?:为|约)?\d{1,3}(?:\.\d{1,4})?%")
_INSIDE = re.compile(r"其中|内有|内含")
_CARRIED = re.compile(r"结转|转结|上年|去年")
_AND_SO_ON = re.compile(r"等(?![级级待候同])")
_SUMMED_UP = re.compile(r"^[,;、。]?(?:以上)?(?:合计|总计|共计|一共|总共)(?:公开|发布)?(?:政府)?(?:信息)?$")
_MAX_LIST_LENGTH = 24


def narrative_sum(content: Content) -> list[RuleFinding]:
    """Every list of two or more parts of one unit that misses its total, as far as the list claims to be complete."""
    findings: dict[str, RuleFinding] = {}
    for sentence in sentences_of(content):
        text = _with_its_total(sentence)
        for total, parts in _lists(_SHARE.sub("", text)):
            # A sentence of its own may name the main parts only.
            if _misses(total, parts) and (text == sentence.text or _exceed(total, parts)):
                operands = {"total": _plain(total.value)} | {
                    f"part_{number}": _plain(part.value) for number, part in enumerate(parts, 1)
                }
                actual = sum((part.value for part in parts), Decimal(0))
                finding = RuleFinding(
                    "narrative_sum", sentence.part, (), operands, _plain(actual), _plain(total.value), sentence.quote
                )
                findings.setdefault(finding.fingerprint, finding)
                break
    return list(findings.values())


def _with_its_total(sentence: Sentence) -> str:
    """The sentence after the one that gives the total, where it begins: 其中."""
    if not sentence.text.startswith("其中") or _OUTCOME.search(sentence.text):
        return sentence.text
    previous = sentence.before.rstrip("。").rpartition("。")[2]
    first = next(quantities(sentence.text), None)
    totals = [each for each in quantities(previous) if first and each.unit == first.unit]
    return f"{previous},{sentence.text}" if len(totals) == 1 and not totals[0].vague else sentence.text


def _plain(value: Decimal) -> Number:
    return int(value) if value == int(value) else value


def _lists(text: str) -> Iterator[tuple[Quantity, list[Quantity]]]:
    """Every total of a text with the parts that would have to add up to it, where they do not in any reading."""
    if not _MAY_LIST.search(text):
        return
    outer = text
    # Read once: from the beginning each time, a text of nothing but brackets would be read as often as it has brackets.
    by_end = {each.end: each for each in quantities(text)}
    for found in _INNER.finditer(text):
        before = by_end.get(found.start())
        inner = list(quantities(found[1])) if before else []
        if before and inner:
            yield from _after(before, found[1], inner, exhaustive="其中" in found[1] or len(inner) > 1)
        outer = outer.replace(found[0], "", 1)
    numbers = list(quantities(outer))
    for trigger in _TRIGGER.finditer(outer):
        parts = [each for each in numbers if each.start >= trigger.end()]
        earlier = [each for each in numbers if each.end <= trigger.start()]
        if not earlier or not parts:
            continue
        if trigger[0] in (":", "") and trigger.start() - earlier[-1].end > (0 if trigger[0] == ":" else 1):
            continue
        if trigger[0] == "" and not re.search(_LEGAL, outer[trigger.end() :]):
            continue
        if trigger[0] == ":" and _OUTCOME.search(outer[parts[0].end : parts[-1].end + 4]):
            continue
        same = [each for each in earlier if each.unit == parts[0].unit]
        nested = any(
            other.end() < trigger.start() and other[0].startswith("其中") for other in _TRIGGER.finditer(outer)
        )
        if same and not nested and not _NOT_EXHAUSTIVE.search(outer[same[-1].end : trigger.end() + 2]):
            for missed in _after(same[-1], outer[trigger.end() :], _moved(parts, trigger.end())):
                if not _of_all_together(outer, same, missed[1]):
                    yield missed
        if trigger[0].startswith("其中"):
            # What follows a second 其中 is part of this list.
            break
    yield from _summed_up(outer, numbers)


def _of_all_together(text: str, totals: list[Quantity], parts: list[Quantity]) -> bool:
    """收到9件，上年结转1件，其中网上5件、信函5件: the parts are of what came in and what was carried in."""
    if len(totals) < 2 or not _CARRIED.search(text[totals[-2].end : totals[-1].end + 4]):
        return False
    together = replace(totals[-1], value=totals[-1].value + totals[-2].value)
    return any(
        not _misses(total, parts[:length]) for total in (together, totals[-2]) for length in range(2, len(parts) + 1)
    )


def _moved(numbers: list[Quantity], by: int) -> list[Quantity]:
    return [Quantity(each.value, each.slack, each.unit, each.vague, each.start - by, each.end - by) for each in numbers]


def _after(
    total: Quantity, text: str, numbers: list[Quantity], exhaustive: bool = True
) -> Iterator[tuple[Quantity, list[Quantity]]]:
    """The list that follows a total, if it is one that has to add up and does not."""
    text = _as_one_list(text, numbers)
    parts: list[Quantity] = []
    nested: list[int] = []
    place = 0
    for number in numbers[:_MAX_LIST_LENGTH]:
        lead = text[place : number.start]
        inside = bool(parts and _INSIDE.search(lead))
        if parts and _END_OF_LIST.search(lead):
            break
        if (_NO_MORE if parts else _NOT_EXHAUSTIVE).search(lead) or number.unit != total.unit or number.vague:
            return
        if inside:
            nested.append(len(parts))
        parts.append(number)
        place = number.end
    if not exhaustive or len(parts) < 2 or total.vague or _adds_up_later(total, numbers, len(parts)):
        return
    if _AND_SO_ON.match(text, parts[-1].end) or _REST.search(text[parts[0].start :]):
        return
    if any(_AND_SO_ON.match(text, part.end) for part in parts):
        return
    outer = _adds_up(total, parts, nested)
    if outer is not None:
        channels = all(_CHANNEL.search(lead) for lead in _leads(text, outer))
        if not _plausible(total, outer, channels):
            yield total, outer


def _as_one_list(text: str, numbers: list[Quantity]) -> str:
    """A list may have a semicolon after each of its parts; elsewhere a semicolon ends it."""
    ends = [number.end for number in numbers if text[number.end : number.end + 1] == ";"]
    between = numbers[: len(ends) + 1]
    whole = len(ends) >= 2 and [number.end for number in between[: len(ends)]] == ends
    return text.replace(";", "、") if whole and not _CASES.search(text) else text


def _adds_up_later(total: Quantity, numbers: list[Quantity], length: int) -> bool:
    """Whether the list goes on, after what seemed its end, until it adds up."""
    alike = list(takewhile(lambda number: number.unit == total.unit, numbers))
    return any(not _misses(total, alike[:longer]) for longer in range(length + 1, len(alike) + 1))


def _leads(text: str, parts: list[Quantity]) -> list[str]:
    ends = [0] + [part.end for part in parts]
    return [text[end : part.start] for end, part in zip(ends, parts, strict=False)]


def _adds_up(total: Quantity, parts: list[Quantity], nested: list[int]) -> list[Quantity] | None:
    """None where some reading adds up; else the parts of the plainest reading. A part may have parts of its own, and a
    list may be followed by numbers that are none of its parts."""
    if not nested:
        for length in range(1, len(parts) + 1):
            if not _misses(total, parts[:length]):
                return None
        return parts
    first = nested[0]
    parent = parts[first - 1]
    exact = None
    for length in range(1, len(parts) - first + 1):
        children, rest = parts[first : first + length], parts[first + length :]
        inner = sum(child.value for child in children)
        if inner > parent.value + parent.slack:
            break
        outer = parts[:first] + rest
        later = [place - length for place in nested[1:] if place - length > first]
        if len(later) == len(nested) - 1 and _adds_up(total, outer, later) is None:
            return None
        if inner == parent.value and len(outer) > 1:
            exact = outer
    # Only where the inner list is certain is the outer one.
    return exact if exact is not None else None


def _misses(total: Quantity, parts: list[Quantity]) -> bool:
    difference = sum((part.value for part in parts), Decimal(0)) - total.value
    return abs(difference) > total.slack + sum((part.slack for part in parts), Decimal(0))


def _exceed(total: Quantity, parts: list[Quantity]) -> bool:
    return sum(part.value for part in parts) > total.value


def _plausible(total: Quantity, parts: list[Quantity], channels: bool) -> bool:
    """Whether a difference may well be no mistake: a few examples of many, or one item published on several channels."""
    added = sum((part.value for part in parts), Decimal(0))
    if added < total.value:
        return added * 2 < total.value
    if channels:
        return any(part.value >= total.value for part in parts) or added * 10 > total.value * 11
    return False


def _summed_up(text: str, numbers: list[Quantity]) -> Iterator[tuple[Quantity, list[Quantity]]]:
    """网站200条，微信100条，合计300条."""
    for index, total in enumerate(numbers[: _MAX_LIST_LENGTH + 1]):
        if index < 2 or total.vague or not _SUMMED_UP.match(text[numbers[index - 1].end : total.start]):
            continue
        parts = numbers[:index]
        if any(part.unit != total.unit or part.vague for part in parts) or "其中" in text[: total.start]:
            continue
        if all(_misses(total, parts[start:]) for start in range(index - 1)):
            added = sum(part.value for part in parts)
            if added * 2 >= total.value and added <= total.value * 2:
                yield total, parts
