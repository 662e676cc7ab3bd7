"""Pages of government sites as a browser prints them: what surrounds the report on the site is printed with it, and the figures
come from another font than the words."""

from __future__ import annotations

import random
from html import escape

from samples.making.printed import SampleHeading, SampleTable
from tests.importing.generator.as_html import table_of
from tests.importing.generator.as_pdf import as_chromium_prints
from tests.importing.generator.pages import Page

_WORDS = ("Noto Serif CJK SC", "Noto Sans CJK SC", "Noto Serif CJK SC", "Droid Sans Fallback")
_FIGURES = ("Liberation Serif", "DejaVu Sans", "Liberation Sans", "DejaVu Serif", "")
_HEADERS = (
    """<div class=bar>汐川县人民政府门户网站</div><div class=menu><a href="#">首页</a><a href="#">政务公开</a>
<a href="#">办事服务</a><a href="#">互动交流</a></div>""",
    "<div class=bar><span>登录</span> <span>无障碍</span> <span>长者版</span></div><h2 class=bar>汐川县人民政府</h2>",
    "",
)
_TRAILS = (
    '<div class=where>当前位置：<a href="#">首页</a> &gt; <a href="#">政务公开</a> &gt; <a href="#">政府信息公开年报</a></div>',
    "<div class=where>您现在所在的位置: 首页 &gt; 政府信息公开 &gt; 年报</div>",
    "",
)
_META = (
    "<div class=meta>发布时间：{next}-01-18 16:20　来源：汐川县人民政府办公室　字号：[ 大 中 小 ]　打印</div>",
    "<div class=meta><span>{next}-01-18</span><span>来源：汐川县人民政府</span><span>浏览次数：118</span></div>",
    "<div class=meta>日期：{next}-01-18来源：汐川县人民政府办公室【字体：大 中 小】</div>",
    "",
)
_ENDS = (
    "<div class=share>分享到：微信 微博</div><div class=next>上一篇：没有了</div>",
    "<p class=share>打印本页 关闭窗口</p>",
    "",
)
_FEET = (
    """<div class=foot><p>主办单位：汐川县人民政府办公室　网站标识码：9901210001</p>
<p>示ICP备00000000号　示公网安备 99012102000001号</p></div>""",
    "<div class=foot>版权所有：汐川县人民政府<br>网站地图 | 联系我们 | 关于我们</div>",
    "",
)


def site_pdf_of(page: Page, chance: random.Random) -> bytes:
    words, figures = chance.choice(_WORDS), chance.choice(_FIGURES)
    indent = chance.choice(["css", "spaces", "none"])
    shaded = chance.choice(["", "", "background: #fff", "background: #fefefe"])
    size, line, width = chance.choice([14, 16, 18]), chance.choice([1.5, 1.8, 2.2]), chance.choice([700, 900, 1000])
    style = f"""body {{ font: {size}px/{line} {_fonts(figures, words)}; margin: 0 auto;
  width: {chance.choice(["auto", f"{width}px"])}; }}
p {{ margin: {chance.choice(["0", "0.5em 0", "1em 0"])}; text-align: {chance.choice(["left", "justify"])};
  text-indent: {"2em" if indent == "css" else "0"}; }}
h1 {{ text-align: {chance.choice(["center", "center", "left"])}; font-size: {chance.choice([22, 28, 32])}px; }}
table {{ border-collapse: collapse; width: 100%; font-size: 11px; line-height: 1.5; }}
td {{ border: 1px solid #000; padding: 2px; }}
.bar {{ background: #b00; color: #fff; padding: 8px; }} .menu {{ display: flex; gap: 30px; background: #eee; }}
.meta {{ text-align: center; }} .meta span {{ margin: 0 12px; }} .foot {{ text-align: center; border-top: 1px solid #999; }}
.frame {{ border: {chance.choice(["0", "0", "1px solid #ccc"])}; padding: 12px; }}"""
    next_year = page.year + 1
    title = chance.choice(["", "<br>"]).join(escape(line) for line in page.title)
    parts = [
        chance.choice(_HEADERS),
        chance.choice(_TRAILS),
        "<div class=frame>",
        f"<h1>{title}</h1>",
        chance.choice(_META).format(next=next_year),
        *_body(page, indent, shaded, chance.random() < 0.3),
        chance.choice(_ENDS),
        "</div>",
        chance.choice(_FEET),
    ]
    text = (
        f"<!DOCTYPE html><html lang=zh><meta charset=utf-8><title>{''.join(page.title)}</title><style>{style}</style>"
    )
    return as_chromium_prints(text + "".join(parts), chance.choice([["--no-pdf-header-footer"], []]))


def _fonts(*names: str) -> str:
    return ", ".join(f'"{name}"' for name in names if name)


def _body(page: Page, indent: str, shaded: str, by_breaks: bool) -> list[str]:
    """`by_breaks`: paragraphs are parted by line breaks only, as old editors wrote them."""
    parts: list[str] = []
    for block in page.blocks:
        if isinstance(block, SampleTable):
            parts.append(table_of(block))
            continue
        text = escape(block.text)
        if isinstance(block, SampleHeading):
            text = f"<strong>{text}</strong>"
        if shaded:
            text = f'<span style="{shaded}">{text}</span>'
        lead = "　　" if indent == "spaces" or by_breaks else ""
        parts.append(f"{lead}{text}<br>" if by_breaks else f"<p>{lead}{text}</p>")
    return parts
