"""The index of the published texts: an FTS5 table without content on SQLite, a tsvector with a GIN index on PostgreSQL.

It is no model, since the two have nothing in common but their columns' purpose; it holds nothing that the versions do
not, and `rebuild` makes it anew. What was public once is never taken out: a search is narrowed to what is public now,
and SQLite could take words out only by being told them again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.expressions import RawSQL

from reports.catalogue.words import Phrase, words
from reports.models import State, Version
from reports.standard import NARRATIVE_PARTS

TABLE = "reports_fulltext"
CHUNK_SIZE = 500

# How many texts are done, of how many.
Progress = Callable[[int, int], None]

# The ascii tokenizer leaves every character beyond ASCII as it is; the words are cut already.
_CREATE = {
    "sqlite": ["CREATE VIRTUAL TABLE {table} USING fts5(words, content='', tokenize='ascii')"],
    "postgresql": [
        "CREATE TABLE {table} (version_id bigint PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX ON {table} USING gin (words)",
    ],
}
_INSERT = {
    "sqlite": "INSERT INTO {table} (rowid, words) VALUES (%s, %s)",
    "postgresql": "INSERT INTO {table} (version_id, words) VALUES (%s, %s::tsvector)"
    " ON CONFLICT (version_id) DO UPDATE SET words = excluded.words",
}
_FIND = {
    "sqlite": f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s",
    "postgresql": f"SELECT version_id FROM {TABLE} WHERE words @@ %s::tsquery",
}


def create(database: BaseDatabaseWrapper, table: str = TABLE) -> None:
    """Makes an empty index."""
    with database.cursor() as cursor:
        for statement in _CREATE[database.vendor]:
            cursor.execute(statement.format(table=table))


def index_version(version: Version) -> None:
    """Takes a version that becomes public into the index; to be called in the transaction that makes it so."""
    _insert(TABLE, [version])


def words_of(version: Version) -> str:
    """The words of a version as they are stored."""
    return _stored(words("\n".join(version.narrative.values())))


def holds(version: Version) -> bool:
    """Whether the version was taken into the index."""
    column, table = ("id", f"{TABLE}_docsize") if connection.vendor == "sqlite" else ("version_id", TABLE)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} WHERE {column} = %s", [version.pk])
        return cursor.fetchone() is not None


def replace(version: Version, before: str) -> None:
    """Puts the words of a version that was changed in the place of those under which it is kept, `before`, if it is."""
    if not holds(version):
        return
    if connection.vendor == "sqlite":
        # A table without content has to be told what it is to forget.
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {TABLE} ({TABLE}, rowid, words) VALUES ('delete', %s, %s)", [version.pk, before]
            )
    _insert(TABLE, [version])


def versions_matching(texts: Sequence[Phrase], version: str = "published") -> Q:
    """The condition that the text of a version holds all phrases. `version` is the way to it from the filtered model."""
    if not texts:
        return Q(pk__in=[])
    # Tables of Django know nothing of an index of words; the subquery is the narrow bridge between them.
    matches = RawSQL(_FIND[connection.vendor], [_query(texts)])
    return Q(**{f"{version}__in": matches})


def rebuild(progress: Progress = lambda done, total: None) -> int:
    """Makes the index anew beside the old one, which serves until it is replaced; gives back how many texts it holds.

    Publishing goes on meanwhile: what it adds is taken over while it waits for the exchange.
    """
    beside = f"{TABLE}_new"
    _drop(beside)
    create(connection, beside)
    public = Version.objects.filter(state=State.PUBLISHED).only("pk", *NARRATIVE_PARTS).order_by("pk")
    pks = list(public.values_list("pk", flat=True))
    for start in range(0, len(pks), CHUNK_SIZE):
        chunk = pks[start : start + CHUNK_SIZE]
        _insert(beside, public.filter(pk__in=chunk))
        progress(start + len(chunk), len(pks))
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {TABLE} IN EXCLUSIVE MODE")
        done = set(pks)
        late = [pk for pk in public.values_list("pk", flat=True) if pk not in done]
        _insert(beside, public.filter(pk__in=late))
        _drop(TABLE)
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {beside} RENAME TO {TABLE}")
    return len(pks) + len(late)


def _drop(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {table}")


def _insert(table: str, versions: Iterable[Version]) -> None:
    rows = [(version.pk, words_of(version)) for version in versions]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_INSERT[connection.vendor].format(table=table), rows)


def _stored(found: Iterable[str]) -> str:
    if connection.vendor == "sqlite":
        return " ".join(found)
    return " ".join(f"'{word}':{place}" for place, word in enumerate(found, start=1))


def _query(texts: Sequence[Phrase]) -> str:
    """The phrases in the language of the database. Words hold letters, digits and characters only: nothing to escape."""
    if connection.vendor == "sqlite":
        return " ".join(f'"{" ".join(phrase.words)}"' + "*" * phrase.open_ended for phrase in texts)
    return " & ".join(
        "(" + " <-> ".join(f"'{word}'" for word in phrase.words) + ":*" * phrase.open_ended + ")" for phrase in texts
    )
