"""`wrong_year`: the text speaks of another year where the report's own is meant."""

from __future__ import annotations

import re

from reports.checks.content import Content, RuleFinding
from reports.checks.narrative.sentences import Sentence, sentences_of

_CHINESE_YEAR = re.compile(r"二[〇零○O0]([〇零○一二三四五六七八九])([〇零○一二三四五六七八九])(?=年)")
_DIGIT = dict(zip("〇零○一二三四五六七八九", "000123456789", strict=True))
_WHOLE_YEAR = re.compile(
    r"(?P<first>20\d\d)年(?:1|01|一)月(?:1|01|一)日(?:起|开始)?,?(?:至|到|—+|-+|–|~|、|——)(?P<second>20\d\d)?年?(?:12|十二)月(?:31|三十一)日"
)
_STATISTICS = re.compile(r"统计|数据|期限|报告|时限|起止")
_TITLE = re.compile(r"(20\d\d)年度?(?:政府|政务)?信息公开(?:工作)?(?:年度)?报告")
_PUBLISHED = re.compile(r"公布|发布|编制|编写|形成|撰写|如下")
_EARLIER = re.compile(r"历年|上年|往年|上一年|以往")
_ACTUAL = re.compile(r"结合(20\d\d)年度?[^,;。]{0,40}实际")
_OPENING = re.compile(
    r"^(?:\([一二三四五六七八九十\d]+\)|[\d一二三四五六七八九十]+[、.]|现将)?(?P<year>20\d\d)年(?P<since>以来)?(?P<mark>度?,?)(?P<rest>.*)$",
    re.DOTALL,
)
_NOT_THE_PERIOD = re.compile(
    r"^(?:\d{1,2}月|底|末|初|至|到|提出|制定|存在|发现|反映|建成|印发|出台|启动|开始|以前|之前|前|的|[春夏秋冬]|[上下]半年|第?[一二三四]季度|政府信息公开(?:工作)?年度?报告)"
)
_DEED = re.compile(
    r"^(?:[^,;]{0,16}?)(?:共|全[年镇乡县区街]|未|没有|无|收到|受理|(?<!信息)(?<!政务)公开|发布|认真|严格|坚持|深入|积极|扎实|全面|高度重视|按照|紧紧围绕|紧扣|围绕|持续|切实|不断|大力"
    r"|以习近平|在[^,;]{2,16}(?:领导|指导)下|工作总结)"
)
_SPEAKER = re.compile(r"我|本|全|共|工作总结|[一-鿿]{2,8}(?:镇|乡|街道|局|政府(?!信息)|单位|机关)")
_FUTURE = re.compile(r"将|计划|拟|下一步|打算|力争")
_NOTHING_HAPPENED = re.compile(r"(?:未收[到取]|没有收[到取]|共收到|未发生|共公开|共发布|全年)")
_COMPARED = re.compile(r"[比较]|同比|相比|上年|去年|今年|增长|以来|连续|问题|整改|工作要点|考核|评估|测评|排名")
_UNTIL = re.compile(r"截[至止]到?(20\d\d)年(?:12月31日|12月底|年?底|年?末)")
_COUNTED = re.compile(r"申请|规范性文件|统计|数据|公开信息|政府信息")


def wrong_year(content: Content) -> list[RuleFinding]:
    """Statistical periods, titles and openings of sentences that name another year than the report's."""
    if content.year is None:
        return []
    findings: dict[str, RuleFinding] = {}
    for sentence in sentences_of(content):
        text = _in_digits(sentence.whole)
        if "20" not in text:
            continue
        wrong = _year_in_its_place(text, sentence, content.year)
        if wrong is not None:
            operands = {"year": content.year, "named": wrong}
            finding = RuleFinding("wrong_year", sentence.part, (), operands, content.year, wrong, sentence.quote)
            findings.setdefault(finding.fingerprint, finding)
    return list(findings.values())


def _in_digits(text: str) -> str:
    if "二" not in text:
        return text
    return _CHINESE_YEAR.sub(lambda found: f"20{_DIGIT[found[1]]}{_DIGIT[found[2]]}", text)


def _year_in_its_place(text: str, sentence: Sentence, year: int) -> int | None:
    """The other year that a sentence names in the place of the report's; None where it does not."""
    for found in _WHOLE_YEAR.finditer(text):
        first, second = int(found["first"]), int(found["second"] or found["first"])
        alike = first == second or year in (first, second)
        if (first, second) != (year, year) and alike and _STATISTICS.search(text):
            return first if first != year else second
    if sentence.part == "preamble":
        for pattern in (_TITLE, _ACTUAL):
            for found in pattern.finditer(text):
                if (
                    int(found[1]) != year
                    and not _EARLIER.search(text)
                    and (pattern is _ACTUAL or _PUBLISHED.search(text))
                ):
                    return int(found[1])
    if str(year) in text:
        return None
    until = _UNTIL.search(text)
    if until and int(until[1]) == year - 1 and _COUNTED.search(text) and not _COMPARED.search(text):
        return int(until[1])
    return _wrong_opening(text, year)


def _wrong_opening(text: str, year: int) -> int | None:
    """2022年，我镇认真贯彻…, in the report for 2023."""
    opening = _OPENING.match(text.rstrip("。!?"))
    if not opening or int(opening["year"]) == year or abs(int(opening["year"]) - year) > 5:
        return None
    rest = opening["rest"]
    # 2022年政务公开工作要点 names a document; after a comma the year is that of the deed.
    compared = rest.replace("工作要点", "") if opening["mark"].endswith(",") else rest
    if _NOT_THE_PERIOD.match(rest) or _COMPARED.search(compared) or not _DEED.search(rest):
        return None
    if not opening["mark"] and not opening["since"] and not _SPEAKER.match(rest):
        # 2022年收到申请20件: a look back, as far as one can tell.
        return None
    if opening["since"] and "全年" not in rest:
        return None
    if int(opening["year"]) > year and (_FUTURE.search(rest) or not _NOTHING_HAPPENED.search(rest)):
        return None
    return int(opening["year"])
