"""What a sentence says of the form's figures: which topic has which number, or none at all."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from decimal import Decimal

from reports.checks.narrative.numerals import CASE_UNITS, Quantity, quantities
from reports.checks.narrative.sentences import Sentence
from reports.standard.in_prose import PATTERN, Topic, topic, topic_of


@dataclass(frozen=True)
class Claim:
    """`against` is the kind of proceedings whose result is told; `verb` the word by which a number of applications was
    introduced; `each` says that the number holds for every cell, not for their sum; `all_of` that it was told as all
    of the applications before."""

    topic: Topic
    quantity: Quantity
    against: str = ""
    verb: str = ""
    each: bool = False
    all_of: bool = False


@dataclass(frozen=True)
class _Mention:
    topic: Topic
    start: int
    end: int


_BREAK = re.compile(r"[,;:()。]")
_RECEIVING = re.compile(
    r"(?:(?:.*(?P<verb>收到|接收|受理|接到|新收|收办|收悉|办理|处理|答复|共有|接受))|全年|本年度?|年内)(?:了|的)?(?P<who>[^,;:()。]{0,24})$"
)
_EVERYBODY = r"公民、?法人[和或及、]?者?(?:以及)?其他(?:社会)?组织|社会公众|人民群众|公民|群众|公众|当事人"
_WHO = re.compile(
    rf"(?:{_EVERYBODY}|提出|提交|递交|来信|的|对|本机关|我镇|任何|形式|各类|有效|书面|新|共|要求|关于|和|及|各种)*"
)
_BEFORE_NUMBER = re.compile(
    r"(?:的|了|共|共计|计|总计|合计|为|是|有|仅|只|事项|案件|起诉|案|件数|数量|数|总数|总量|申请|政府信息|信息|情形|情况|类|结果|决定|答复"
    r"|均|各|分别|本年度?|全年|中|其中|总共|:|办理|完成|发生|方面|处理|收到|金额|继续)*"
)
_AFTER_NUMBER = re.compile(
    r"(?:因|由于|的|为|已|已经|均|全部|都|依法|被|属于|作出|作|按|按照|申请人?|政府|信息|截至|年底|年末|系|是|经|本机关|法院|复议机关|该|决定|涉及"
    r"|案件|相关|有关|事项|书面|有效|案|经审查|经研究|依申请|而|处于|仍|在|答复|公开|[“\"”])*"
)
_GOES_ON = re.compile(r"[,;:()、。其均全已并未另含比较也都的]|同比|包括|办结|予以|结转|答复")
_VERB_BEFORE = re.compile(r"(?:收到|接收|受理|接到|新收|收办|办理|收悉|共有)(?:了|的)?$")
_NOT_THE_WHOLE = re.compile(
    r"通过(?!各种|各类|多种|各个|不同)|网上|网络|线上|线下|信函|邮寄|邮件|邮箱|当面|现场|传真|电话|窗口|其中|[另还又]|上级|转办|转来|转交|移送"
    r"|各村|各部门|各乡镇|各单位|所属|下属|涉及|\d名|名申请人|首次|重点|最多"
)
_OTHER_PERIOD = re.compile(
    r"(?<![比较与同和转])(?:上年度?|去年|上一年度?|前年)(?!度?(?:结转|转入|未审结的?1?$))|上半年|下半年|季度|(?<!1)(?<!\d)\d{1,2}月份|累计|以来|历年|每年|近[三五两\d]年"
)
_YEAR = re.compile(r"(20\d\d)年(?!1月1日)")
_THIS_YEAR = re.compile(r"全年|本年|今年|年内|当年")
_OTHER_MATTER = re.compile(
    r"建议|提案|议案|热线|12345|信访(?!、?举报)|来信|来访|来电|诉求|留言|咨询|工单|许可|低保|救助|援助|(?<!举报)(?<!举报、)投诉|服务|纠纷|网民|事项(?=\d)"
)
_APPLICATION = re.compile(r"依申请公开|信息公开申请|公开申请|申请")
_NOT_OUR_CASES = re.compile(r"(?:办理|审理|代理|承办|审结|受理)$|上年|去年|[局院]|办理|审理|承办")
_PARTIAL_DOCUMENTS = re.compile(
    r"清理|参与|转发|审查|审核|备案|报备|累计|公开|上级|起草|代拟|县政府|市政府|县委|党内|评估|公示|公布"
)

_NONE = re.compile(r"(?:均未|从未|尚未|未曾|并未|未|没有|没|无|不存在)")
_NONE_VERB = re.compile(
    r"(?:被|曾|新)?(?:收到|接到|受理|接收|发生|产生|出现|存在|有|被|涉及|收办|新收|提起|引发|引起|收取)?(?:过|到|任何|一起|一件|1件|1起)?"
)
_ABOUT_DISCLOSURE = re.compile(
    r"(?:因|由|由于|针对|对|就|涉及|有关|关于|与)(?:本机关|本单位|我单位|我[镇乡县局]|本[镇乡]|[我本]?街道|本级)?(?:的)?(?:政府|政务)?信息公开"
    r"(?:工作|申请|事项|答复|问题|方面|等)*(?:而|所)?(?:引起|引发|导致|产生|提起|被申请|被提起|有关|相关|的)*"
)
_QUALIFIERS = re.compile(
    rf"(?:任何|形式|相关|有关|本年度?|新的|书面|各类|的|被|申请(?={'(?:行政)?复议'})|提起|政府信息公开(?=相关|的|类|行政|复议|诉讼)|{_EVERYBODY}|提出|提交|举报|投诉|信访|和|或|、|及)*"
)
_TAIL = re.compile(
    r"(?:的|案件|案|事件|情况|情形|现象|事项|申请|发生|行为|类|办理|继续|处理|等|件|政府信息)*(?=[,;:()。、和及与或也]|以及|$)"
)
_JOINT = re.compile(r"(?:、|和|及|与|或|以及|以及其他|及其)+(?:被|发生)?")
_NOBODY_ASKED = re.compile(
    r"(?:没有?|无)人(?:提出|提交|申请)[^,;。]{0,6}(?:信息公开|公开政府信息|公开信息|申请)(?:申请|事项)?|(?<![\d.])零申请|依申请公开(?:工作|申请)?(?:方面|情况|事项|数量)?(?:为|:)?(?:零|无|零报告)$"
)
_IS_ZERO = re.compile(r"(?:的|数量|件数|数|申请|均|事项|案件|情况|总数|共)*(?:为|:)(?:零|0)(?=[,;。)]|$)")
_ALL = re.compile(
    r"(?:已?全部|均已|均|都已|都|悉数)(?:已|按期|按时|依法|及时)?(?P<end>办结|答复|办理完毕|予以公开)(?![率时])"
)
_EXCEPT = re.compile(r"除|结转|转下|转入|正在|延期|其余|另有")


def read_claims(sentence: Sentence, year: int | None) -> list[Claim]:
    """What a sentence says of this year's figures, in order. What it says of other years or of other matters is left out."""
    text = sentence.text
    mentions = [_Mention(topic_of(found), found.start(), found.end()) for found in PATTERN.finditer(text)]
    if not mentions and "无" not in text and "人" not in text:
        return []
    return _Reader(sentence, mentions, year).read()


