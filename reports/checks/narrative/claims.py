"""What a sentence says of the form's figures: which topic has which number, or none at all."""

from __future__ import annotations

import re
from bisect import bisect_left

from reports.checks.narrative.all_of_them import read_all
from reports.checks.narrative.context import APPLICATION, EVERYBODY, Claim, Context, Mention
from reports.checks.narrative.denials import read_none, read_zero
from reports.checks.narrative.numerals import CASE_UNITS, Quantity
from reports.checks.narrative.sentences import Sentence
from reports.checks.narrative.shared_numbers import shared_numbers
from reports.standard.in_prose import DOCUMENTS_NAME, PATTERN, REGULATIONS_NAME, words_of

_RECEIVING = re.compile(
    r"(?:(?:^.*(?P<verb>收到|接收|受理|接到|新收|收办|收悉|(?<![并和及、])(?:办理|处理|答复)|共有|接受))|全年|本年度?|年内)(?:了|的)?(?P<who>[^,;:()。]{0,40})$"
)
# Words repeated in any order are taken once and for all, the longer first: 共计 as 共 and 计, too, would double the ways to
# read a sentence with each of them.
_WHO = re.compile(
    rf"(?:{EVERYBODY}|向[^,;:()。]{{1,8}}?(?=提出|提交)|(?:政府|政务)?信息|本机关|申请人|提出|提交|递交"
    rf"|来信|我镇|任何|形式|各类|有效|书面|要求|关于|各种|办理|处理|答复|办结|的|对|新|共|和|并|及)*+"
)
_BEFORE_NUMBER = re.compile(
    r"(?:政府信息公开|政府信息|本年度?|共计|总计|合计|事项|案件|起诉|件数|数量|总数|总量|申请|信息|情形|情况|结果|决定|答复"
    r"|全年|其中|总共|办理|完成|发生|方面|处理|收到|受理|金额|继续|提出|提交|递交|的|了|共|计|为|是|有|仅|只|案|数|类|均"
    r"|各|中|:)*+"
)
_AFTER_NUMBER = re.compile(
    r"(?:复议机关|办理结果|处理结果|申请人?|期限内|本机关|本单位|经审查|经研究|依申请|由于|已经(?!审查|研究)|全部|依法|属于|作出|按照|政府"
    r"|信息|截至|年底|年末|法定|规定|告知|法院|决定|涉及|案件|相关|有关|事项|事务|书面|有效|处于|答复|公开|因|的|为|已|均|都"
    r"|被|作|按|系|是|经|该|案|而|仍|在|[“\"”])*+"
)
_FROM = re.compile(r"(?:申请)?(?:均|都)?来自(?:于)?")
_OF_APPLICATIONS = re.compile(rf"{APPLICATION.pattern}|期限|答复|办结")
_CITIZENS_ONLY = re.compile(r"公民(?:个人)?(?:的|提出的?|提交的?)?$")
_OTHER_APPLICANTS = re.compile(rf"[、,和及以](?:及)?(?:收到)?(?:{words_of('business', 'organisations')}|(?:社会)?组织)")
_OTHERS_CONSENT = re.compile(r"第三方|征求|权利人")
_ANSWERED_OTHERWISE = re.compile(rf"不予受理|{words_of('unprocessed', 'otherwise')}|补正|撤[回销]|终止")
"""Comparables these, what was answered is not all that was concluded."""

_ALREADY_PUBLIC = re.compile(
    r"已(?:经)?(?:通过[^,;。]{1,10})?(?:主动|对外)(?:予以)?公开|告知(?:其|申请人)?(?:获取|查询|查阅)"
)
_TOLD_APART = {
    "not_held": re.compile(r"(?:不属于?|非)本(?:机关|单位|部门|行政机关|[镇乡县局]|街道)(?!不)"),
    "granted": _ALREADY_PUBLIC,
    "granted_at_all": _ALREADY_PUBLIC,
}
"""What prose tells apart, though the form counts it in the same row: 不属于本机关 with what is not held, 已主动公开 with what
was granted."""

_PUBLISHED = re.compile(r"(?:发布|更新|上传|上网)[^,;:()。]{0,6}$")
"""发布依申请公开信息3条 counts what a site shows."""

