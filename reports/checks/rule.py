"""What a rule is: everything that the site knows of it, in one place. Its code is a public name and never changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from reports.checks.comparables import NO_COMPARABLES, Comparables
from reports.checks.content import Content, RuleFinding
from reports.standard.elements import Edition

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Severity = Literal["error", "warning", "info"]


class FindingLike(Protocol):
    """A finding, be it fresh from a rule or stored."""

    @property
    def rule(self) -> Any: ...
    @property
    def where(self) -> Any: ...
    @property
    def cells(self) -> Any: ...
    @property
    def operands(self) -> Any: ...
    @property
    def expected(self) -> Any: ...
    @property
    def actual(self) -> Any: ...
    @property
    def culprit(self) -> Any: ...


class Wording(NamedTuple):
    """A finding in sentences: what it says, what its filer is asked to do, and what a reader is told instead of that."""

    says: str
    advice: str = ""
    remark: str = ""


class Example(NamedTuple):
    """A small invented report in which a rule finds something, and what it is compared with."""

    content: Content
    comparables: Comparables = NO_COMPARABLES


@dataclass(frozen=True, kw_only=True)
class Rule:
    """`severity`: an `error` blocks submission, a `warning` needs a reason, an `info` accuses nobody. `version` rises
    whenever the rule begins to judge differently. `check` takes a report and what it is compared with; `wording` puts what
    it found into sentences, given the edition of the report's tables.

    `help` says what a finding means, `formula` what is compared with what, `todo` what the filer can do about it.
    `operand_names` names the operands that are no cells; one that stands for several (`part_1`, `part_2` …) by what comes
    before its number, which the name takes as `%(number)s`. An operand without a name only tells findings apart.
    """

    code: str
    severity: Severity
    label: StrOrPromise
    check: Callable[[Content, Comparables], Sequence[RuleFinding]]
    wording: Callable[[FindingLike, Edition], Wording]
    help: StrOrPromise
    todo: StrOrPromise
    formula: StrOrPromise
    example: Callable[[], Example]
    operand_names: Mapping[str, StrOrPromise] = field(default_factory=dict)
    version: int = 1
