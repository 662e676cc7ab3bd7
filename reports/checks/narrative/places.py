"""`wrong_agency`: another place's name, or the wrong word for oneself, where the agency speaks of itself."""

from __future__ import annotations

import re

from reports.checks.content import Content, RuleFinding
from reports.checks.narrative.sentences import Sentence, in_one_spelling, sentences_of

_OFFICE = re.compile(r"(?:党政(?:综合)?办公?室?|人民政府|政府|办事处|(?<=街道)办|管理委员会|管委会){1,5}$")
_KINDS = {"镇": "镇", "乡": "乡", "道": "街道", "局": "局"}
_PLACE = r"(?P<place>[一-鿿]{1,16}?(?:镇|乡|街道))"
_HAN = r"[一-鿿]"
_LEAD = (
    r"(?:现公布|现发布|现将|^|[,;:。()、])"
    r"(?:20\d\d年度?(?:以来)?|今年|本年度?|一年来|下一步|公布|(?:本?(?:年度)?报告)?由|请与|请联系|联系)?"
)
_BY_OFFICE = re.compile(rf"(?P<lead>{_LEAD}){_PLACE}(?:人民政府|政府|街道办事处|办事处|党委)(?P<rest>.{{0,30}})")
_BY_DEED = re.compile(
    rf"(?P<lead>{_LEAD}){_PLACE}(?=(?:20\d\d年度?,?)?(?:坚持|认真|扎实|深入|积极|严格|全面|高度重视|持续|不断|紧紧|紧扣|围绕|共?收到|未收到|主动公开|共?公开|共?发布|始终|切实|按照|将进一步|将继续))"
)
_NAMED = re.compile(
    r"(?:[镇乡县区旗]|街道)(?:人民政府|政府|街道办|办事处|党委|坚持|认真|扎实|深入|积极|严格|全面|高度|持续|不断|紧|围绕|共?收|未收|主动|共?[公发]|始终|切实|按照|将|20)|[我本](?:[镇乡局]|街道)"
)
_COUNTY_SITE = re.compile(r"(?P<place>[一-鿿]{2,20}?[县区旗])人民政府(?:门户|官方)?(?:网站|官网|网)")
_TOGETHER = re.compile(
    r"邀请|赴|前往|会同|联合|相邻|邻近|邻|学习|交流|参观|考察|借鉴|协同|共同|原|移交|划入|划归|合并|撤销|更名|转办|转来|抄送|对口|帮扶|等地|与.{0,12}(?:签订|共建|合作)"
)
_GENERIC = re.compile(
    r"[某×X]|(?:召开|公布|发布|[制收转印下]发|制作|收到|编[制印]|公开|修订|起草|审核|[整清]理|更新|使用|根据|结合|针对|督促|指导|协助|配合|推[动进]|加强|组织|成立|提请|提交|报请?|报送|通过|利用|依托|听取|参加|列席|纳入|列入|完善|健全|建立|制定|设立|印发|调整|明确|充实|发挥|全年|[我本全各该此其每两三几多外县城乡村集老古新强重名大小]|特色|建制|卫星|中心|所辖|辖区|有关|相关|以上|下辖|基层|级)(?:镇|乡|街道)$|乡镇|村镇|城镇|镇街|镇乡"
)
_A_NAME = re.compile(
    r"(?:[一-鿿]{2,12}[省市县区州旗])?(?P<core>[^的到为因对由和与在于将各该至向从被把让给及或里中内外报送请一二两几件是有无不未得了着过人以按经同级应省市县区州旗]{2,4}(?:镇|乡|街道))"
)
"""A path and the name of a township. What holds a word of grammar is more likely the rest of a sentence."""
_OURSELVES = re.compile(
    r"(?<![由让给向请])(?:我(?P<kind>镇|乡(?!镇|村)|街道|局)|本(?P<own>街道|局)(?=认真|严格|未|共|坚持|积极|高度))(?!级|里|区|上|间|限|部|面)"
)


def wrong_agency(content: Content) -> list[RuleFinding]:
    """For townships and sub-district offices: somebody else's name in the place of one's own."""
    agency = in_one_spelling(content.agency)
    own = _OFFICE.sub("", agency)
    kind = _kind_of(own)
    if kind not in ("镇", "乡", "街道"):
        return []
    findings: dict[str, RuleFinding] = {}
    for sentence in sentences_of(content):
        name = _other_name(sentence, own, kind)
        if name:
            operands = {"named": name}
            finding = RuleFinding("wrong_agency", sentence.part, (), operands, quote=sentence.quote)
            findings.setdefault(finding.fingerprint, finding)
    return list(findings.values())


def _kind_of(name: str) -> str:
    return _KINDS.get(name[-1:], "")


def _other_name(sentence: Sentence, own: str, kind: str) -> str:
    text = sentence.text
    if _TOGETHER.search(text):
        return ""
    if not _NAMED.search(text):
        return ""
    for pattern in (_BY_OFFICE, _BY_DEED):
        for found in pattern.finditer(text):
            place = found["place"]
            name = _A_NAME.fullmatch(place)
            if name and not _GENERIC.search(place) and not _is_own(place, own):
                return place
    county = re.search(rf"{_HAN}{{1,20}}?[县区旗](?={_HAN})", own)
    if county and "开发区" not in own:
        for found in _COUNTY_SITE.finditer(text):
            place = found["place"]
            if not _is_own(place, own) and "开发区" not in place and not re.search(r"[本我该全各市辖][县区旗]$", place):
                return place
    for found in _OURSELVES.finditer(text):
        said = found["kind"] or found["own"]
        if said and said != kind:
            return found[0]
    return ""


def _is_own(place: str, own: str) -> bool:
    """Whether the end of the name, however much of the sentence stands before it, is part of one's own."""
    shortest = 4 if place.endswith("街道") else 3
    if len(own) < shortest:
        return True
    return any(place[start:] in own for start in range(len(place) - shortest + 1)) or own.endswith(place)
