"""The database itself refuses to change or delete what is append-only.

Two things may be set later: the seal of an entry, once; and columns that a recorded take-down empties. Migrations remake
tables, on SQLite without their triggers, so they are taken off before one and put back after every `migrate`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from agencies.models.record import AppendOnly, Erasure, Record, RecordEntry

REFUSAL = "a record is appended, never edited and never deleted"


def append_only_models() -> list[type[AppendOnly]]:
    return [model for model in apps.get_models() if issubclass(model, AppendOnly)]


def install() -> None:
    """Puts every trigger in place, anew, on the tables that exist."""
    with transaction.atomic(), connection.cursor() as cursor:
        for name, table, sql in _triggers():
            _drop(cursor, name, table)
            cursor.execute(sql)


def drop() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for name, table, _sql in _triggers():
            _drop(cursor, name, table)


def missing() -> list[str]:
    """The tables that are not protected as they should be."""
    wanted = list(_triggers())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Disabled ones are as good as none: `D` is disabled, `R` fires on replicas only. So is one of that name on another
            # table, or one whose function was put in the place of ours.
            cursor.execute(
                "SELECT t.tgname, c.relname, p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
                "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')"
            )
        else:
            cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = set(cursor.fetchall())
    return sorted({table for name, table, sql in wanted if (name, table, _body(sql)) not in found})


def _body(sql: str) -> str:
    """What the database keeps of the statement: on PostgreSQL the text of the function."""
    return sql.split("$$")[1] if connection.vendor == "postgresql" else sql


def _triggers() -> Iterator[tuple[str, str, str]]:
    """The name, the table and the statement of each. PostgreSQL empties whole tables by TRUNCATE, too."""
    tables = set(connection.introspection.table_names())
    for model in append_only_models():
        table = model._meta.db_table
        if table not in tables:
            continue
        events = (
            ("DELETE", "UPDATE", "TRUNCATE") if connection.vendor == "postgresql" else ("DELETE", "UPDATE", "INSERT")
        )
        for event in events:
            name = f"{table}_no_{event.lower()}"
            yield name, table, _statement(model, name, event)


def _statement(model: type[AppendOnly], name: str, event: str) -> str:
    table = model._meta.db_table
    allowed = _allowed_update(model) if event == "UPDATE" else ""
    if connection.vendor != "postgresql":
        when = f"WHEN NOT ({allowed}) " if allowed else ""
        if event == "INSERT":
            # REPLACE puts a row in the place of another one, and SQLite asks no trigger that stands on DELETE.
            key = model._meta.pk.column
            when = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) "
        return f"CREATE TRIGGER {name} BEFORE {event} ON {table} {when}BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    # The condition of a PostgreSQL trigger may hold no subquery, so the function asks.
    test = f"IF {allowed} THEN RETURN NEW; END IF; " if allowed else ""
    level = "STATEMENT" if event == "TRUNCATE" else "ROW"
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {test}RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$; "
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {level} EXECUTE FUNCTION {name}()"
    )


def _allowed_update(model: type[AppendOnly]) -> str:
    """The condition under which a row may be changed; empty where it never may."""
    if model is RecordEntry:
        return f"OLD.head_id IS NULL AND {_unchanged(model, {'head'})}"
    if issubclass(model, Record) and model.ERASABLE:
        erased = (
            f"SELECT 1 FROM {Erasure._meta.db_table} e JOIN {RecordEntry._meta.db_table} r ON r.id = e.entry_id "
            f"WHERE r.kind = '{model.record_kind()}' AND r.record = OLD.id"
        )
        return f"EXISTS ({erased}) AND {_unchanged(model, {*model.ERASABLE, 'salts'})}"
    return ""


def _unchanged(model: type[AppendOnly], but: set[str]) -> str:
    same = "IS NOT DISTINCT FROM" if connection.vendor == "postgresql" else "IS"
    columns = [field.column for field in model._meta.concrete_fields if field.name not in but]
    return " AND ".join(f'NEW."{column}" {same} OLD."{column}"' for column in columns)


def _drop(cursor: Any, name: str, table: str) -> None:
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def take_off_for_migration(plan: list[Any], **_kwargs: Any) -> None:
    """Receives `pre_migrate`: a table that a trigger of another one names could not be remade."""
    if plan:
        drop()


def put_back_after_migration(**_kwargs: Any) -> None:
    """Receives `post_migrate`."""
    install()
