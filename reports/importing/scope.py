"""Whom the figures of a report cover, as its text says or as the kind of its body shows; nothing is assumed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from agencies.naming import Body, body_named
from reports.importing.identity import ORGANISATION, without_spaces
from reports.importing.labels import TRADITIONAL
from reports.importing.parsed import UNKNOWN_SCOPE, Scope
from reports.standard.in_prose import CARRIED_IN, RECEIVED, RECONSIDERED

_SENTENCE = re.compile(r"(?<=[。；;\n])")
# The form's own words, titles of notices, and what is said of processing for an applicant speak of no figures.
_OTHER_WORDS = re.compile(
    r"本(?:行政)?(?:机关|办|局|单位|部门)不(?:掌握|具备|负责|属于)|(?:需要|需|进行)?(?:另行)?(?:加工|制作)[、,]?(?:汇总|分析|整理)|《[^《》]{0,90}》"
)
_WORK = re.compile(r"负责|督促|督导|督查|指导|通报|考核")
_THIS_REPORT = r"(?:本报告|本年报|本年度报告|年报|报告|而成)"

_PLACE = r"(?:省|市|州|县|区|旗|盟)"
_LOWER = re.compile(
    rf"各(?:地级以上)?{_PLACE}(?!直|属|本级|级(?!市))|各(?:乡|镇|街|苏木|地(?!级)|开发区|园区)|所辖|下辖|辖区内"
    rf"|(?:^|[、和及与])(?:乡镇|镇街|街镇|乡\(镇|县区|区县|市县|县\(市|苏木|街道|镇\(街|镇街)"
)
_WHOLE = re.compile(
    rf"全{_PLACE}(?:范围内?)?(?:各级|各地)?[^,，。；]{{0,16}}?(?:数据|汇总|总数|机关|部门|单位|工作(?:开展)?情况|年度报告)|行政区域内|全口径|{_PLACE}域内"
)
_SYSTEM = re.compile(r"系统|全关区|关区|各?隶属|各?分局|各级(?:税务|公安|海关|机关)")
_DEPARTMENTS = re.compile(
    r"各(?:职能|工作|组成|有关|政府|级)*(?:部门|委|局|办)|(?:政府|[省市州县区旗][级直]|工作|组成)(?:各|有关)*(?:部门|单位|机关)"
    r"|及(?:其|所属|各|下属)*(?:工作|组成)?(?:部门|单位)|(?:所属|下属|直属)(?:部门|单位|机构|各)"
)
_ONLY_ITSELF = re.compile(
    r"(?:仅|只|均)(?:包括|包含|含|为|限于?|统计|反映|涉及|是)*[^,，。；]{0,8}?(?:本机关|本单位|本部门|本[局办委厅镇乡]|本街道|机关|办公[厅室])"
    r"|(?:局|厅|委|署|办)机关(?:本级)?数据|本级机关"
)
_OWN_LEVEL = re.compile(rf"(?:{_PLACE}|仅含?|只含?|为|含|政府){{1,3}}本级(?!机关)")
_WITHOUT_LOWER = re.compile(rf"不(?:含|包括|包含)[^,，。；]{{0,8}}?(?:所辖|各?{_PLACE}{{1,2}}(?!直|级)|乡镇|镇街|街道)")
_WITHOUT_UNITS = re.compile(r"不(?:含|包括|包含)[^,，。；]{0,8}?(?:所属|下属|直属|分局|单位|部门|机构)")

_ABOUT_FIGURES = re.compile(
    r"统计范围|统计口径|数据范围|汇总(?:数|表|统计)|全口径"
    r"|(?:数据|数字|本表|表中|报表|本报告|本年报|本年度报告|报告|组成)[^,，。；]{0,15}?,?(?:包括|包含|涵盖|覆盖|汇总|仅|只|均为|不含|不包括|不包含|含)"
)
_MADE_OF = re.compile(
    r"(?:汇总|综合|合并|归集|梳理|根据|依据|结合|在)(?P<of>[^,，。；]{2,110}?),?(?:的?基础上|而)?(?:编制|编写|编撰|撰写|汇编|形成)"
)
_CALLED_ITSELF = re.compile(
    r"(?:政府|总署|总局|局|厅|委员会)(?:\((?:本级机关|机关|机关本级|[^()]{0,14}办公[厅室])\)|机关)(?:20\d\d|政府信息公开|信息公开|\d{4}年)"
)
_IN_THE_NAME_OF = re.compile(r"以[^,，。；]{2,16}政府(?:及其|及|和|、)[^,，。；]{0,12}办公[厅室]名义[^。；]{0,40}情况")
_CUSTOMS_DISTRICT = re.compile(r"关区(?:20\d\d|政府信息公开)")

_COUNTED = r"(?:收到|受理|接收|新收|办理|发生)"
_WHOLE_RECEIVED = re.compile(
    rf"全{_PLACE}(?P<who>[^,，。；]{{0,24}}?){_COUNTED}(?P<what>[^,，。；\d]{{0,24}}?)(?P<number>\d+)(?:件|份|条|宗|起|次)"
)
_ITSELF_RECEIVED = re.compile(
    r"(?:以|向)[^,，。；]{0,16}政府(?:机关)?(?:及其|及|和|、)[^,，。；]{0,14}?办(?:公[厅室])?[^,，。；\d]{0,16}?(?P<what>申请)[^,，。；\d]{0,8}(?P<number>\d+)"
)

_LISTS = re.compile(r"(?:包括|包含|涵盖|所辖|为|:)([^。；]*)")
_BODY = re.compile(r"镇|乡|街道|办事处|局|委|政府")
_ASIDE = re.compile(r"[（(].{0,200}?[）)]")
_AND_SO_ON = re.compile(r"等.*$|共?(?<!\d)\d+个.*$")
_LEAD = re.compile(r"^(?:.*[围径数]为)?(?:包括|包含|所辖|下属|所属|以及|本级|:)*")
# 各乡镇, 街道办事处, 县政府: what kind of body, not which.
_KIND = re.compile(r"各|(?:[省市州县区旗镇乡]|街道)*(?:人民政府|政府|街道办事处|办事处|街道|部门)$")

Figures = Mapping[str, object]


def read_scope(agency: str, texts: Iterable[str], figures: Figures) -> Scope:
    """The scope that the text states, with the sentence; else that of its kind of body; else unknown.

    A statement is a sentence about the figures: what the report was made of, what it covers, its 统计范围. 全县 or 本级 in a
    sentence about work says nothing; where such a sentence counts applications (全市共收到申请658件), it counts as long as
    the table has the same number.
    """
    body = body_named(agency.translate(TRADITIONAL))
    said = [(sentence.strip(), _plain(sentence)) for text in texts for sentence in _SENTENCE.split(text)]
    for quote, sentence in said:
        if found := _stated(sentence, body):
            kind, units = found
            return Scope(kind, units, quote, "text")
    for quote, sentence in said:
        if kind := _counted(sentence, body, figures):
            return Scope(kind, (), quote, "text")
    return scope_of_kind(body)


def scope_of_kind(body: Body | None) -> Scope:
    """Townships, sub-districts and departments without known branches report for themselves."""
    return Scope("own", by="kind") if body in (Body.TOWN, Body.DEPARTMENT) else UNKNOWN_SCOPE


def _plain(sentence: str) -> str:
    return _OTHER_WORDS.sub("", without_spaces(sentence).translate(TRADITIONAL))


def _stated(sentence: str, body: Body | None) -> tuple[str, tuple[str, ...]] | None:
    """What a sentence says of the whole report."""
    if _CALLED_ITSELF.search(sentence) or _IN_THE_NAME_OF.search(sentence):
        return "own", ()
    if "海关" in sentence and _CUSTOMS_DISTRICT.search(sentence):
        return "area", ()
    if _WORK.search(sentence) and not re.search(_THIS_REPORT, sentence):
        return None
    if (made := _MADE_OF.search(sentence)) and (kind := _covered(made["of"], body)):
        return kind, ()
    if not (about := _ABOUT_FIGURES.search(sentence)):
        return None
    rest = sentence[about.start() :]
    governs = body in (None, Body.GOVERNMENT)
    if _ONLY_ITSELF.search(rest):
        return "own", ()
    if _WITHOUT_LOWER.search(rest):
        return ("government" if governs else "own"), ()
    if _WITHOUT_UNITS.search(rest):
        return "own", ()
    if units := units_listed(sentence):
        return "units", units
    if kind := _covered(rest, body):
        return kind, ()
    if re.search(r"汇总(?:数|表|统计)", rest) and governs:
        return "area", ()
    if _OWN_LEVEL.search(rest):
        return ("government" if governs else "own"), ()
    return None


def _covered(of: str, body: Body | None) -> str:
    """The scope that a list of bodies makes; empty where it names none."""
    if _LOWER.search(of) or _WHOLE.search(of):
        return "area"
    if body is Body.BRANCHED and (_SYSTEM.search(of) or _DEPARTMENTS.search(of)):
        return "area"
    if not _DEPARTMENTS.search(of):
        return ""
    if body is Body.TOWN:
        return "own"
    return "area" if body is Body.DEPARTMENT else "government"


def _counted(sentence: str, body: Body | None, figures: Figures) -> str:
    """What a sentence with one of the table's numbers says about them."""
    if body is Body.TOWN:
        return ""
    if (found := _WHOLE_RECEIVED.search(sentence)) and _is_the_tables(found, figures, body):
        return "area"
    if body in (None, Body.GOVERNMENT) and (found := _ITSELF_RECEIVED.search(sentence)):
        return "own" if _is_the_tables(found, figures, body) else ""
    return ""


