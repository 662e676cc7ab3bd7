"""The proof of one chain, and the heads, as published: JSON that needs nothing of this site to be checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from agencies.models.record import RecordEntry, RecordHead
from agencies.record.digests import in_utc, tree_path

FORMAT = "nianbao-record-1"


def head_as_json(head: RecordHead) -> dict[str, Any]:
    return {
        "number": head.number,
        "previous": head.previous,
        "root": head.root,
        "size": head.size,
        "sealed_at": in_utc(head.sealed_at),
        "public_key": head.public_key,
        "hash": head.hash,
        "signature": head.signature,
    }


def proof_of(chain: str, until: int, openings: Mapping[int, Mapping[str, str]]) -> dict[str, Any]:
    """The entries of a chain up to a position, each with its path into the tree of its head, and those heads.

    `openings` are, by position, the salts of the parts that everybody may see; the rest stays digests. An entry that is not
    sealed yet has no head.
    """
    entries = list(RecordEntry.objects.filter(chain=chain, position__lte=until).order_by("position"))
    heads = RecordHead.objects.in_bulk({entry.head_id for entry in entries if entry.head_id})
    leaves: dict[int, list[tuple[int, str]]] = defaultdict(list)
    sealed = RecordEntry.objects.filter(head__in=heads).order_by("pk")
    for head, key, hashed in sealed.values_list("head_id", "pk", "hash"):
        leaves[head].append((key, hashed))
    return {
        "format": FORMAT,
        "chain": chain,
        "entries": [
            {
                "position": entry.position,
                "previous": entry.previous,
                "kind": entry.kind,
                "digests": entry.digests,
                "hash": entry.hash,
                "head": entry.head_id,
                "path": _path(leaves[entry.head_id], entry.pk) if entry.head_id else [],
                "salts": dict(openings.get(entry.position, {})),
            }
            for entry in entries
        ],
        "heads": [head_as_json(heads[number]) for number in sorted(heads)],
    }


def _path(leaves: list[tuple[int, str]], key: int) -> list[list[str]]:
    return tree_path([hashed for _key, hashed in leaves], [each for each, _hashed in leaves].index(key))
