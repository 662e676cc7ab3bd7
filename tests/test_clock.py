"""One clock: every day and hour that somebody reads is Shanghai's, whatever the hour.

The database keeps moments in UTC, in which it is yesterday from midnight to eight in Shanghai. Templates convert by
themselves; Python formats a moment as it is kept, so that the source is looked through for it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
SOURCES = sorted(path for app in ("agencies", "config", "reports") for path in (ROOT / app).rglob("*.py"))
DAYS = {"due", "filed_on", "last", "official_on", "on", "opens", "statutory", "today", "until"}
"""What is a day already, by the names it has in the source."""
INSTANTS = {
    "self.changed_at.isoformat()",  # a draft's revision, compared as it is
    "pending.changed_at.isoformat()",  # the same of an import
    "timezone.now().isoformat()",  # when an answer to an import was given; kept, and read by programs only
    "finding.decided_at.isoformat()",  # in the record of a decision, with its offset
    "moment.astimezone(datetime.UTC).isoformat(timespec='microseconds')",  # hashed in the record, with its offset
    "value.isoformat()",  # <time datetime="…">, with its offset
}
"""Whole moments for programs, which say their offset from UTC themselves."""


def formatted(tree: ast.AST) -> Iterator[ast.AST]:
    """Every place that makes words or a day of a moment without asking first what time that is in Shanghai."""
    for node in ast.walk(tree):
        moment = moment_in(node)
        if moment is not None and not is_local(moment):
            yield node


def moment_in(node: ast.AST) -> ast.expr | None:
    """What is made words or a day of here, if anything is."""
    match node:
        case ast.FormattedValue(value=value, format_spec=ast.JoinedStr() as spec):
            return value if re.search("%[a-zA-Z]", ast.unparse(spec)) else None
        case ast.Call(func=ast.Name(id="date_format" | "time_format"), args=[value, *_]):
            return value
        case ast.Call(func=ast.Attribute(value=value, attr="strftime" | "isoformat" | "ctime")):
            return value
        case ast.Call(func=ast.Attribute(value=value, attr="date"), args=[]):
            return value
        case ast.Call(func=ast.Attribute(value=value, attr="now" | "today" | "utcnow"), args=[]):
            return value if last_name(value) in {"date", "datetime"} else None
        case ast.Attribute(value=value, attr="year" | "month" | "day" | "hour" | "minute"):
            return value if last_name(value).endswith("_at") or last_name(value) == "now" else None
    return None


def is_local(value: ast.expr) -> bool:
    return last_name(value) in DAYS | {"localtime", "localdate"} or (
        isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and is_local(value.func.value)
    )


def last_name(value: ast.expr) -> str:
    match value:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=function):
            return last_name(function)
    return ""


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_day_is_printed_but_shanghai_s(path: Path) -> None:
    found = {ast.unparse(each) for each in formatted(ast.parse(path.read_text(encoding="utf-8")))}
    assert found - INSTANTS == set(), "timezone.localtime() first; or name the day as one, or the moment as one, above"


@pytest.mark.parametrize(
    "wrong",
    [
        "f'{version.published_at:%Y-%m-%d}'",
        "f'{timezone.now():%Y}'",
        "version.published_at.date()",
        "change.made_at.strftime('%H:%M')",
        "date_format(version.published_at, 'DATE_FORMAT')",
        "version.published_at.date().isoformat()",
        "timezone.now().year",
        "datetime.date.today()",
        "datetime.datetime.now()",
    ],
)
def test_the_check_sees_what_it_looks_for(wrong: str) -> None:
    assert list(formatted(ast.parse(wrong)))


@pytest.mark.parametrize(
    "right",
    [
        "f'{timezone.localtime(version.published_at):%Y-%m-%d}'",
        "timezone.localtime(version.published_at).date().isoformat()",
        "f'{today:%Y-%m-%d} {share:.1%}'",
        "date_format(unit.due, 'DATE_FORMAT')",
        "timezone.localdate().year",
    ],
)
def test_the_check_lets_pass_what_is_shanghai_s(right: str) -> None:
    assert list(formatted(ast.parse(right))) == []
