"""Web pages saved from the county's site: `page.html` holds its navigation, a table of particulars, and the foot."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template

from samples.contents import Sample
from samples.making.printed import SampleCell, SampleHeading, SampleTable, printed_blocks

_PAGE = Template(Path(__file__).with_name("page.html").read_text(encoding="utf-8"))


def as_html(sample: Sample) -> bytes:
    page = _PAGE.substitute(
        title=escape(sample.title),
        agency=escape(sample.agency),
        index=f"XC{sample.code[6:9]}-{sample.year + 1}-{len(sample.name):04}",
        date=f"{sample.year + 1}年1月{8 + len(sample.name) % 20}日",
        report=report_body(sample),
    )
    return page.encode(sample.encoding)


def report_body(sample: Sample) -> str:
    parts = []
    for block in printed_blocks(sample):
        if isinstance(block, SampleTable):
            lines = "\n".join(f"<tr>{''.join(_cell(cell) for cell in line)}</tr>" for line in block.lines())
            parts.append(f'<table class="xl">\n{lines}\n</table>')
        elif isinstance(block, SampleHeading):
            parts.append(f"<p><strong>{escape(block.text)}</strong></p>")
        else:
            parts.append(f"<p>　　{escape(block.text)}</p>")
    return "\n".join(parts)


def _cell(cell: SampleCell) -> str:
    spans = "".join(
        f' {name}="{span}"' for name, span in (("colspan", cell.colspan), ("rowspan", cell.rowspan)) if span > 1
    )
    return f"<td{spans}>{escape(cell.text)}</td>"
