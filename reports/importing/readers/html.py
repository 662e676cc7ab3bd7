"""Web pages as saved: the page's own furniture comes along and is told apart later by what it says."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from lxml import etree

from reports.importing.document import Document, Unreadable
from reports.importing.readers.html_tables import BLOCKS, is_unseen, rows_of, shown_text
from reports.importing.readers.text import decode

_CHARSET = re.compile(rb"charset\s*=\s*+[\"']?\s*+([A-Za-z0-9_\-]+)", re.IGNORECASE)
_BEGINNING = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|p|span|tr|h\d)\b", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_MAX_TAGS = 400_000


def is_html(data: bytes) -> bool:
    start = data[:65536]
    # Word saves web pages in UTF-16, too.
    return _BEGINNING.search(start.replace(b"\x00", b"") if start.startswith(_WIDE) else start) is not None


def read_html(data: bytes) -> Document:
    """Raises Unreadable where there is no page in it."""
    if data.count(b"<") > _MAX_TAGS:
        raise Unreadable(_("网页的内容过多，不像年度报告。请只保存年度报告所在的页面。"))
    text = _decode(data)
    try:
        root = etree.fromstring(text, etree.HTMLParser(no_network=True, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise Unreadable(_("网页文件是空的或已损坏。请在浏览器中打开原网页，重新“另存为”后再导入。"))
    document = Document(may_be_cut=not re.search(r"</(?:html|body)\s*>", text, re.IGNORECASE))
    _Walk(document).walk(root)
    document.add_source(shown_text(root))
    return document


def _decode(data: bytes) -> str:
    """Like any text, for pages say wrongly in which encoding they are; only Big5 has to be believed. An XML declaration would
    forbid the rest."""
    declared = _CHARSET.search(data[:4096])
    is_big5 = declared is not None and declared[1].lower().startswith(b"big5")
    text = data.decode("big5hkscs", "replace") if is_big5 else decode(data)
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


class _Walk:
    """Carries the line being collected through the tree; libxml2 bounds how deep that can be."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.line: list[str] = []
        self.inside: list[int] = []
        self.elements = 0

    def flush(self) -> None:
        text = "".join(self.line)
        if text and not text.isspace():
            self.document.add_paragraph(_SPACES.sub(" ", text), inside=tuple(self.inside))
        self.line = []

    def walk(self, element: etree._Element) -> None:
        if is_unseen(element):
            return
        if element.tag == "table" and element.find(".//table") is None:
            self.flush()
            for caption in element.iter("caption"):
                self.document.add_paragraph(_SPACES.sub(" ", shown_text(caption)), inside=tuple(self.inside))
            self.document.add_grid(rows_of(element), exact=True)
            return
        if element.tag == "br":
            self.flush()
        block = element.tag in BLOCKS
        if block:
            self.flush()
            self.elements += 1
            self.inside.append(self.elements)
        self.line.append(element.text or "")
        for child in element:
            self.walk(child)
            self.line.append(child.tail or "")
        if block:
            self.flush()
            self.inside.pop()