_OF_REGULATIONS = re.compile(rf"{REGULATIONS_NAME}|{DOCUMENTS_NAME}")
_GOES_ON = re.compile(r"[,;:()、。其均全已并未另含比较也都的]|同比|包括|办结|予以|结转|答复")
_VERB_BEFORE = re.compile(r"(?:收到|接收|受理|接到|新收|收办|办理|收悉|共有)(?:了|的)?$")
_QUALIFIED = re.compile(r"(?:关于|有关|涉及|要求|申请|针对|就|提出)[^,;:()。]{2,36}的$|的[^,;:()。]{2,36}的$")
"""Before the applications, what they are about: 村民关于土地征收的. It may be some of them only."""

_TAKEN_IN = re.compile(r"收到|接收|受理|接到|新收|收办|收悉")
_OTHERS_CASES = re.compile(
    r"协助|协查|配合|代为|上级|转办|转来|转交|移送|各村|各部门|各乡镇|各单位|所属|下属|全[县市区州省]"
)
_NOT_THE_WHOLE = re.compile(
    r"通过(?!各种|各类|多种|各个|不同)|网上|网络|线上|线下|信函|邮寄|邮件|邮箱|当面|现场|传真|电话|窗口|其中|[另还又]|上级|转办|转来|转交|移送"
    r"|各村|各部门|各乡镇|各单位|所属|下属|涉及|\d名|名申请人|首次|重点|最多|全[县市区州省](?!政府)"
)
_NOT_OUR_CASES = re.compile(r"(?:办理|审理|代理|承办|审结|受理)$|上年|去年|[局院]|办理|审理|承办")
_OURS_ARE_TOLD_APART = re.compile(
    r"(?:因|由|涉及|有关|关于)[^,;:()。]{0,6}信息公开[^,;:()。]{0,10}?(?P<which>(?:行政)?复议|(?:行政)?诉讼)"
)
_PARTIAL_DOCUMENTS = re.compile(
    r"清理|参与|转发|审查|审核|备案|报备|累计|公开|上级|起草|代拟|拟|建议|计划|县政府|市政府|县委|党内|评估|公示|公布"
)
_SAYS_HOW_MANY = re.compile(
    r"[\d一二三四五六七八九十两零百壹贰叁肆伍陆柒捌玖拾][余多来几]?[万亿]?[件条起次宗例项份]|[未无没零]|不存在|全部|均|都已|悉数|为0|:0"
)


def read_claims(sentence: Sentence, year: int | None, agency: str = "") -> list[Claim]:
    """What a sentence says of this year's figures, in order. What it says of other years or of other matters is left out.

    全县 is somebody else's number, but in the report of a county.
    """
    if not _SAYS_HOW_MANY.search(sentence.text) or not PATTERN.search(sentence.text):
        return []
    here = Context(sentence, year, agency)
    shared = shared_numbers(here)
    for quantity in here.numbers:
        if (quantity.unit not in CASE_UNITS and quantity.unit != "份") or here.of_another_period(quantity.start):
            continue
        if quantity.start not in shared:
            _read_number(here, quantity)
        for mention, number in shared.get(quantity.start, ()):
            _add(here, mention, number)
    read_none(here)
    for mention, nothing in read_zero(here):
        _add(here, mention, nothing)
    read_all(here)
    return [claim for _place, claim in sorted(here.claims, key=lambda each: each[0])]


def _read_number(here: Context, quantity: Quantity) -> None:
    index = bisect_left(here.starts, quantity.start) - 1
    mention = here.mentions[index] if index >= 0 else None
    previous = max((each.end for each in here.numbers if each.end <= quantity.start), default=0)
    if mention and mention.end <= quantity.start and mention.start >= previous:
        gap = here.text[mention.end : quantity.start].removesuffix("约")
        if _BEFORE_NUMBER.fullmatch(gap) and not (gap.endswith("的") and mention.topic.kind == "received"):
            _told_before(here, index, quantity)
            return
    _told_after(here, index + 1, quantity)