def _is_the_tables(found: re.Match[str], figures: Figures, body: Body | None) -> bool:
    """Whether the table has the number. Of a table that was not read nothing is added, so that nothing can contradict; but an
    office also tells what it counts for its government, and there the table has to agree."""
    what, number = found["what"], int(found["number"])
    if "申请" in what:
        received, carried_in = (figures.get(key) for key in (RECEIVED, CARRIED_IN))
        known = [received] if isinstance(received, int) else []
        if isinstance(received, int) and isinstance(carried_in, int):
            known.append(received + carried_in)
    elif "复议" in what:
        known = [reviewed for key in RECONSIDERED if isinstance(reviewed := figures.get(key), int)]
    else:
        return False
    return number in known if known else body in (None, Body.GOVERNMENT)


def units_listed(sentence: str) -> tuple[str, ...]:
    """The bodies that a statement names, if at least two; not what kinds of bodies it means."""
    listed = next((found[1] for found in _LISTS.finditer(sentence) if _BODY.search(found[1])), "")
    parts = re.split(r"[、,，和及]", _ASIDE.sub("", listed))
    names = [_LEAD.sub("", _AND_SO_ON.sub("", part)) for part in parts]
    units = tuple(name for name in names if ORGANISATION.search(name) and len(name) <= 30 and not _KIND.match(name))
    return units if len(units) >= 2 else ()
