"""What a fault is, and what came of it."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # It needs Django to be set up, which needs to know the database.
    from tests.trial.site import Site


class Database(StrEnum):
    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"

    @property
    def label(self) -> str:
        return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[self]


@dataclass
class Outcome:
    """`lost` and `doubled` count whatever the fault is about: saves, reports, requests of others."""

    lost: int = 0
    doubled: int = 0
    server_errors: int = 0
    seconds: float = 0
    """Until everything went on as before; 0 where nothing ever stopped."""
    took: float = 0
    seen: str = ""
    wrong: list[str] = field(default_factory=list)

    def must(self, holds: object, otherwise: str) -> None:
        if not holds:
            self.wrong.append(otherwise)

    @property
    def is_harmless(self) -> bool:
        return not (self.lost or self.doubled or self.server_errors or self.wrong)


Act = Callable[["Site", Outcome], None]


@dataclass(frozen=True)
class Fault:
    do: Act
    databases: tuple[Database, ...]
    allowed: frozenset[int]
    within: float

    @property
    def name(self) -> str:
        return self.do.__name__

    @property
    def title(self) -> str:
        return inspect.cleandoc(self.do.__doc__ or "").partition("\n")[0]

    @property
    def what_was_done(self) -> str:
        return " ".join(inspect.cleandoc(self.do.__doc__ or "").partition("\n")[2].split())

    def run(self, site: Site) -> Outcome:
        outcome, before, began = Outcome(), len(site.answers), time.monotonic()
        self.do(site, outcome)
        outcome.took = time.monotonic() - began
        statuses = [answer.status for answer in site.answers[before:]]
        outcome.server_errors = sum(status >= 500 and status not in self.allowed for status in statuses)
        outcome.must(outcome.seconds <= self.within, f"longer than {self.within:.0f} seconds")
        return outcome


FAULTS: list[Fault] = []


def fault(*databases: Database, allowed: tuple[int, ...] = (), within: float = 60) -> Callable[[Act], Act]:
    """Registers a fault: where it is tried, which answers of 500 and more it may bring, how soon it must be over (seconds)."""

    def register(do: Act) -> Act:
        FAULTS.append(Fault(do, databases or tuple(Database), frozenset(allowed), within))
        return do

    return register
