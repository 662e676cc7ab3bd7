"""Patterns take time in proportion to the text, whoever wrote it: doubling a hostile text at most doubles the work.

Each pattern is fed with what its own parts match, over and over, and then with what it cannot match.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from re import _constants as opcode
from re import _parser as parser
from types import ModuleType
from typing import Any

import pytest

import agencies
import reports.checks
import reports.importing
import reports.standard
from tests.growth import MAX_GROWTH, Work, growth

pytestmark = pytest.mark.slow

MAX_PIECES = 40
SPOILER = "\x01"
ANCHORED = {"match", "fullmatch"}
ANYWHERE = {"search", "finditer", "findall", "sub", "subn", "split"}

Hostile = tuple[str, str]
"""What the text begins with, and what is repeated after it."""


@dataclass
class Used:
    """A pattern with the methods by which it is used: one that may only begin a text is not looked for at every place."""

    pattern: re.Pattern[Any]
    methods: set[str]


def modules() -> Iterator[ModuleType]:
    for package in (reports.importing, reports.checks, reports.standard, agencies):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not {"migrations", "management"} & set(found.name.split(".")):
                yield importlib.import_module(found.name)


def used_patterns() -> dict[str, Used]:
    """Every pattern of the modules, by where it stands: compiled ones, also in tuples and mappings, and those in calls."""
    found: dict[str, Used] = {}
    seen: set[int] = set()
    trees = {module: ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8")) for module in modules()}
    methods: dict[str, set[str]] = {}
    for tree in trees.values():
        for name, method in _uses(tree):
            methods.setdefault(name, set()).add(method)
    for module, tree in trees.items():
        for name, value in vars(module).items():
            for number, pattern in enumerate(_within(value)):
                if id(pattern) not in seen:
                    seen.add(id(pattern))
                    found[f"{module.__name__}.{name}.{number}"] = Used(pattern, methods.get(name, {"finditer"}))
        for line, method, pattern in _in_calls(module, tree):
            if id(pattern) not in seen:
                found[f"{module.__name__}:{line}"] = Used(pattern, {method})
    return found


def _within(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, (dict, list, tuple, set, frozenset)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _within(each)


def _uses(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Names with the method that is called of them; one that is handed on may be looked for anywhere."""
    direct = {id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            method = direct.get(id(node), "finditer")
            if method != "pattern":
                yield node.id, method if method in ANCHORED else "finditer"


def _in_calls(module: ModuleType, tree: ast.AST) -> Iterator[tuple[int, str, re.Pattern[Any]]]:
    """`re.search("...", text)`: those whose pattern needs nothing but the names of its module."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re"):
            continue
        if node.func.attr not in ANCHORED | ANYWHERE or not isinstance(node.args[0], (ast.Constant, ast.JoinedStr)):
            continue
        try:
            pattern = eval(compile(ast.Expression(node.args[0]), module.__name__, "eval"), dict(vars(module)))
        except NameError:
            continue
        yield node.lineno, node.func.attr, re.compile(pattern)


@dataclass
class Pieces:
    """Short strings that parts of a pattern match, those about an unbounded repetition first."""

    first: str = ""
    """What stands for any character where it may: the pattern's own first one, so that each repetition may begin it."""
    repeated: list[Hostile] = field(default_factory=list)
    others: list[Hostile] = field(default_factory=list)

    def of_sequence(self, parsed: Any, lead: str = "") -> str:
        """One string that the parsed pattern matches; its beginnings and its neighbouring parts are noted."""
        text, previous = "", ""
        for kind, value in parsed:
            part = self._of_part(kind, value, lead + text)
            text += part
            self.others += [("", part), ("", text), ("", previous + part)]
            previous = part
        return text

    def _of_part(self, kind: Any, value: Any, lead: str) -> str:
        if kind is opcode.LITERAL:
            return chr(value)
        if kind is opcode.NOT_LITERAL:
            return _other_than({chr(value)}, self.first)
        if kind is opcode.ANY:
            return self.first or "x"
        if kind is opcode.IN:
            return _member(value, self.first)
        if kind is opcode.BRANCH:
            options: list[str] = [self.of_sequence(option, lead) for option in value[1]]
            return options[0]
        if kind in (opcode.MAX_REPEAT, opcode.MIN_REPEAT, opcode.POSSESSIVE_REPEAT):
            least, most, inside = value
            once = self.of_sequence(inside, lead)
            if most >= MAX_PIECES:
                self.repeated += [(lead, once), ("", lead + once), ("", lead), ("", once), (lead, once * 2)]
                self.repeated += [("", alternative) for alternative in _alternatives(inside)]
            times: int = max(least, min(most, 1))
            return once * times
        if kind is opcode.SUBPATTERN:
            return self.of_sequence(value[-1], lead)
        if kind is opcode.ATOMIC_GROUP:
            return self.of_sequence(value, lead)
        if kind in (opcode.ASSERT, opcode.ASSERT_NOT):
            self.of_sequence(value[1], lead)
        return ""


def _alternatives(parsed: Any) -> Iterator[str]:
    for kind, value in parsed:
        if kind is opcode.BRANCH:
            yield from (Pieces().of_sequence(option) for option in value[1])
        elif kind is opcode.SUBPATTERN:
            yield from _alternatives(value[-1])


def _member(options: Any, first: str) -> str:
    """A character of a class."""
    categories = {opcode.CATEGORY_DIGIT: "1", opcode.CATEGORY_SPACE: "\n" if first else " ", opcode.CATEGORY_WORD: "a"}
    if options[0][0] is not opcode.NEGATE:
        for kind, value in options:
            if kind is opcode.LITERAL:
                return chr(value)
            if kind is opcode.RANGE:
                return chr(value[0])
            if kind is opcode.CATEGORY and value in categories:
                return categories[value]
    return _other_than({chr(value) for kind, value in options if kind is opcode.LITERAL}, first)


def _other_than(excluded: set[str], first: str) -> str:
    return next(letter for letter in (first, "x", "1", "，", "y") if letter and letter not in excluded)


def hostile_texts(pattern: re.Pattern[Any]) -> list[Hostile]:
    """At most `MAX_PIECES`, evenly from all; fewer where nothing in the pattern may repeat without bound."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    parsed = parser.parse(source, pattern.flags & ~re.UNICODE)
    plain = Pieces()
    beginning = plain.of_sequence(parsed)[:1]
    again = Pieces(first=beginning or "x")
    again.of_sequence(parsed)
    repeated = [each for each in dict.fromkeys(plain.repeated + again.repeated) if each[1]]
    others = [each for each in dict.fromkeys(plain.others + again.others) if each[1] and each not in repeated]
    first = _evenly(repeated, MAX_PIECES * 2 // 3)
    return first + _evenly(others, MAX_PIECES - len(first) if repeated else 4)


def _evenly(items: list[Hostile], most: int) -> list[Hostile]:
    return items if len(items) <= most else [items[index * len(items) // most] for index in range(most)]


def applied(used: Used, hostile: Hostile) -> Work:
    lead, piece = hostile

    def at(length: int) -> Callable[[], object]:
        text: Any = lead + piece * (length // len(piece)) + SPOILER
        if isinstance(used.pattern.pattern, bytes):
            text = text.encode("latin-1", "replace")
        if used.methods <= ANCHORED:
            return lambda: [getattr(used.pattern, method)(text) for method in used.methods]
        return lambda: sum(1 for _found in used.pattern.finditer(text))

    return at


PATTERNS = used_patterns()


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_takes_time_in_proportion_to_a_hostile_text(name: str) -> None:
    used = PATTERNS[name]
    slow = {
        hostile: found
        for hostile in hostile_texts(used.pattern)
        if (found := growth(applied(used, hostile))) > MAX_GROWTH
    }
    assert not slow, f"{used.pattern.pattern!r} takes {slow} times as long for twice the text"


@pytest.mark.parametrize(
    "source", [r"a[^/>]*\bb", r"(?:ab)+$", r"^(.*?)20(.*?)年", r"\s+\n", r"^(?:.*为|:)+", r"^(?:共|计|共计)*$"]
)
def test_a_pattern_that_takes_more_is_found(source: str) -> None:
    used = Used(re.compile(source), {"finditer"})
    assert any(growth(applied(used, hostile)) > MAX_GROWTH for hostile in hostile_texts(used.pattern))


def test_the_patterns_of_every_layer_are_fed() -> None:
    for package in (
        "reports.importing.",
        "reports.importing.readers.",
        "reports.checks.narrative.",
        "reports.standard.",
    ):
        assert any(name.startswith(package) for name in PATTERNS)
