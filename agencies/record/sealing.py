"""Seals committed entries into trees, each with a signed head that commits to the head before."""

from __future__ import annotations

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.models.record import RecordEntry, RecordHead
from agencies.record.digests import FIRST, head_hash, tree_root
from agencies.record.signing import public_key, sign

MAX_LEAVES = 4096
"""Of one tree, so that a proof is quickly computed."""
SEAL_AFTER = datetime.timedelta(minutes=10)


def seal() -> list[RecordHead]:
    """Seals everything that is committed and unsealed; gives back the heads made. Several may run at once."""
    heads = []
    while head := _seal_some():
        heads.append(head)
    return heads


def seal_if_due() -> list[RecordHead]:
    """Seals unless that was done a moment ago."""
    last = RecordHead.objects.last()
    return [] if last and timezone.now() - last.sealed_at < SEAL_AFTER else seal()


def _seal_some() -> RecordHead | None:
    try:
        with transaction.atomic():
            # Held first, then read: who waited here sees the head that was made meanwhile.
            RecordHead.objects.select_for_update().order_by("number").last()
            last = RecordHead.objects.order_by("number").last()
            # By the mark and never by the highest key: keys are not committed in their order.
            unsealed = RecordEntry.objects.filter(head=None).order_by("pk").values_list("pk", "hash")
            entries = dict(unsealed[:MAX_LEAVES])
            if not entries:
                return None
            head = _head_after(last, list(entries.values()))
            head.save(force_insert=True)
            RecordEntry._base_manager.filter(pk__in=entries).update(head=head)
            return head
    except IntegrityError:
        # Another one made the first head at the same moment.
        return None


def _head_after(last: RecordHead | None, leaves: list[str]) -> RecordHead:
    head = RecordHead(
        number=last.number + 1 if last else 1,
        previous=last.hash if last else FIRST,
        root=tree_root(leaves),
        size=len(leaves),
        sealed_at=timezone.now(),
        public_key=public_key(),
    )
    head.hash = head_hash(head.number, head.previous, head.root, head.size, head.sealed_at, head.public_key)
    head.signature = sign(head.hash)
    return head
