"""One sentence as it is being read: its topics, its numbers, what is spoken of where, and what has been claimed so far."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from reports.checks.narrative.numerals import Quantity, quantities
from reports.checks.narrative.sentences import Sentence
from reports.standard.in_prose import PATTERN, Topic, topic_of


@dataclass(frozen=True)
class Claim:
    """`against` is the kind of proceedings whose result is told; `verb` the word by which a number of applications was
    introduced; `each` says that the number holds for every cell, not for their sum; `all_of` that it was told as all
    of the applications before; `part` that it was told of some of them only."""

    topic: Topic
    quantity: Quantity
    against: str = ""
    verb: str = ""
    each: bool = False
    all_of: bool = False
    part: bool = False


@dataclass(frozen=True)
class Mention:
    topic: Topic
    start: int
    end: int


EVERYBODY = (
    r"(?:公民|个人|自然人)、?法人(?:[和或及、]|或者|以及)?其[他它](?:社会)?组织|社会公众|人民群众|公民|群众|公众|当事人"
)

_PLACE = re.compile(r"([省市县区州旗盟])(?:人民政府)?$")
_BREAK = re.compile(r"[,;:()。]")
_OTHER_PERIOD = re.compile(
    r"(?<![比较与同和转])(?:上年度?|去年|上一年度?|前年)(?!度?(?:结转|转结|转入))|上半年|下半年|季度|(?<!\d)\d{1,2}月份|(?<![年度内])累计|以来|历年|每年"
    r"|近[三五两\d]年"
)
_YEAR = re.compile(r"(?<![比较与同])(?<!结转)(?<!转[至到入])(20\d\d)年(?!1月1日)(?P<carried>.{0,3}结转)?")
_THIS_YEAR = re.compile(r"全年|本年|今年|年内|当年")
_SINCE_THIS_YEAR = re.compile(r"(?:今年|本年度?|一年|年初)以来")
_OTHER_MATTER = re.compile(
    r"建议|提案|议案|热线|12345|信访(?!、?举报)|来信|来访|来电|诉求|留言|咨询|工单|许可|低保|救助|援助|(?<!举报)(?<!举报、)投诉|服务|纠纷|网民"
    r"|(?<!公开)(?<!申请)事项(?=\d)|公文|发文|制发(?:的)?(?:政府)?信息|主动公开(?=(?:政府信息)?\d)"
)
APPLICATION = re.compile(r"依申请公开|信息公开申请|公开申请|申请")
_CHAIN = re.compile(r"(?:提出|提交|递交)?的?新?")
_REASON_OF = re.compile(r"的|而|(?:信息)?(?:依法)?")


class Context:
    """`claims` are those read so far, each with its place."""

    def __init__(self, sentence: Sentence, year: int | None, agency: str = "") -> None:
        place = _PLACE.search(agency)
        self.whole_place = "全" + (place[1] if place else "镇")
        self.text, self.before = sentence.text, sentence.before
        text = self.text
        self.mentions = [Mention(topic_of(found), found.start(), found.end()) for found in PATTERN.finditer(text)]
        self.starts = [mention.start for mention in self.mentions]
        self.numbers = list(quantities(text))
        self.breaks = [found.start() for found in _BREAK.finditer(text)]
        self.claims: list[tuple[int, Claim]] = []
        self._periods = sorted(
            [
                (found.start(), not _within(self.before + text[: found.start()], found[0], year))
                for found in _OTHER_PERIOD.finditer(text)
            ]
            + [(found.start(), False) for found in _THIS_YEAR.finditer(text)]
            + [
                (found.start(), year is not None and int(found[1]) != year and not found["carried"])
                for found in _YEAR.finditer(text)
            ]
        )
        self._since_this_year = bool(_SINCE_THIS_YEAR.search(text) or re.search(rf"{year}年?度?以来", text))
        self._matters = _matters(text)
        earlier = _matters(self.before) if self.before else []
        self._matter_before = bool(earlier) and earlier[-1][1]

    def clause_start(self, place: int) -> int:
        number = bisect_left(self.breaks, place)
        return self.breaks[number - 1] + 1 if number else 0

    def clause_end(self, place: int) -> int:
        number = bisect_left(self.breaks, place)
        return self.breaks[number] if number < len(self.breaks) else len(self.text)

    def of_another_period(self, place: int) -> bool:
        """The last word about time before a place, in the sentence, decides."""
        number = bisect_left(self._periods, (place, False))
        return bool(number) and self._periods[number - 1][1] and not self._since_this_year

    def other_matter(self, place: int) -> bool:
        """Whether what was spoken of last before a place is another matter than applications."""
        number = bisect_left(self._matters, (place, False))
        return self._matters[number - 1][1] if number else self._matter_before

    def other_matter_in(self, start: int, end: int) -> bool:
        """Whether another matter is named in between."""
        return any(other for place, other in self._matters if start <= place < end)

    def proceedings_before(self, place: int) -> str:
        """The kind of proceedings spoken of last before a place; none where it is both together."""
        for mention in reversed(self.mentions[: bisect_left(self.starts, place)]):
            if mention.topic.kind == "proceedings":
                return mention.topic.name if mention.topic.name != "both" else ""
        return ""

    def chained(self, index: int) -> Mention | None:
        """上年结转的申请 is about what was carried in, 因国家秘密不予公开 about state secrets, 尚未审结的诉讼 about its result."""
        mention = self.mentions[index]
        if not index:
            return None
        earlier = self.mentions[index - 1]
        gap = self.text[earlier.end : mention.start]
        if mention.topic.kind == "received" and earlier.topic.kind not in ("proceedings", "received"):
            everybody = earlier.topic.kind == "applicant" and self._everybody(earlier)
            return earlier if _CHAIN.fullmatch(gap) and not everybody else None
        if mention.topic.kind == "outcome" and earlier.topic.kind == "reason" and _REASON_OF.fullmatch(gap):
            return earlier
        if mention.topic.kind == "proceedings" and earlier.topic.kind == "result" and gap == "的":
            return earlier
        return None

    def _everybody(self, mention: Mention) -> bool:
        """公民、法人或者其他组织 are all applicants, not those of one column."""
        return bool(_EVERYBODY_NAMED.search(self.text[max(0, mention.start - 4) : mention.end + 8]))


def _within(ahead: str, word: str, year: int | None) -> bool:
    """2023年，我镇累计收到: what has added up in the year itself; up to a date it may have begun before."""
    return word == "累计" and "截" not in ahead and bool(re.search(rf"{year}年|{_THIS_YEAR.pattern}", ahead))


_EVERYBODY_NAMED = re.compile(r"公民、?法人|公民(?:提出|提交|申请)")


def _matters(text: str) -> list[tuple[int, bool]]:
    """Where applications are spoken of, and where other matters are."""
    found = sorted(
        [(found.start(), found[0], False) for found in APPLICATION.finditer(text)]
        + [(found.start(), found[0], True) for found in _OTHER_MATTER.finditer(text)]
    )
    matters: list[tuple[int, bool]] = []
    for place, word, other in found:
        # 服务大厅受理申请: an application that is not said to be one for information belongs to what its clause speaks of.
        same = word == "申请" and matters and matters[-1][1] and not _BREAK.search(text, matters[-1][0], place)
        matters.append((place, other or bool(same)))
    return matters
