"""Boilerplate of web pages around a report: where one is, when it was put there, what to click on."""

from __future__ import annotations

import re

_MAX_LENGTH = 90
_BOILERPLATE = re.compile(
    r"[-•·*【\[（(\s]*(?:发布(?:时间|日期|机构)|发文(?:时间|日期|机关)|成文日期|信息来源|来源|作者|字号|字体|浏览(?:次数|量)?|阅读"
    r"|点击(?:数|量)?|分享(?:到)?|打印|关闭|收藏|上一[篇条]|下一[篇条]|责任编辑|主办|承办|版权所有|网站标识码|当前(?:所在)?位置"
    r"|您(?:现在)?(?:所在)?的位置|首页\s*(?:[>›»]|$)|登录\s*$|设为首页|加入收藏|无障碍|长者|投稿|索\s*引\s*号|名\s*称\s*[:：]|文\s*号\s*[:：]"
    r"|(?:主题|体裁|文件)分类|附件[:：]?$|扫一扫|技术支持|网站地图|联系我们|关于我们|友情链接|相关(?:阅读|文章|链接|信息)"
    r"|.{0,2}ICP备|.{0,2}公网安备|20\d\d[-年]\d{1,2}[-月]\d{1,2}日?\s*来源)"
)


def is_boilerplate(line: str) -> bool:
    """Whether a short line is of the page and not of the report; a sentence is prose, whatever word it begins with."""
    return len(line) <= _MAX_LENGTH and "。" not in line and _BOILERPLATE.match(line) is not None
