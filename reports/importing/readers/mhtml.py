"""Web archives (.mht, .mhtml), as Word, WPS and browsers save them: a message whose parts are the page and its pictures."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message

from django.utils.translation import gettext as _

from reports.importing.document import Document, Unreadable
from reports.importing.readers.html import read_html

_HEADER = re.compile(
    rb"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){1,40}?content-type:\s*(?:multipart/related|text/html)", re.I
)
_MAX_PARTS = 2_000
_MAX_LINES = 1_000_000
_MAX_MULTIPARTS = 10


def is_mhtml(data: bytes) -> bool:
    return _HEADER.match(data[:8192].removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")) is not None


def read_mhtml(data: bytes) -> Document:
    """The page itself, which is the first part of type html. Raises Unreadable where there is none."""
    # The parser looks for the boundaries of all parts around a line, so that a message of many layers would take it hours.
    layers, parts = len(re.findall(rb"boundary\s*=", data, re.I)), data.count(b"\n--")
    if layers > _MAX_MULTIPARTS or parts > _MAX_PARTS or data.count(b"\n") > _MAX_LINES:
        raise Unreadable(_("网页文件的结构过于复杂，已停止读取。请在浏览器中打开，另存为网页（.html）后再导入。"))
    try:
        message = message_from_bytes(data, policy=policy.compat32)
        page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
        content = _payload(page) if page else b""
    except (MessageError, LookupError, ValueError, RecursionError) as error:
        raise Unreadable(_("网页文件是空的或已损坏。请在浏览器中打开原网页，重新“另存为”后再导入。")) from error
    if not content.strip():
        raise Unreadable(_("网页文件是空的或已损坏。请在浏览器中打开原网页，重新“另存为”后再导入。"))
    return read_html(content)


def _payload(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