def _told_before(here: Context, index: int, quantity: Quantity) -> None:
    """收到申请12件, 不予公开3件."""
    mention, against = here.mentions[index], ""
    chained = here.chained(index)
    if chained is not None:
        against = mention.topic.name if mention.topic.kind == "proceedings" else ""
        mention = chained
    follows = here.text[quantity.end : quantity.end + 1]
    if follows and quantity.unit not in "件起宗" and not _GOES_ON.match(here.text, quantity.end):
        return
    if mention.topic.kind == "received":
        _received_before(here, mention, quantity, follows)
    elif mention.topic.kind == "answered":
        clause = here.text[here.clause_start(mention.start) : mention.start].replace(here.whole_place, "")
        if _OTHERS_CASES.search(clause):
            return
        some = _NOT_THE_WHOLE.search(clause) or _ANSWERED_OTHERWISE.search(here.text)
        _add(here, mention, quantity, part=bool(some) and mention.topic.name == "answered")
    else:
        _add(here, mention, quantity, against=against)


def _received_before(here: Context, mention: Mention, quantity: Quantity, follows: str) -> None:
    """收到公民提出的政府信息公开申请12件."""
    start = here.clause_start(mention.start)
    clause = here.text[start : mention.start].replace(here.whole_place, "")
    found = _RECEIVING.search(clause)
    verb = found["verb"] or "" if found else ""
    named = "公开" in here.text[mention.start : mention.end]
    if named and _tells_of_some(found, clause):
        _add(here, mention, quantity, verb=verb, part=True)
        return
    if not verb and not named and follows and follows not in ",;:()、。其均全已":
        return
    if not found and (not named or "其中" in clause or _PUBLISHED.search(clause)):
        return
    if _CITIZENS_ONLY.search(clause) and _OTHER_APPLICANTS.match(here.text, quantity.end):
        return
    if _NOT_THE_WHOLE.search(clause):
        if named and verb and not _OTHERS_CASES.search(clause):
            _add(here, mention, quantity, verb=verb, part=True)
        return
    if found and not _WHO.fullmatch(found["who"]):
        return
    if named or not here.other_matter_in(start, mention.start):
        _add(here, mention, quantity, verb=verb)


def _tells_of_some(verb: re.Match[str] | None, clause: str) -> bool:
    """Whether the applications are qualified by what they are about, and are the agency's own."""
    if _OTHERS_CASES.search(clause):
        return False
    if not verb or not verb["verb"]:
        return bool(re.match(r"(?:关于|有关|涉及|要求|针对)[^,;:()。]{2,36}的$", clause))
    return bool(
        _TAKEN_IN.fullmatch(verb["verb"]) and _QUALIFIED.search(verb["who"]) and not _WHO.fullmatch(verb["who"])
    )


def _told_after(here: Context, index: int, quantity: Quantity) -> None:
    """收到3件申请, 3件予以公开."""
    if index >= len(here.mentions) or _told_of_some_after(here, index, quantity):
        return
    mention = here.mentions[index]
    gap = here.text[quantity.end : mention.start]
    if mention.topic.kind == "applicant" and _FROM.fullmatch(gap):
        _add(here, mention, quantity)
        return
    if mention.start > here.clause_end(quantity.end) or not _AFTER_NUMBER.fullmatch(gap):
        return
    clause = here.text[here.clause_start(quantity.start) : quantity.start]
    end = here.clause_end(quantity.end)
    later = [each for each in here.mentions[index + 1 :] if each.start < end]
    number_after = next((each.start for each in here.numbers if each.start > quantity.start), len(here.text))
    if mention.topic.kind == "received":
        if later and later[0].start < number_after and later[0].topic.kind in ("outcome", "reason", "answered", "flow"):
            if _AFTER_NUMBER.fullmatch(here.text[mention.end : later[0].start]):
                _add(here, later[0], quantity)
            return
        if later and later[0].topic.kind == "proceedings":
            return
        if _VERB_BEFORE.search(clause) and not _NOT_THE_WHOLE.search(clause):
            tail = here.text[mention.end : mention.end + 2]
            if not tail or tail[0] in ",;:()。、":
                _add(here, mention, quantity, verb=clause[-2:])
        return
    if mention.topic.kind == "proceedings" and later and later[0].topic.kind == "result":
        if later[0].start < number_after:
            _add(here, later[0], quantity, against=mention.topic.name)
        return
    if mention.topic.kind in ("document", "decision", "applicant"):
        return
    if mention.topic.name == "answered" and later and later[0].start < number_after:
        return
    _add(here, mention, quantity)


