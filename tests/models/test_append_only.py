"""Records are appended and stay as they are, whichever way somebody tries to change them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import CharField

from agencies.models import (
    AccountAct,
    AccountRecord,
    AccountsStay,
    Agency,
    AppendOnly,
    CountingRecord,
    Erasure,
    RecordEntry,
    RecordHead,
    User,
    erase,
)
from agencies.record import triggers
from agencies.record.sealing import seal
from reports import lifecycle
from reports.models import Change, DeadlineAct, DeadlineChange, TakeDown, TakeDownKind

YEAR = 2023

RECORDS: list[Any] = [
    AccountRecord,
    CountingRecord,
    Change,
    DeadlineChange,
    Erasure,
    RecordEntry,
    RecordHead,
    TakeDown,
]


@pytest.fixture
def records(township: Agency, clerk: User) -> dict[Any, Any]:
    """One of each kind."""
    version = lifecycle.start_draft(township, YEAR, clerk)
    change = version.changes.get()
    account = AccountRecord.objects.create(act=AccountAct.ISSUED, user=clerk, username=clerk.username, made_by=clerk)
    deadline = DeadlineChange.objects.create(act=DeadlineAct.ASKED, year=YEAR, agency=township, made_by=clerk)
    counting = CountingRecord.objects.create(agency=township, since="2023-01-01", made_by=clerk)
    takedown = TakeDown.objects.create(
        report=version.report, kind=TakeDownKind.REDACTED, reason="误写", office="示例县人民政府", made_by=clerk
    )
    erasure = erase(account, ["comment"], clerk, "误写")
    seal()
    return {
        AccountRecord: account,
        CountingRecord: counting,
        Change: change,
        DeadlineChange: deadline,
        Erasure: erasure,
        RecordEntry: RecordEntry.objects.first(),
        RecordHead: RecordHead.objects.get(),
        TakeDown: takedown,
    }


def test_these_and_no_others_are_records() -> None:
    assert {model for model in apps.get_models() if issubclass(model, AppendOnly)} == set(RECORDS)


WAYS: dict[str, Callable[[Any], object]] = {
    "saving it": lambda record: record.save(),
    "saving one field of it": lambda record: record.save(update_fields=[some_field(record)]),
    "deleting it": lambda record: record.delete(),
    "updating many": lambda record: type(record).objects.update(**{some_field(record): None}),
    "updating a list": lambda record: type(record).objects.bulk_update([record], [some_field(record)]),
    "deleting many": lambda record: type(record).objects.filter(pk=record.pk).delete(),
    "getting or changing": lambda record: type(record).objects.update_or_create(
        pk=record.pk, defaults={some_field(record): None}
    ),
}


def some_field(record: Any) -> str:
    return "hash" if isinstance(record, RecordEntry | RecordHead) else "made_at"


@pytest.mark.parametrize("model", RECORDS)
@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_to_another_record(records: dict[Any, Any], model: Any, way: str) -> None:
    before = list(model.objects.values())
    with pytest.raises(TypeError, match="appended"):
        WAYS[way](records[model])
    assert list(model.objects.values()) == before


@pytest.mark.parametrize("model", RECORDS)
def test_the_database_refuses_what_goes_round_the_models(records: dict[Any, Any], model: Any) -> None:
    table, before = model._meta.db_table, list(model.objects.values())
    taken_down = {"comment"} if model is AccountRecord else set()
    columns = [
        field.column
        for field in model._meta.concrete_fields
        if isinstance(field, CharField) and field.column not in taken_down
    ]
    assert columns
    statements = [f"DELETE FROM {table}", *(f"UPDATE {table} SET {column} = 'x'" for column in columns)]
    if connection.vendor == "postgresql":
        statements.append(f"TRUNCATE {table} CASCADE")
    # PostgreSQL truncates no table whose deferred constraints are still to be checked.
    connection.check_constraints()
    for statement in statements:
        with pytest.raises(IntegrityError, match="appended"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert list(model.objects.values()) == before


def test_those_of_a_version_neither(records: dict[Any, Any]) -> None:
    change = records[Change]
    with pytest.raises(TypeError):
        change.version.changes.update(comment="别的")
    with pytest.raises(TypeError):
        change.version.changes.all().delete()


def test_accounts_are_closed_and_not_deleted(records: dict[Any, Any], clerk: User) -> None:
    for delete in (clerk.delete, User.objects.filter(pk=clerk.pk).delete, User.objects.all().delete):
        with pytest.raises(AccountsStay, match="只能停用"):
            delete()
    assert User.objects.filter(pk=clerk.pk).exists()


def test_they_name_who_acted_as_he_was_called_then(records: dict[Any, Any], clerk: User) -> None:
    clerk.username, clerk.last_name, clerk.first_name = "somebody", "别", "人"
    clerk.save()
    for model in (AccountRecord, Change, DeadlineChange, Erasure):
        stored = model.objects.get(pk=records[model].pk)
        assert (stored.made_by, stored.made_by_username, stored.made_by_label) == (clerk, "clerk", "clerk")


@pytest.mark.postgresql
def test_a_trigger_whose_function_was_replaced_is_missed(records: dict[Any, Any]) -> None:
    name = f"{Change._meta.db_table}_no_update"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
        )
    assert triggers.missing() == [Change._meta.db_table]
    triggers.install()
    assert triggers.missing() == []


def test_triggers_come_back_after_every_migrate_and_are_missed_without(records: dict[Any, Any]) -> None:
    assert triggers.missing() == []
    triggers.drop()
    assert triggers.missing() == sorted(model._meta.db_table for model in RECORDS)
    triggers.put_back_after_migration()
    assert triggers.missing() == []


@pytest.mark.django_db
@pytest.mark.parametrize("model", RECORDS)
def test_no_row_is_put_in_the_place_of_a_record(model: Any, records: dict[Any, Any]) -> None:
    """SQLite's REPLACE deletes without asking the trigger that stands on DELETE; PostgreSQL refuses the second key."""
    table, key = model._meta.db_table, model._meta.pk.column
    columns = ", ".join(field.column for field in model._meta.concrete_fields)
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    statement = f"{verb} INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE {key} = %s"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [records[model].pk])
