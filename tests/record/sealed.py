"""A published report whose record is sealed, and ways to change what the program would never change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

from django.core.management import CommandError, call_command
from django.db import connection

from agencies.record import triggers


@contextmanager
def as_operator() -> Iterator[None]:
    """Whoever owns the database takes the triggers off, and afterwards puts them back."""
    triggers.drop()
    yield
    triggers.install()


def run(statement: str, *values: Any) -> None:
    with as_operator(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def verify(*arguments: str) -> str:
    """What `verify_record` says is wrong; empty where nothing is."""
    told = StringIO()
    try:
        call_command("verify_record", *arguments, stdout=StringIO(), stderr=told)
    except CommandError as error:
        return told.getvalue() if error.returncode == 1 else f"status {error.returncode}"
    return told.getvalue()
