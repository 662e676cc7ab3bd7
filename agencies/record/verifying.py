"""Goes through the whole record and tells what is not as it was written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from agencies.models.record import Erasure, Record, RecordEntry, RecordHead
from agencies.record.digests import FIRST, digest, entry_hash, head_hash, tree_root
from agencies.record.signing import is_signed

BATCH_SIZE = 1000

Erased = Mapping[int, set[str]]
"""The parts that were taken down, by the key of their entry."""


def faults(kept: Mapping[int, str] | None = None) -> Iterator[str]:
    """One sentence for each. `kept` are hashes of heads that somebody outside wrote down, by their numbers."""
    erased: dict[int, set[str]] = defaultdict(set)
    for key, parts in Erasure.objects.values_list("entry_id", "parts_erased"):
        erased[key].update(parts)
    yield from _chains(erased)
    yield from _without_entry()
    yield from _heads(kept or {})


def _record_models() -> dict[str, type[Record]]:
    return {model.record_kind(): model for model in apps.get_models() if issubclass(model, Record)}


def _chains(erased: Erased) -> Iterator[str]:
    entries = RecordEntry.objects.order_by("chain", "position").iterator(BATCH_SIZE)
    chain, position, previous = "", 0, FIRST
    while some := list(islice(entries, BATCH_SIZE)):
        records = _records_of(some)
        for entry in some:
            if entry.chain != chain:
                chain, position, previous = entry.chain, 0, FIRST
            where = {"chain": entry.chain, "position": entry.position}
            if entry.position != position + 1:
                yield _("%(chain)s：第 %(position)d 条之前缺了条目。") % where
            elif entry.previous != previous:
                yield _("%(chain)s：第 %(position)d 条接不上前一条。") % where
            hashed = entry_hash(entry.chain, entry.position, entry.previous, entry.kind, entry.digests)
            if entry.hash != hashed:
                yield _("%(chain)s：第 %(position)d 条与自己的校验值不符。") % where
            position, previous = entry.position, entry.hash
            record = records.get((entry.kind, entry.record))
            if record is None:
                yield _("%(chain)s：第 %(position)d 条所记的内容不见了。") % where
            else:
                for part in _changed_parts(entry, record, erased.get(entry.pk, set())):
                    yield _("%(chain)s：第 %(position)d 条的内容被改过：%(part)s。") % (where | {"part": part})


def _records_of(entries: list[RecordEntry]) -> dict[tuple[str, int], Record]:
    keys: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        keys[entry.kind].append(entry.record)
    models = _record_models()
    return {
        (kind, key): record
        for kind, wanted in keys.items()
        if kind in models
        for key, record in models[kind].objects.with_parts().in_bulk(wanted).items()
    }


def _changed_parts(entry: RecordEntry, record: Record, erased: set[str]) -> Iterator[str]:
    if record.chain != entry.chain:
        yield "chain"
    try:
        parts: dict[str, Any] = record.parts()
    except ObjectDoesNotExist:
        parts = {}
    for name, committed in entry.digests.items():
        salt = record.salts.get(name)
        if name in erased:
            # Taken down, and nothing else put in its place.
            if salt is not None or (name in record.ERASABLE and parts[name]):
                yield name
        elif salt is None or name not in parts or digest(name, parts[name], salt) != committed:
            yield name


def _without_entry() -> Iterator[str]:
    for kind, model in _record_models().items():
        entry = RecordEntry.objects.filter(kind=kind, record=OuterRef("pk"))
        for key in model.objects.filter(~Exists(entry)).values_list("pk", flat=True):
            yield _("%(kind)s %(key)d 不在任何一条链上。") % {"kind": model._meta.verbose_name, "key": key}


def _heads(kept: Mapping[int, str]) -> Iterator[str]:
    number, previous, found = 0, FIRST, {}
    for head in RecordHead.objects.order_by("number").iterator(BATCH_SIZE):
        where = {"number": head.number}
        found[head.number] = head.hash if head.number in kept else ""
        if head.number != number + 1:
            yield _("第 %(number)d 号存证之前缺了存证。") % where
        elif head.previous != previous:
            yield _("第 %(number)d 号存证接不上前一号。") % where
        hashed = head_hash(head.number, head.previous, head.root, head.size, head.sealed_at, head.public_key)
        if head.hash != hashed:
            yield _("第 %(number)d 号存证与自己的校验值不符。") % where
        if not is_signed(head.hash, head.signature, head.public_key):
            yield _("第 %(number)d 号存证的签名不对。") % where
        leaves = list(head.entries.order_by("pk").values_list("hash", flat=True))
        if len(leaves) != head.size or tree_root(leaves) != head.root:
            yield _("第 %(number)d 号存证所封的条目少了、多了或被改过。") % where
        number, previous = head.number, head.hash
    for number, hashed in kept.items():
        if found.get(number) != hashed:
            yield _("第 %(number)d 号存证与外面留存的不同：此前的记录被整个改写过。") % {"number": number}
