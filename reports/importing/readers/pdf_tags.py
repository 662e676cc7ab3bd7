"""The tags of a PDF, where it has any: which paragraph its text belongs to, and what is no part of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import resolve1
from pdfplumber.page import PDFPageAggregatorWithMarkedContent
from pdfplumber.utils.exceptions import PdfminerException


class Tag(NamedTuple):
    """`order` is the place in the order of reading. A whole paragraph has one, and so has what stands loosely between paragraphs:
    tags do not tell how much of it is one."""

    order: int
    is_paragraph: bool


Tags = Mapping[tuple[int, int | None], Tag]
"""By page and number of the marked content."""

# What stands inside a paragraph and makes none of its own; and what holds paragraphs.
_INLINE = frozenset({"Span", "NonStruct", "Strong", "Em", "Link", "Quote", "Code", "Annot", "Ruby", "Reference", "Lbl"})
_GROUPS = frozenset({"", "Document", "Part", "Art", "Sect", "Div", "BlockQuote"})
_MAX_ELEMENTS = 200_000


def read_tags(pdf: Any) -> Tags:
    """Nothing for a file without tags. pdfplumber's own tree does not tell on which page the parts of a paragraph are that goes
    on over the end of one."""
    root = resolve1(pdf.doc.catalog.get("StructTreeRoot"))
    if not isinstance(root, dict):
        return {}
    pages = {page.page_obj.pageid: page.page_number for page in pdf.pages}
    roles = resolve1(root.get("RoleMap")) or {}
    found: dict[tuple[int, int | None], Tag] = {}
    order = elements = 0
    loose: Tag | None = None
    waiting: list[tuple[Any, Tag | None, int]] = [(root.get("K"), None, 0)]
    while waiting and elements < _MAX_ELEMENTS:
        elements += 1
        reference, tag, page = waiting.pop()
        element = resolve1(reference)
        if isinstance(element, list):
            waiting += [(each, tag, page) for each in reversed(element)]
            continue
        number = element
        if isinstance(element, dict):
            page = pages.get(getattr(element.get("Pg"), "objid", None), page)
            number = element.get("MCID")
            name = _name(element.get("S"))
            role = _name(roles.get(name)) or name
            if not isinstance(number, int):
                if role not in _INLINE:
                    order, loose = order + 1, None
                    tag = None if role in _GROUPS else Tag(order, True)
                waiting.append((element.get("K"), tag, page))
        if isinstance(number, int):
            if tag is None and loose is None:
                order += 1
                loose = Tag(order, False)
            found[page, number] = tag or loose  # type: ignore[assignment]
    return found


def _name(value: Any) -> str:
    return str(getattr(resolve1(value), "name", ""))


class _Marks(PDFPageAggregatorWithMarkedContent):
    """Marked content inside of marked content is of the outer one: Chromium marks each character that has another form (⼀ for 一),
    and pdfplumber takes the end of the inner mark for that of both."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._outer: list[tuple[str | None, int | None]] = []

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        outer = self.cur_tag, self.cur_mcid
        self._outer.append(outer)
        super().begin_tag(tag, props)
        if self.cur_mcid is None and self.cur_tag != "Artifact":
            self.cur_tag, self.cur_mcid = outer

    def end_tag(self) -> None:
        self.cur_tag, self.cur_mcid = self._outer.pop() if self._outer else (None, None)


def read_marks(page: Any) -> None:
    """Has the page read with its marks as they are nested; pdfplumber keeps here what it has read of a page."""
    device = _Marks(page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams)
    try:
        PDFPageInterpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    except Exception as error:
        raise PdfminerException(error) from error
    page._layout = device.get_result()
