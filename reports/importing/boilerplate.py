"""What stands around the text of a report: on web pages where one is, when it was put there, what to click on; at the end of a
document who signed it and when, and how it is to be published."""

from __future__ import annotations

import re
from itertools import takewhile

from reports.importing.labels import without_spaces

_MAX_LENGTH = 90
_MAX_NAME_LENGTH = 40
_BOILERPLATE = re.compile(
    r"[-•·*【\[（(\s]*(?:发布(?:时间|日期|机构)|发文(?:时间|日期|机关)|成文日期|(?:日期|时间)\s*[:：]|信息来源|来源|作者|字号|字体"
    r"|浏览(?:次数|量)?|阅读"
    r"|点击(?:数|量)?|分享(?:到)?|打印|关闭|收藏|上一[篇条]|下一[篇条]|责任编辑|主办|承办|版权所有|网站标识码|当前(?:所在)?位置"
    r"|您(?:现在)?(?:所在)?的位置|首页\s*(?:[>›»]|$)|登录\s*$|设为首页|加入收藏|无障碍|长者|投稿|索\s*引\s*号|名\s*称\s*[:：]|文\s*号\s*[:：]"
    r"|(?:主题|体裁|文件)分类|附件[:：]?$|扫一扫|技术支持|网站地图|联系我们|关于我们|友情链接|相关(?:阅读|文章|链接|信息)"
    r"|.{0,2}ICP备|.{0,2}公网安备|20\d\d[-年]\d{1,2}[-月]\d{1,2}日?\s*(?:来源|浏览|字[号体]|作者|\d{1,2}:\d\d))"
)
_DATE = re.compile(
    r"\(?(?:20\d\d|二[〇○零OＯ]二?[〇○零一二三四五六七八九]?[〇○零一二三四五六七八九])年.{1,3}月.{1,3}日\)?"
)
_ORGANISATION = re.compile(
    r"(?:政府|街道|办事处|委员会|管委会|局|厅|委|办公室|中心|部|处|署|院|镇|乡|苏木|公司|所|站|队)(?:\(.{0,8}\))?"
)
_ENDS = {
    "closing": re.compile(r"(?:特此|此)(?:函|告|复|报告|公告|公布|通告)[。.]?"),
    "contact": re.compile(r"\(?(?:联系人|联系电话|联系方式|联系科室|传真|电子邮箱)[:：].{1,80}"),
    "colophon": re.compile(
        r"\(?此件.{0,12}公开.{0,4}|公开(?:方式|属性)[:：].{1,12}|抄[送报][:：].{1,80}|主题词[:：].{1,40}"
        r"|.{0,40}20\d\d年\d{1,2}月\d{1,2}日印发"
    ),
}


def is_boilerplate(line: str) -> bool:
    """Whether a short line is of the page and not of the report; a sentence is prose, whatever word it begins with."""
    return len(line) <= _MAX_LENGTH and "。" not in line and _BOILERPLATE.match(line) is not None


def is_date(line: str) -> bool:
    return _DATE.fullmatch(without_spaces(line)) is not None


def is_name(line: str) -> bool:
    """Whether a line is no more than the name of an organisation, as it signs."""
    compact = without_spaces(line)
    if len(compact) > _MAX_NAME_LENGTH or re.search(r"[,;:。，；：!?、]", compact):
        return False
    return any(found.end() == len(compact) for found in _ORGANISATION.finditer(compact))


def ending_of(lines: list[str]) -> list[str]:
    """What the last lines of a document are, as far as they are no text of it, from the first of them on: `page`, `signature`,
    `date`, `closing`, `contact`, `colophon`. A name alone is a signature where a date stands beside it; both close the report
    itself and stay with it, unless they are part of a letter, with all that is printed below one."""
    names: list[str] = []
    position = len(lines)
    while position:
        line = lines[position - 1]
        above = lines[position - 2] if position > 1 else ""
        name = _name_of_end(line)
        if not name and is_name(line) and (names[:1] == ["date"] or is_date(above)):
            name = "signature"
        if not name:
            break
        names.insert(0, name)
        position -= 1
    if set(names) <= {"page", "signature", "date"}:
        return [*takewhile(lambda name: name == "page", reversed(names))]
    return names


def _name_of_end(line: str) -> str:
    if is_boilerplate(line):
        return "page"
    if is_date(line):
        return "date"
    compact = without_spaces(line)
    return next((name for name, pattern in _ENDS.items() if pattern.fullmatch(compact)), "")
