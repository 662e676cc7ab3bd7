"""Columns of text on a page of a PDF, by what all of their rows leave free."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Any

Character = dict[str, Any]
"""As pdfplumber has it."""

MIN_COLUMN_LINES = 3
MIN_COLUMN_LENGTH = 8  # characters; shorter are the cells of a table without lines
_MAX_COLUMN_LINES = 300
_MIN_GUTTER = 1.0  # of the size
_Gap = tuple[float, float]


def in_columns(rows: list[list[Character]]) -> list[tuple[int, list[list[Character]]]]:
    """The rows in the order of reading: each run of them with 0, or 1 or 2 where it is a left or right column."""
    flows: list[tuple[int, list[list[Character]]]] = [(0, [])]
    position = 0
    while position < len(rows):
        end, gutter = _columns_from(rows, position)
        if gutter is None:
            flows[-1][1].append(rows[position])
            position += 1
            continue
        columns = rows[position:end]
        flows.append((1, [left for row in columns if (left := [each for each in row if each["x0"] < gutter])]))
        flows.append((2, [right for row in columns if (right := [each for each in row if each["x0"] >= gutter])]))
        flows.append((0, []))
        position = end
    return flows


def _columns_from(rows: list[list[Character]], start: int) -> tuple[int, float | None]:
    """Where the columns end that begin with a row, and a place between them; None where none begin.

    Each row leaves gaps, at its ends as well; what all of them leave free is the gutter.
    """
    free = _gaps(rows[start])
    if len(free) < 3:  # columns begin side by side
        return start, None
    free = free[1:-1]
    end, both = start, start
    while end < min(len(rows), start + _MAX_COLUMN_LINES) and (narrowed := _in_common(free, _gaps(rows[end]))):
        free = narrowed
        end += 1
        if _stands_on_both_sides(rows[end - 1], free[-1]):
            both = end
    gutter = max(free, key=lambda gap: gap[1] - gap[0])
    middle = (gutter[0] + gutter[1]) / 2
    end = both
    while end < len(rows) and 0 <= gutter[0] - max(each["x1"] for each in rows[end]) < 2 * rows[end][0]["size"]:
        end += 1  # the left column may be the longer one
    sides = [
        [length for characters in rows[start:end] if (length := sum(test(each) for each in characters))]
        for test in (lambda each: each["x0"] < middle, lambda each: each["x0"] >= middle)
    ]
    if all(len(side) >= MIN_COLUMN_LINES and median(side) >= MIN_COLUMN_LENGTH for side in sides):
        return end, middle
    return start, None


def _gaps(row: Sequence[Character]) -> list[_Gap]:
    """Where a row leaves the page free, also before and after it."""
    printed = [each for each in row if not each["text"].isspace()]
    if not printed:
        return [(float("-inf"), float("inf"))]
    wide = _MIN_GUTTER * max(each["size"] for each in printed)
    inner = [(one["x1"], other["x0"]) for one, other in pairwise(printed) if other["x0"] - one["x1"] >= wide]
    return [(float("-inf"), printed[0]["x0"]), *inner, (max(each["x1"] for each in printed), float("inf"))]


def _in_common(some: list[_Gap], others: list[_Gap]) -> list[_Gap]:
    found = []
    for low, high in some:
        for other_low, other_high in others:
            if min(high, other_high) - max(low, other_low) >= 6:
                found.append((max(low, other_low), min(high, other_high)))
    return found[:4]


def _stands_on_both_sides(row: Sequence[Character], gap: _Gap) -> bool:
    return bool(row[0]["x0"] < gap[0] + 1 and row[-1]["x1"] > gap[1] - 1)
