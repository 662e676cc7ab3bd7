"""Sentences that every report owes to the form and its circular, whoever writes it. Knows no Django.

Sources: 国办公开办函〔2021〕30号 and 国办公开办函〔2019〕60号 with the form's own headings; 国办函〔2020〕109号 for the
statement on information processing fees.
"""

from __future__ import annotations

import re

from reports.standard import EDITIONS

_SENTENCE = re.compile(r"[^。\n]*[。\n]?")
_HEADINGS = re.compile(
    "|".join(
        sorted({re.escape(chapter.title) for form in EDITIONS.values() for chapter in form.chapters}, reverse=True)
    )
)
_PRESCRIBED = re.compile(
    # Legal basis, period and whom to ask: the form prescribes that a report opens with them.
    "《中华人民共和国政府信息公开条例》|国令第711号|国办公开办函|统计期限|联系地址|邮政编码|联系电话|电子版"
    # The statement on fees, and the sixth chapter where there is nothing to report.
    "|信息处理费|(?:没有|无|未发生|不存在)(?:其他)?(?:需要|应当|需|要)?报告的(?:其他)?事项"
)
_FIVE = re.compile(
    # The headings that the guidance of the first chapter asks for.
    r"^\s{0,8}[（(]?[一二三四五]?[)）、]?\s{0,8}(?:主动公开|依申请公开|政府信息管理|(?:政府信息)?(?:公开)?平台建设|监督保障)"
    r"(?:情况|方面|工作)?[。：:]",
)


def without_prescribed(text: str) -> str:
    """A text without the sentences and headings that say nothing about the report that holds them."""
    kept = [sentence for sentence in _SENTENCE.findall(text) if not _PRESCRIBED.search(sentence)]
    return "".join(_HEADINGS.sub("", _FIVE.sub("", sentence)) for sentence in kept)
