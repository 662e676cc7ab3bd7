"""`template_text`: blanks and prompts of a template that nobody filled in."""

from __future__ import annotations

import re
import unicodedata

from reports.checks.content import Content, RuleFinding

_PLACEHOLDER = r"(?<![A-Za-z0-9./_*×])(?:[Xx×]{2,6}|\*{2,6}|[○〇◯●□△]{2,6}|O{2,4})"
_WHAT = r"(?:[省市县区镇乡村局委办年月日件条次个份起宗篇期场人]|街道|单位|机关|政府|部门|人民|工作|平台|网站)"
_SIGNS = re.compile(
    rf"{_PLACEHOLDER}(?={_WHAT})"
    r"|(?<![A-Za-z0-9])[Xx×](?=[件条次份起宗篇期场月日])"
    r"|20(?:\d[Xx×*]|[Xx×*_]{2})年"
    r"|(?<![_-])_{2,20}(?=[件条次份起宗篇期年月日镇乡,，。、；）)]|街道)"
    r"|[?？]{2,6}(?=[件条次份起宗篇期年月日镇乡,，])"
    r"|某某(?=[省市县区镇乡局]|街道|单位|部门)"
    r"|[（(【\[{<〈][ \t]*(?:此处|请(?:在此|填写?|根据|说明|列出|简要|具体)|填写|待填|待补充|单位名称|机关名称|部门名称|乡镇名称"
    r"|填报单位|填具体|年份|数字|内容略)[^（）()【】\[\]{}<>〈〉\n]{0,30}[）)】\]}>〉]"
    r"|此处(?:应?填写|插入|输入)|点击(?:此处|这里)输入"
    r"|(?<!\d)(?:20\d\d)?年[ _　]{1,8}月[ _　]{1,8}日"
    r"|(?:申请|信息|公开|办结|发布|收到)[ 　]{2,8}(?=[件条])"
)
_HINTS = re.compile(
    r"[Xx×ＸｘＯO*＊○〇◯●□△_＿?？某此点]|[（(【\[{<〈][ \t　]*[此请填待单机部乡年数内]|[ 　_]月|[ 　]{2}"
)
_LINE_OF_ITS_OWN = re.compile(r"[\s_?？*×xX.…-]+")


def template_text(content: Content) -> list[RuleFinding]:
    """Every line with a blank or a prompt in it, once. A line that is nothing else is a rule between paragraphs."""
    findings: dict[str, RuleFinding] = {}
    for part, text in content.narrative.items():
        for line in (text or "").split("\n"):
            if _LINE_OF_ITS_OWN.fullmatch(line):
                continue
            found = _SIGNS.search(_one_width(line)) if _HINTS.search(line) else None
            if found:
                quote = _around(line, found.start(), found.end())
                finding = RuleFinding("template_text", part, (), {"sign": found[0].strip()}, quote=quote)
                findings.setdefault(finding.fingerprint, finding)
    return list(findings.values())


_NARROW = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(ord("！"), ord("～") + 1)}


def _one_width(line: str) -> str:
    """Full-width letters as half-width ones, character by character, so that places stay the same."""
    return line.translate(_NARROW)


def _around(line: str, start: int, end: int) -> str:
    """The sentence that holds a place of the line."""
    first = max(line.rfind(sign, 0, start) for sign in "。！!；;") + 1
    ends = [place for sign in "。！!；;" if (place := line.find(sign, end)) >= 0]
    return line[first : min(ends, default=len(line)) + 1][:600].strip()
