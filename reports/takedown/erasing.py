"""What a take-down erases outside of its transaction: files at once, what takes longer by a worker.

Deleted content stays in the files of a database until it is overwritten. On SQLite the index is made anew, VACUUM writes the
whole file anew and the log is cut off; on PostgreSQL VACUUM gives the space of dead rows free (`docs/security.md`).
"""

from __future__ import annotations

import datetime
import logging

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.models import Q
from django.utils import timezone

from reports.catalogue import text_index
from reports.exporting.yearly import remove_year, replace_year
from reports.models import PendingErasure

logger = logging.getLogger(__name__)

LEASE = datetime.timedelta(minutes=30)
"""So long nobody else takes up what somebody is at; after that its process counts as dead."""


def erase_at_once(pk: int) -> None:
    """The files, and the yearly files that hold the report, until a worker has made them anew."""
    pending = PendingErasure.objects.select_related("takedown__report").filter(pk=pk).first()
    if pending:
        _erase_files(pending)
        remove_year(settings.DATA_ROOT, pending.takedown.report.year)


def erase_pending() -> int:
    """Finishes everything that is still to be erased, and says how many take-downs that were."""
    now = timezone.now()
    # A claim that reaches further than any does was made before the clock was set back.
    overdue = Q(claimed_until__lt=now) | Q(claimed_until__gt=now + LEASE)
    free = PendingErasure.objects.filter(Q(claimed_until=None) | overdue)
    mine = [pk for pk in free.values_list("pk", flat=True) if free.filter(pk=pk).update(claimed_until=now + LEASE)]
    waiting = list(PendingErasure.objects.select_related("takedown__report").filter(pk__in=mine))
    if not waiting:
        return 0
    try:
        for pending in waiting:
            _erase_files(pending)
        for year in sorted({pending.takedown.report.year for pending in waiting}):
            replace_year(settings.DATA_ROOT, year)
        if connection.vendor == "sqlite":
            text_index.rebuild()
        vacuum()
    except (DatabaseError, OSError):
        logger.exception("What was taken down is not erased everywhere yet; it is tried again")
        PendingErasure.objects.filter(pk__in=mine).update(claimed_until=None)
        return 0
    return PendingErasure.objects.filter(pk__in=mine).delete()[0]


def _erase_files(pending: PendingErasure) -> None:
    for name in pending.files:
        default_storage.delete(name)
    # Their names were checksums, with which one could try out what stood in them.
    PendingErasure.objects.filter(pk=pending.pk).update(files=[])


def vacuum() -> None:
    """Has nothing of deleted rows left in the files of the database. Raises DatabaseError within a transaction, and where somebody
    reads what is no more for so long that it cannot be done now."""
    if connection.in_atomic_block:
        # PostgreSQL would give the whole transaction up.
        raise DatabaseError("VACUUM cannot run within a transaction")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            models = [model for app in ("reports", "agencies") for model in apps.get_app_config(app).get_models()]
            for table in (*(model._meta.db_table for model in models), text_index.TABLE):
                cursor.execute(f'VACUUM "{table}"')
            return
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, _frames, _checkpointed = cursor.fetchone()
    if busy:
        raise DatabaseError("the write-ahead log could not be cut off")
