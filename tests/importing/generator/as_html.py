"""Web pages as saved, and what Word saves as a web page."""

from __future__ import annotations

import random
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from html import escape

from samples.making.printed import SampleCell, SampleHeading, SampleTable
from tests.importing.generator.pages import Page

_NAVIGATION = """<div class="top"><ul><li><a href="#">首页</a></li><li><a href="#">政务公开</a></li>
<li><a href="#">政府信息公开年报</a></li></ul></div><div class="where">当前位置：<a href="#">首页</a> &gt; 年报</div>"""
_SIDEBAR = """<div class="side"><h3>法定主动公开内容</h3><table><tr><td>行政许可</td><td>行政处罚</td></tr>
<tr><td>行政强制</td><td>规范性文件</td></tr></table>
<ul><li>总体情况</li><li>主动公开政府信息情况</li></ul></div>"""
_DECOY = """<table><tr><th>索引号</th><td>XC-2024-17</td><th>发布日期</th><td>2024-01-18</td></tr>
<tr><th>名称</th><td>年度报告</td><th>文号</th><td>无</td></tr></table>"""
_FOOT = """<div class="share">分享到：微信 微博</div><div class="foot"><p>主办：汐川县人民政府办公室</p>
<p>网站标识码：9901210001　联系电话：0900-6010000</p></div>"""


def page_as_saved(page: Page, chance: random.Random) -> bytes:
    body = body_of(page, plain=True)
    if chance.random() < 0.3:
        # A page laid out with tables, as they were made before 2010.
        side = "<td>栏目导航</td>" if chance.random() < 0.5 else ""
        body = f'<table width="960"><tr>{side}<td><div class="article">{body}</div></td></tr></table>'
    side = _SIDEBAR if chance.random() < 0.5 else ""
    decoy = _DECOY if chance.random() < 0.6 else ""
    heading = "".join(page.title)
    encoding = chance.choice(["utf-8", "gb2312"])
    text = f"""<!DOCTYPE html><html><head><meta charset="{encoding}"><title>{heading}_汐川县人民政府</title>
<script>var a = "<table><tr><td>规章</td><td>9</td></tr></table>";</script></head><body>{_NAVIGATION}{side}{decoy}
<div id="content">{body}</div>{_FOOT}</body></html>"""
    return text.encode("gb18030" if encoding == "gb2312" else encoding)


def page_by_word(page: Page, chance: random.Random) -> bytes:
    encoding = chance.choice(["gb18030", "utf-8", "utf-8-sig", "utf-16"])
    return _word_page(page, {"gb18030": "gb2312", "utf-16": "unicode"}.get(encoding, "utf-8")).encode(encoding)


def web_archive(page: Page, chance: random.Random) -> bytes:
    """As Word and WPS save it: the page with its pictures and settings in one message."""
    charset = chance.choice(["gb2312", "utf-8"])
    message = EmailMessage(SMTP)
    message["From"] = "<Microsoft Word 15>"
    content = _word_page(page, charset).encode(charset.replace("2312", "18030"))
    message.set_content(content, "text", "html", cte=chance.choice(["quoted-printable", "base64"]))
    message.set_param("charset", charset)
    settings = b"<html><body><table><tr><td>9</td></tr></table></body></html>"
    message.add_related(settings, "text", "html", cid="<filelist>")
    message.add_related(b"\x89PNG\r\n" * 40, "image", "png", cid="<image001>")
    return message.as_bytes()


def _word_page(page: Page, charset: str) -> str:
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset={charset}"><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]--></head>
<body lang=ZH-CN><div class=WordSection1>{body_of(page, plain=False)}</div></body></html>"""


def body_of(page: Page, *, plain: bool) -> str:
    parts = [f"<h1>{escape(line)}</h1>" for line in page.title]
    for block in page.blocks:
        if isinstance(block, SampleTable):
            parts.append(table_of(block, _cell if plain else _word_cell))
        elif plain:
            text = escape(block.text)
            parts.append(
                f"<p><strong>{text}</strong></p>" if isinstance(block, SampleHeading) else f"<p>　　{text}</p>"
            )
        else:
            half = len(block.text) // 2
            first, second = escape(block.text[:half]), escape(block.text[half:])
            parts.append(f"<p class=MsoNormal><span lang=EN-US>{first}</span><span>{second}<o:p></o:p></span></p>")
    return "\n".join(parts)


def table_of(grid: SampleTable, cell: Callable[[SampleCell], str] | None = None) -> str:
    rows = "\n".join(f"<tr>{''.join((cell or _cell)(each) for each in line)}</tr>" for line in grid.lines())
    return f"<table border=1>{rows}</table>"


def _spans(cell: SampleCell) -> str:
    spans = {"colspan": cell.colspan, "rowspan": cell.rowspan}
    return "".join(f' {name}="{span}"' for name, span in spans.items() if span > 1)


def _cell(cell: SampleCell) -> str:
    text = escape(cell.text).replace("\n", "<br>")
    return f"<td{_spans(cell)}>{text or '&nbsp;'}</td>"


def _word_cell(cell: SampleCell) -> str:
    text = escape(cell.text).replace("\n", "\n  ")
    return f"<td width=64{_spans(cell)} valign=top><p class=MsoNormal><span\n  lang=EN-US>{text}<o:p></o:p></span></p></td>"
