"""Web pages that stand alone: one file, no script, nothing fetched from elsewhere."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template

from reports.sheets.layout import PlacedCell
from reports.sheets.printed import Printed, PrintedHeading, PrintedParagraph, PrintedTable

CONTENT_TYPE = "text/html; charset=utf-8"
_PAGE = Template(Path(__file__).with_name("page.html").read_text(encoding="utf-8"))


def as_html(printed: Printed) -> bytes:
    parts = [_block(block) for block in printed.blocks]
    if printed.contact:
        lines = "\n".join(f"<tr><th scope='row'>{escape(k)}</th><td>{escape(v)}</td></tr>" for k, v in printed.contact)
        parts.append(f'<table class="contact">\n{lines}\n</table>')
    page = _PAGE.substitute(agency=escape(printed.agency), title=escape(printed.title), report="\n".join(parts))
    return page.encode()


def _block(block: PrintedHeading | PrintedParagraph | PrintedTable) -> str:
    if isinstance(block, PrintedHeading):
        return f"<h2>{escape(block.text)}</h2>"
    if isinstance(block, PrintedParagraph):
        return f"<p>{escape(block.text)}</p>"
    layout = block.layout
    rows = [f"<tr>{''.join(_cell(cell, block.text(cell)) for cell in row)}</tr>" for row in layout.rows]
    head = "<thead>\n" + "\n".join(rows[: layout.head_rows]) + "\n</thead>\n" if layout.head_rows else ""
    body = "<tbody>\n" + "\n".join(rows[layout.head_rows :]) + "\n</tbody>"
    return f'<div class="frame"><table class="{layout.table.key}">\n{head}{body}\n</table></div>'


def _cell(cell: PlacedCell, text: str) -> str:
    spans = "".join(
        f' {name}="{span}"' for name, span in (("colspan", cell.colspan), ("rowspan", cell.rowspan)) if span > 1
    )
    if cell.figure:
        return f'<td id="{cell.figure.key}"{spans}>{escape(text)}</td>'
    return f'<th scope="{cell.scope}" class="{cell.role}"{spans}>{escape(text)}</th>'
