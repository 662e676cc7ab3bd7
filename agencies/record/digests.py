"""What is hashed and how: salted digests of contents, entries, trees and heads. Pure.

Everything hashed is written one way only (`canonical`). `docs/verify_one_report.py` computes the same for outsiders, who
need not trust this file. All hashes are SHA-256 in hexadecimal digits.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

FIRST = "0" * 64
"""What stands for the hash before the first entry of a chain and before the first head."""


def canonical(value: Any) -> bytes:
    """JSON without choices: sorted keys, no spaces, a number that is no integer by its digits, moments in UTC."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, float | Decimal):
        exact = Decimal(str(value))
        return int(exact) if exact == exact.to_integral_value() else {"number": f"{exact.normalize():f}"}
    if isinstance(value, datetime.datetime):
        return in_utc(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def in_utc(moment: datetime.datetime) -> str:
    return moment.astimezone(datetime.UTC).isoformat(timespec="microseconds")


def new_salt() -> str:
    return secrets.token_hex(16)


def digest(name: str, value: Any, salt: str) -> str:
    """Commits to one part of a content. Without the salt nobody can try out what the content was."""
    return _hash({"name": name, "salt": salt, "value": value})


def entry_hash(chain: str, position: int, previous: str, kind: str, digests: Mapping[str, str]) -> str:
    entry = {"chain": chain, "position": position, "previous": previous, "kind": kind, "digests": digests}
    return _hash(entry)


def head_hash(
    number: int, previous: str, root: str, size: int, sealed_at: datetime.datetime | str, public_key: str
) -> str:
    head = {"number": number, "previous": previous, "root": root, "size": size, "sealed_at": sealed_at}
    return _hash(head | {"public_key": public_key})


def tree_root(leaves: Sequence[str]) -> str:
    """The root of the Merkle tree over these hashes, of which there is at least one."""
    level = [_leaf(each) for each in leaves]
    while len(level) > 1:
        level = _level_above(level)
    return level[0]


def tree_path(leaves: Sequence[str], index: int) -> list[list[str]]:
    """What leads from one leaf to the root: on which side ("left" or "right") to put which hash."""
    path, level = [], [_leaf(each) for each in leaves]
    while len(level) > 1:
        beside = index ^ 1
        if beside < len(level):
            path.append(["right" if beside > index else "left", level[beside]])
        level, index = _level_above(level), index // 2
    return path


def _level_above(level: list[str]) -> list[str]:
    pairs = [_node(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
    return pairs + level[-1:] if len(level) % 2 else pairs


# Different beginnings, so that no inner node can be passed off as a leaf.
def _leaf(entry: str) -> str:
    return hashlib.sha256(b"\x00" + bytes.fromhex(entry)).hexdigest()


def _node(left: str, right: str) -> str:
    return hashlib.sha256(b"\x01" + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


def _hash(value: Any) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()