def _told_of_some_after(here: Context, index: int, quantity: Quantity) -> bool:
    """收到1件村民关于土地征收的政府信息公开申请."""
    clause = here.text[here.clause_start(quantity.start) : quantity.start]
    end = here.clause_end(quantity.end)
    if not _VERB_BEFORE.search(clause) or _OTHERS_CASES.search(clause):
        return False
    for mention in here.mentions[index:]:
        if mention.end > end or any(quantity.end <= each.start < mention.start for each in here.numbers):
            return False
        if mention.topic.kind == "received" and "公开" in here.text[mention.start : mention.end]:
            if _QUALIFIED.search(here.text[quantity.end : mention.start]):
                _add(here, mention, quantity, verb=clause[-2:], part=True)
                return True
            return False
    return False


def _add(
    here: Context, mention: Mention, quantity: Quantity, *, verb: str = "", against: str = "", part: bool = False
) -> None:
    kind = mention.topic.kind
    if quantity.vague or (quantity.unit == "份" and kind not in ("received", "document")):
        return
    clause = here.text[here.clause_start(mention.start) : mention.start]
    ahead = here.text[: quantity.start]
    each = False
    if kind == "result":
        against = against or here.proceedings_before(mention.start)
        if not against:
            return
    elif kind == "proceedings":
        if "信息公开" not in clause and (_NOT_OUR_CASES.search(clause) or _ours_come_later(here, mention)):
            return
        each = mention.topic.name == "both" and quantity.value == 0
    elif kind in ("answered", "outcome", "flow", "reason"):
        if here.other_matter(mention.start):
            return
        if kind == "outcome" and here.text.startswith("同意", mention.start) and _OTHERS_CONSENT.search(ahead):
            return
        goes_on = any(other.topic.name in ("carried_out", "carried_in") for other in here.mentions)
        if kind == "answered" and not (goes_on or APPLICATION.search(ahead + here.before)):
            return
        if mention.topic.name == "unfinished" and not _OF_APPLICATIONS.search(here.before + here.text):
            return
    elif kind == "document":
        if DOCUMENTS_NAME not in ahead + here.text[quantity.end :] + here.before[-60:] or _PARTIAL_DOCUMENTS.search(
            clause
        ):
            return
        named = _OF_REGULATIONS.findall(ahead)
        if named and named[-1] == REGULATIONS_NAME:
            return
    elif kind == "decision":
        if not re.search(r"(?:作出|做出|下达|实施)(?:的|了)?$", clause) and (clause and clause[-1] not in "、,"):
            return
    elif kind == "applicant":
        if not _applicants_of_all(here, mention, quantity):
            return
    elif here.other_matter(mention.start) and not verb and "公开" not in here.text[mention.start : mention.end]:
        return
    apart = _TOLD_APART.get(mention.topic.name)
    some = part or mention.topic.part or bool(apart and apart.search(here.text))
    here.claims.append((quantity.start, Claim(mention.topic, quantity, against, verb, each, part=some)))


def _ours_come_later(here: Context, mention: Mention) -> bool:
    """Whether the sentence goes on to count, of the same proceedings, those about disclosure: then these are all there were."""
    later = _OURS_ARE_TOLD_APART.search(here.text, mention.end)
    return later is not None and later["which"][-2:] == here.text[mention.start : mention.end].removesuffix("申请")[-2:]


def _applicants_of_all(here: Context, mention: Mention, quantity: Quantity) -> bool:
    """Whether a number of applicants counts those of all applications, not of an outcome or of another matter."""
    if here.other_matter(mention.start) or not APPLICATION.search(here.text[: quantity.end] + here.before[-80:]):
        return False
    earlier = [claim for place, claim in here.claims if place < quantity.start and claim.topic.kind != "applicant"]
    if not earlier and not APPLICATION.search(here.text[: quantity.end]):
        return False
    return not earlier or earlier[-1].topic.name == "received"
