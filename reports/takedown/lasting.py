"""The list of everything that was ever taken down, apart from the database: a file each, in `TAKEDOWN_ROOT`.

A backup is older than what was taken down after it. What is on this list is done to it again (`manage.py apply_takedowns`).
"""

from __future__ import annotations

import datetime
import json
import os
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Order:
    """One take-down as it is to be done, now or again. The fields are those of `reports.models.TakeDown`."""

    identifier: str
    kind: str
    agency: str
    year: int
    reason: str
    office: str
    made_at: str
    made_by_username: str = ""
    made_by_name: str = ""
    words_length: int = 0
    words_digest: str = ""

    @property
    def moment(self) -> datetime.datetime:
        return datetime.datetime.fromisoformat(self.made_at)


def keep(order: Order) -> None:
    """Writes it down, to stay. Before the database is told: a take-down that broke off in between is finished later."""
    folder = Path(settings.TAKEDOWN_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    beginning = folder / f".{uuid.uuid4().hex}"
    with beginning.open("x", encoding="utf-8") as file:
        json.dump(asdict(order), file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    beginning.replace(folder / f"{order.identifier}.json")
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def orders() -> Iterator[Order]:
    """The whole list, in the order in which it was done."""
    files = Path(settings.TAKEDOWN_ROOT).glob("[!.]*.json")
    found = [Order(**json.loads(file.read_text(encoding="utf-8"))) for file in files]
    yield from sorted(found, key=lambda order: (order.moment, order.identifier))
