"""A check of the database itself: one that no migration leads on from is told so in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

BEFORE_THE_FIRST_RELEASE = ("reports", "0002_sent_to_reviewer")
"""A migration that every database of the development versions went through, and that the released ones do not have."""

# In both languages at once: commands speak the language of the source, and who reads this may know only the other.
WHAT_TO_DO = """\
这个数据库是首次发布以前的开发版本建立的，不能接着用。\
请把 var/ 目录移到别处（或运行 make clean，本地数据会一并删除），再运行 make run；用 PostgreSQL 的，请改用一个空的数据库。
This database was made by a development version, before the first release, and cannot be used any further. \
Move the folder var/ away (or run make clean, which deletes the local data as well), then run make run; \
with PostgreSQL, use an empty database."""


@register(Tags.database)
def database_can_be_migrated(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Asked by `migrate` before it does anything, and by `check --database default`."""
    return [
        Error(WHAT_TO_DO, id="nianbao.E001")
        for alias in databases or ()
        if BEFORE_THE_FIRST_RELEASE in MigrationRecorder(connections[alias]).applied_migrations()
    ]
