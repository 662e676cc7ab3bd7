"""What a sentence says did not happen: 未收到申请，未发生复议、诉讼; 没有结转; 依申请公开数量为零."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from reports.checks.narrative.context import EVERYBODY, Claim, Context, Mention
from reports.checks.narrative.numerals import Quantity
from reports.standard.in_prose import PATTERN, Topic, topic, topic_of

_NONE = re.compile(r"(?:均未|从未|尚未|未曾|并未|未|没有|没|无|不存在)")
_NONE_VERB = re.compile(
    r"(?:被|曾|新)?(?:收到|接到|接收到|受理|接收|发生|产生|出现|存在|有|被|涉及|收办|新收|提起|引发|引起|收取)?"
    r"(?:[和或并及、](?:处理|办理|受理|答复))?(?:过|到|任何|一起|一件|1件|1起)?"
)
_TO_PROCEEDINGS = re.compile(
    r"(?:[^,;:()。、和及或]|涉及){0,14}?(?:(?:政府|政务)?信息(?:依申请)?公开|政务公开|依申请公开|公开(?:政府)?信息)"
    r"(?:政府信息|不及时|工作|申请|事项|事务|答复|问题|方面|行为|办理|规定|制度|不当|不服|出现|引起|引发|引致|导致|产生|造成"
    r"|发生|提起|提请|提出|有关|相关|案件|类|等|的|而|所|被)*+(?=(?:行政)?(?:复议|诉讼))"
)
"""Between 未发生 and the proceedings, what they are about, in whatever words: 针对我乡政府信息公开事务提起的行政复议."""

_ABOUT_DISCLOSURE = re.compile(
    r"(?:因|由|由于|针对|对|就|涉及|有关|关于|与)(?:本机关|本单位|我单位|我[镇乡县局]|本[镇乡]|[我本]?街道|本级)?(?:的)?(?:政府|政务)?信息公开"
    r"(?:工作|申请|事项|答复|问题|方面|等)*(?:而|所)?(?:引起|引发|导致|产生|提起|被申请|被提起|有关|相关|的)*"
)
_QUALIFIERS = re.compile(
    rf"(?:任何|需要?|形式|相关|有关|本年度?|新的|书面|各类|的|被|申请(?=(?:行政)?复议)|提起|政府信息公开(?=相关|的|类|行政|复议|诉讼)"
    rf"|{EVERYBODY}|申请人|通过[^,;:。]{{1,30}}?(?:形式|方式|渠道|途径)|向[^,;:。]{{1,10}}?(?=提出|提交|申请)|提出|提交|要求|关于|有关|(?:政府|政务)?信息(?=依申请)|该项|此类|该类|举报|投诉|信访|和|或|、|及)*"
)
_TAIL = re.compile(
    r"(?:政府信息公开申请|(?:政府)?信息|案件|事件|情况|情形|现象|事项|申请|发生|行为|办理|继续|处理|方面|举报|投诉|申诉|的"
    r"|案|类|等|件)*+(?=[,;:()。、和及与或也]|以及|$)"
)
_JOINT = re.compile(r"(?:、|和|及|与|或|以及|以及其他|及其)+(?:被|发生)?")
_NOBODY_ASKED = re.compile(
    r"(?:没有?|无)人(?:提出|提交|申请)[^,;。]{0,6}(?:信息公开|公开政府信息|公开信息|申请)(?:申请|事项)?|(?<![\d.])零申请"
    r"|依申请公开(?:工作|申请)?(?:方面|情况|事项|数量)?(?:为|:)?(?:零|无|零报告)$"
)
_IS_ZERO = re.compile(r"(?:数量|件数|申请|事项|案件|情况|总数|的|数|均|共)*+(?:为|:)(?:零|0)(?=[,;。)]|$)")
_EVERYBODY_WHO = re.compile(rf"(?:{EVERYBODY})(?:向[^,;。]{{1,8}}?(?=提出|提交))?(?:提出|提交)?的?")
_WHOSE = re.compile(r"(?:提出|提交)?的?(?:政府)?(?:信息公开)?申请")
_OTHER_APPLICATION = re.compile(r"(?:行政)?复议|公开")
_MADE = re.compile(r"制|出台|印发|废止")


def read_none(here: Context) -> None:
    """Adds a claim of nothing for everything that is said not to have happened."""
    for found in _NOBODY_ASKED.finditer(here.text):
        if not here.of_another_period(found.start()):
            _none(here, topic("received"), found.start(), found.end())
    for found in _NONE.finditer(here.text):
        if not here.of_another_period(found.start()):
            _read_list(here, found)


def _read_list(here: Context, found: re.Match[str]) -> None:
    """未收到申请, 未发生因政府信息公开引起的行政复议、行政诉讼, 没有结转."""
    verb = _NONE_VERB.match(here.text, found.end())
    place = verb.end() if verb else found.end()
    said = here.text[found.start() : place]
    if found[0].endswith("未") and place == found.end() and not _goes_on(here.text, place):
        return
    told: list[tuple[Topic, int, int]] = []
    while True:
        about = _TO_PROCEEDINGS.match(here.text, place) or _ABOUT_DISCLOSURE.match(here.text, place)
        if about and not _is_end(here.text, about.end()):
            place = about.end()
        everybody = _EVERYBODY_WHO.match(here.text, place)
        if everybody:
            place = everybody.end()
        mention = PATTERN.match(here.text, place)
        if not mention or (
            topic_of(mention).name == "received"
            and here.text[place : mention.end()] == "申请"
            and _OTHER_APPLICATION.match(here.text, mention.end())
        ):
            qualifiers = _QUALIFIERS.match(here.text, place)
            assert qualifiers is not None
            mention = PATTERN.match(here.text, qualifiers.end())
        if not mention:
            break
        subject = topic_of(mention)
        place = mention.end()
        if subject.kind == "applicant":
            whose = _WHOSE.match(here.text, place)
            if not whose:
                break
            place = whose.end()
        tail = _TAIL.match(here.text, place)
        if not tail:
            break
        place = tail.end()
        told.append((subject, mention.start(), place))
        joint = _JOINT.match(here.text, place)
        if not joint:
            break
        place = joint.end()
    for subject, start, end in told:
        if _may_be_denied(here, subject, start, said):
            _none(here, subject, start, end)


def _goes_on(text: str, place: int) -> bool:
    """Whether something is denied though no such verb follows: 未制发规范性文件, 未因政府信息公开引发行政复议."""
    return bool(_MADE.match(text, place) or (text.startswith("因", place) and _TO_PROCEEDINGS.match(text, place)))


def _may_be_denied(here: Context, subject: Topic, place: int, said: str) -> bool:
    if subject.kind in ("answered", "decision"):
        return False
    if subject.kind == "result":
        return bool(here.proceedings_before(place))
    if subject.kind == "document":
        return "规范性文件" in here.text
    if subject.kind == "received":
        named = "公开" in here.text[place : place + 12]
        return not here.other_matter(place) or named or "收到" in said
    return not here.other_matter(place) or subject.kind in ("proceedings", "outcome")


def _none(here: Context, subject: Topic, start: int, end: int) -> None:
    nothing = Quantity(Decimal(0), Decimal(0), "件", False, start, end)
    against = here.proceedings_before(start) if subject.kind == "result" else ""
    here.claims.append((start, Claim(subject, nothing, against, each=True)))


def read_zero(here: Context) -> Iterator[tuple[Mention, Quantity]]:
    """依申请公开数量为零, 行政复议、行政诉讼均为0."""
    for index, mention in enumerate(here.mentions):
        found = _IS_ZERO.match(here.text, mention.end)
        if found and not here.of_another_period(mention.start):
            nothing = Quantity(Decimal(0), Decimal(0), "件", False, found.end() - 1, found.end())
            subject = here.chained(index) or mention
            if subject.topic.kind == "received" and "公开" not in here.text[subject.start : subject.end]:
                continue
            yield subject, nothing


def _is_end(text: str, place: int) -> bool:
    return place >= len(text) or text[place] in ",;:。"
