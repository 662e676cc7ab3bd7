"""Which label of the declared form a printed text is, however it was broken, abbreviated or spelt."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from reports.standard import EDITIONS
from reports.standard.elements import Table

LabelKind = Literal["row", "column", "group", "title"]

TRADITIONAL = str.maketrans(
    "總計結轉規現許罰強費訴訟復議複審後經機構業團體織無處辦數額單萬項與當獲繳納關請個類執過補係為錄製發廢報開務廳鎮鄉縣區況動題進編據條統實屬違級綜彙匯蓋轄產隸責導會員內稅園環應號這於組",
    "总计结转规现许罚强费诉讼复议复审后经机构业团体织无处办数额单万项与当获缴纳关请个类执过补系为录制发废报开务厅镇乡县区况动题进编据条统实属违级综汇汇盖辖产隶责导会员内税园环应号这于组",
)
# Compatibility normalisation knows the Kangxi radicals but not those of the supplement block.
RADICALS = str.maketrans("⺠⻅⻆⻓⻔⻚⻛⻜⻢⻦⻩⻬⺟⻋⻉", "民见角长门页风飞马鸟黄齐母车贝")
_NUMBERING = re.compile(r"^\s*(?:[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|\d+[.．、])\s*")
_SURE = 0.84
_LIKE = 0.5


def without_spaces(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Only the letters and digits of a text, in one spelling: no spaces, brackets, quotes or line breaks."""
    plain = unicodedata.normalize("NFKC", text).translate(RADICALS).translate(TRADITIONAL)
    return "".join(character for character in plain if character.isalnum())


class Target(NamedTuple):
    """What a label stands for: a row or column by its key, a group of rows, or a title above columns. A title above some of the
    columns has the key of the first of them; in a table of blocks side by side the titles have the key of the row below them."""

    kind: LabelKind
    key: str


class LabelIndex:
    """The labels of one declared table."""

    def __init__(self, table: Table) -> None:
        self._exact: dict[str, set[Target]] = defaultdict(set)
        for block in table.blocks:
            for row in block.rows:
                self._add(Target("row", row.key), (row.label, *row.aliases))
                self._add(Target("group", ""), row.groups)
            first: dict[str, str] = {}
            for column in block.columns:
                self._add(Target("column", column.key), (column.label, *column.aliases))
                for title in column.groups:
                    first.setdefault(title, column.key)
            for title, key in first.items():
                self._add(Target("title", key), (title,))
            self._add(Target("title", ""), (block.title, block.corner, block.band))
            if table.shape == "side_by_side":
                for row in block.rows:
                    self._add(Target("title", row.key), (row.label,))
        self._rows = self._of_kind("row")
        self._headings = self._of_kind("column") | self._of_kind("title")

    def _of_kind(self, kind: LabelKind) -> dict[str, Target]:
        return {text: target for text, targets in self._exact.items() for target in targets if target.kind == kind}

    def _add(self, target: Target, labels: Iterable[str]) -> None:
        for label in labels:
            for text in {fold(label), fold(_NUMBERING.sub("", label))} - {""}:
                self._exact[text].add(target)

    def exactly(self, text: str) -> frozenset[Target]:
        """Everything that a folded text may stand for, to the letter."""
        return frozenset(self._exact.get(text, ()))

    def figures(self) -> Iterator[str]:
        """Every spelling of the labels that carry figures."""
        for text, targets in self._exact.items():
            if any(target.kind in ("row", "column") for target in targets):
                yield text

    @lru_cache(maxsize=20_000)  # noqa: B019 (an index lives as long as the declared form)
    def find(self, text: str, rows_first: bool) -> Target | None:
        """The target of a folded text. Texts such as 总计 head a column and a row; `rows_first` says which is expected."""
        # 本年（2023）制发件数 is 本年制发件数.
        targets = self.exactly(text) or self.exactly(re.sub(r"20\d\d年?", "", text))
        if targets:
            order = ("row", "group", "column", "title") if rows_first else ("column", "title", "row", "group")
            return min(targets, key=lambda target: (order.index(target.kind), not target.key))
        return self._nearly(text)

    def _nearly(self, text: str) -> Target | None:
        """A row label that was cut off, lengthened, glued to its group or misspelt; None unless it can be one row only."""
        if len(text) < 4 or text.isdecimal():
            return None
        near = {
            target
            for label, target in self._rows.items()
            if (len(text) >= 5 and label.startswith(text))
            or (len(label) >= 5 and (text.startswith(label) or text.endswith(label)))
        }
        if not near:
            near = {target for label, target in self._rows.items() if _alike(text, label)}
        return near.pop() if len(near) == 1 else None

    @lru_cache(maxsize=2_000)  # noqa: B019
    def resembling(self, text: str) -> tuple[Target, ...]:
        """The columns and titles that a folded text above figures is most like, cut off or misspelt; several where it is like them
        all."""
        scores: dict[Target, float] = {}
        for label, target in self._headings.items():
            # 上年 is no misspelt 本年.
            if len(text) >= 2 and ("上" in text) == ("上" in label):
                ratio = SequenceMatcher(None, text, label, autojunk=False).ratio()
                scores[target] = max(scores.get(target, 0), _LIKE if text.startswith(label) else 0, ratio)
        best = max(scores.values(), default=0)
        return tuple(target for target, score in scores.items() if score == best >= _LIKE)

    def row(self, text: str) -> Target | None:
        """The row of which a folded text is the label to the letter."""
        return next((target for target in self.exactly(text) if target.kind == "row"), None)

    def glued(self, text: str) -> Target | None:
        """The row of a label to which the digits of its figures are glued (规章000)."""
        found = re.fullmatch(r"(\D{2,})\d+", text)
        return self.row(found[1]) if found else None


def _alike(text: str, label: str) -> bool:
    matcher = SequenceMatcher(None, text, label, autojunk=False)
    return matcher.real_quick_ratio() >= _SURE <= matcher.quick_ratio() and matcher.ratio() >= _SURE


@cache
def index_of(edition: str, table: str) -> LabelIndex:
    return LabelIndex(EDITIONS[edition].table(table))