class _Reader:
    """One sentence: its topics and numbers, and the reading of one beside the other."""

    def __init__(self, sentence: Sentence, mentions: list[_Mention], year: int | None) -> None:
        self.text, self.before, self.mentions, self.year = sentence.text, sentence.before, mentions, year
        self.numbers = [each for each in quantities(self.text)]
        self.breaks = [found.start() for found in _BREAK.finditer(self.text)]
        self.starts = [mention.start for mention in mentions]
        self.claims: list[tuple[int, Claim]] = []

    def read(self) -> list[Claim]:
        for quantity in self.numbers:
            if quantity.unit in CASE_UNITS and not self._of_another_period(quantity.start):
                self._read_number(quantity)
        self._read_none()
        self._read_zero()
        self._read_all()
        return [claim for _place, claim in sorted(self.claims, key=lambda each: each[0])]

    # Where things stand

    def _clause_start(self, place: int) -> int:
        number = bisect_left(self.breaks, place)
        return self.breaks[number - 1] + 1 if number else 0

    def _clause_end(self, place: int) -> int:
        number = bisect_left(self.breaks, place)
        return self.breaks[number] if number < len(self.breaks) else len(self.text)

    def _of_another_period(self, place: int) -> bool:
        """The last word about time before a place, in the sentence, decides."""
        text = self.text[:place]
        last, other = -1, False
        for found in _OTHER_PERIOD.finditer(text):
            last, other = found.start(), True
        for found in _YEAR.finditer(text):
            if found.start() > last and text[found.start() - 1 : found.start()] not in ("比", "较", "与", "同"):
                follows = self.text[found.end() : found.end() + 4]
                last, other = (
                    found.start(),
                    self.year is not None and int(found[1]) != self.year and "结转" not in follows,
                )
        for found in _THIS_YEAR.finditer(text):
            if found.start() > last:
                last, other = found.start(), False
        # 今年以来 is this year.
        return other and not re.search(r"(?:今年|本年度?|一年|年初)以来", text)

    # Numbers

    def _read_number(self, quantity: Quantity) -> None:
        index = bisect_left(self.starts, quantity.start) - 1
        mention = self.mentions[index] if index >= 0 else None
        previous = max((each.end for each in self.numbers if each.end <= quantity.start), default=0)
        if mention and mention.end <= quantity.start and mention.start >= previous:
            gap = self.text[mention.end : quantity.start].removesuffix("约")
            if _BEFORE_NUMBER.fullmatch(gap) and not (gap.endswith("的") and mention.topic.kind == "received"):
                self._told_before(index, quantity)
                return
        self._told_after(index + 1, quantity)

    def _told_before(self, index: int, quantity: Quantity) -> None:
        """收到申请12件, 不予公开3件."""
        mention = self.mentions[index]
        chained = self._chained(index)
        if chained is not None:
            mention = chained
        follows = self.text[quantity.end : quantity.end + 1]
        if follows and quantity.unit not in "件起宗" and not _GOES_ON.match(self.text, quantity.end):
            return
        if mention.topic.kind == "received":
            start = self._clause_start(mention.start)
            clause = self.text[start : mention.start]
            verb = _RECEIVING.search(clause)
            named = "公开" in self.text[mention.start : mention.end]
            if verb and not _WHO.fullmatch(verb["who"]):
                return
            if (not verb or not verb["verb"]) and not named and follows and follows not in ",;:()、。其均全已":
                return
            if not verb and not named:
                return
            if _NOT_THE_WHOLE.search(clause):
                return
            if not verb and "其中" in clause:
                return
            self._add(mention, quantity, verb=(verb["verb"] or "") if verb else "")
        else:
            self._add(mention, quantity)

    def _chained(self, index: int) -> _Mention | None:
        """上年结转的申请 is about what was carried in, 因国家秘密不予公开 about state secrets."""
        mention = self.mentions[index]
        if not index:
            return None
        earlier = self.mentions[index - 1]
        gap = self.text[earlier.end : mention.start]
        if mention.topic.kind == "received" and earlier.topic.kind != "proceedings":
            if re.fullmatch(r"(?:提出|提交|递交)?的?(?:新)?", gap) and earlier.topic.kind != "received":
                return earlier if earlier.topic.kind != "applicant" or not self._everybody(earlier) else None
            return None
        if (
            mention.topic.kind == "outcome"
            and earlier.topic.kind == "reason"
            and re.fullmatch(r"的|而|(?:信息)?(?:依法)?", gap)
        ):
            return earlier
        return None

    def _everybody(self, mention: _Mention) -> bool:
        return (
            bool(re.search(rf"(?:{_EVERYBODY})", self.text[max(0, mention.start - 3) : mention.end + 8]))
            and "公民" in self.text[max(0, mention.start - 4) : mention.end]
        )

    def _told_after(self, index: int, quantity: Quantity) -> None:
        """收到3件申请, 3件予以公开."""
        if index >= len(self.mentions):
            return
        mention = self.mentions[index]
        if mention.start > self._clause_end(quantity.end) or not _AFTER_NUMBER.fullmatch(
            self.text[quantity.end : mention.start]
        ):
            return
        clause = self.text[self._clause_start(quantity.start) : quantity.start]
        end = self._clause_end(quantity.end)
        later = [each for each in self.mentions[index + 1 :] if each.start < end]
        number_after = next((each.start for each in self.numbers if each.start > quantity.start), len(self.text))
        if mention.topic.kind == "received":
            if (
                later
                and later[0].start < number_after
                and later[0].topic.kind in ("outcome", "reason", "answered", "flow")
            ):
                if _AFTER_NUMBER.fullmatch(self.text[mention.end : later[0].start]):
                    self._add(later[0], quantity)
                return
            if later and later[0].topic.kind == "proceedings":
                return
            if _VERB_BEFORE.search(clause) and not _NOT_THE_WHOLE.search(clause):
                tail = self.text[mention.end : mention.end + 2]
                if not tail or tail[0] in ",;:()。、":
                    self._add(mention, quantity, verb=clause[-2:])
            return
        if mention.topic.kind == "proceedings" and later and later[0].topic.kind == "result":
            if later[0].start < number_after:
                self._add(later[0], quantity, against=mention.topic.name)
            return
        if mention.topic.kind in ("document", "decision", "applicant"):
            return
        if mention.topic.name == "answered" and later and later[0].start < number_after:
            return
        self._add(mention, quantity)

    def _add(self, mention: _Mention, quantity: Quantity, *, verb: str = "", against: str = "") -> None:
        if quantity.vague:
            return
        kind = mention.topic.kind
        clause = self.text[self._clause_start(mention.start) : mention.start]
        ahead = self.text[: quantity.start]
        each = False
        if kind == "result":
            against = against or self._proceedings_before(mention.start)
            if not against:
                return
        elif kind == "proceedings":
            if _NOT_OUR_CASES.search(clause) and "信息公开" not in clause:
                return
            each = mention.topic.name == "both" and quantity.value == 0
        elif kind in ("answered", "outcome", "flow", "reason"):
            if self._other_matter(mention.start):
                return
            if kind == "answered" and not _APPLICATION.search(ahead + self.before):
                return
        elif kind == "document":
            if "规范性文件" not in ahead + self.text[quantity.end :] + self.before[-60:] or _PARTIAL_DOCUMENTS.search(
                clause
            ):
                return
        elif kind == "decision":
            if not re.search(r"(?:作出|做出|下达|实施)(?:的|了)?$", clause) and (clause and clause[-1] not in "、,"):
                return
        elif kind == "applicant":
            if not self._applicants_of_all(mention, quantity):
                return
        elif self._other_matter(mention.start) and not verb and "公开" not in self.text[mention.start : mention.end]:
            return
        self.claims.append((quantity.start, Claim(mention.topic, quantity, against, verb, each)))

    def _applicants_of_all(self, mention: _Mention, quantity: Quantity) -> bool:
        """Whether a number of applicants counts those of all applications, not of an outcome or of another matter."""
        if self._other_matter(mention.start) or not _APPLICATION.search(self.text[: quantity.end] + self.before[-80:]):
            return False
        earlier = [claim for place, claim in self.claims if place < quantity.start and claim.topic.kind != "applicant"]
        if not earlier and not _APPLICATION.search(self.text[: quantity.end]):
            return False
        return not earlier or earlier[-1].topic.name == "received"

    def _proceedings_before(self, place: int) -> str:
        names = [each.topic.name for each in self.mentions if each.topic.kind == "proceedings" and each.start < place]
        return names[-1] if names and names[-1] != "both" else ""

    def _other_matter(self, place: int) -> bool:
        """Whether what was spoken of last before a place is another matter than applications."""
        for text in (self.text[:place], self.before):
            ours = [found.start() for found in _APPLICATION.finditer(text)]
            others = [found.start() for found in _OTHER_MATTER.finditer(text)]
            if ours or others:
                return max(others, default=-1) > max(ours, default=-1)
        return False

    # None at all

    def _read_none(self) -> None:
        for found in _NOBODY_ASKED.finditer(self.text):
            if not self._of_another_period(found.start()):
                self._none(topic("received"), found.start(), found.end())
        for found in _NONE.finditer(self.text):
            if not self._of_another_period(found.start()):
                self._read_list(found)

    def _read_list(self, found: re.Match[str]) -> None:
        """未收到申请, 未发生因政府信息公开引起的行政复议、行政诉讼, 没有结转."""
        verb = _NONE_VERB.match(self.text, found.end())
        place = verb.end() if verb else found.end()
        said = self.text[found.start() : place]
        if found[0].endswith("未") and place == found.end() and not re.match(r"制|出台|印发|废止", self.text[place:]):
            return
        told: list[tuple[Topic, int, int]] = []
        while True:
            about = _ABOUT_DISCLOSURE.match(self.text, place)
            if about and not _is_end(self.text, about.end()):
                place = about.end()
            everybody = re.compile(rf"(?:{_EVERYBODY})(?:提出|提交)?的?").match(self.text, place)
            if everybody:
                place = everybody.end()
            mention = PATTERN.match(self.text, place)
            if not mention or (
                mention.lastgroup
                and topic_of(mention).name == "received"
                and self.text[place : mention.end()] == "申请"
                and re.match("(?:行政)?复议|公开", self.text[mention.end() :])
            ):
                qualifiers = _QUALIFIERS.match(self.text, place)
                assert qualifiers is not None
                mention = PATTERN.match(self.text, qualifiers.end())
            if not mention:
                break
            subject = topic_of(mention)
            place = mention.end()
            if subject.kind == "applicant":
                whose = re.compile(r"(?:提出|提交)?的?(?:政府)?(?:信息公开)?申请").match(self.text, place)
                if not whose:
                    break
                place = whose.end()
            tail = _TAIL.match(self.text, place)
            if not tail:
                break
            place = tail.end()
            told.append((subject, mention.start(), place))
            joint = _JOINT.match(self.text, place)
            if not joint:
                break
            place = joint.end()
        for subject, start, end in told:
            if self._may_be_denied(subject, start, said):
                self._none(subject, start, end)

    def _may_be_denied(self, subject: Topic, place: int, said: str) -> bool:
        if subject.kind in ("answered", "decision"):
            return False
        if subject.kind == "result":
            return bool(self._proceedings_before(place))
        if subject.kind == "document":
            return "规范性文件" in self.text
        if subject.kind == "received":
            named = "公开" in self.text[place : place + 12]
            return not self._other_matter(place) or named or "收到" in said
        return not self._other_matter(place) or subject.kind in ("proceedings", "outcome")

    def _none(self, subject: Topic, start: int, end: int) -> None:
        nothing = Quantity(Decimal(0), Decimal(0), "件", False, start, end)
        against = self._proceedings_before(start) if subject.kind == "result" else ""
        self.claims.append((start, Claim(subject, nothing, against, each=True)))

    def _read_zero(self) -> None:
        """依申请公开数量为零, 行政复议、行政诉讼均为0."""
        for mention in self.mentions:
            found = _IS_ZERO.match(self.text, mention.end)
            if found and not self._of_another_period(mention.start):
                nothing = Quantity(Decimal(0), Decimal(0), "件", False, found.end() - 1, found.end())
                chained = self._chained(self.mentions.index(mention))
                subject = chained or mention
                if subject.topic.kind == "received" and "公开" not in self.text[subject.start : subject.end]:
                    continue
                self._add(subject, nothing)

    # All of them

    def _read_all(self) -> None:
        """收到申请5件，全部办结: nothing is carried out; 均予以公开: as many were granted."""
        for found in _ALL.finditer(self.text):
            earlier = [claim for place, claim in self.claims if place < found.start()]
            if not earlier or earlier[-1].topic.name != "received" or earlier[-1].quantity.value == 0:
                continue
            base = earlier[-1].quantity
            between = self.text[base.end : found.start()]
            if any(base.end <= each.start < found.start() for each in self.numbers) and not re.search(
                "[比较]|同比", between
            ):
                continue
            if found["end"] == "予以公开":
                claim = Claim(topic("granted"), replace(base, start=found.start(), end=found.end()), all_of=True)
            elif _EXCEPT.search(self.text) and not re.search(r"[无没][^,;。]{0,3}结转", self.text):
                continue
            else:
                nothing = Quantity(Decimal(0), Decimal(0), "件", False, found.start(), found.end())
                claim = Claim(topic("carried_out"), nothing, all_of=True)
            self.claims.append((found.start(), claim))


def _is_end(text: str, place: int) -> bool:
    return place >= len(text) or text[place] in ",;:。"
