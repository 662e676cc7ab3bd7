"""What a page shows, as tests read it."""

from __future__ import annotations

import html
import re
from typing import Any

BLOCKS = (
    "address|article|aside|blockquote|dd|details|div|dl|dt|fieldset|footer|form|h[1-6]|header|legend|li|main|meta|nav|"
    "noscript|ol|optgroup|option|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
AROUND_A_BLOCK = re.compile(rf"\s*(</?(?:{BLOCKS})(?:\s[^>]*)?>)\s*")
VALUE_OR_SPACE = re.compile(r'(?<==)(?<!class=)"[^"]*"|\s+(>)?')


def text_of(answer: Any) -> str:
    """The markup of a page without what a browser does not show: how its template breaks the lines.

    White space outside the values of attributes is one space, and none where a block begins or ends.
    """
    page = AROUND_A_BLOCK.sub(r"\1", answer.content.decode())
    return html.unescape(
        VALUE_OR_SPACE.sub(lambda found: found[0] if found[0].startswith('"') else found[1] or " ", page)
    )
