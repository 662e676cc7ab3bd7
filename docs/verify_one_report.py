#!/usr/bin/env python3
"""Checks one report against the record of the site that published it, without trusting that site.

    python3 verify_one_report.py REPORT.json PROOF.json --kept DAY.json [--kept DAY.json ...]
    python3 verify_one_report.py REPORT.json PROOF.json --kept DAY.json --between DAY.json ...
    python3 verify_one_report.py REPORT.json PROOF.json --head NUMBER:HASH [--between DAY.json ...]

REPORT.json  /reports/<agency>/<year>/download/json/
PROOF.json   /record/proof/<agency>/<year>/
DAY.json     /record/<date>.json   `--kept`: your own copy, kept where the site cannot change it;
                                   `--between`: fetched today, to lead from a head that you kept to an earlier one

Needs Python 3.11 and nothing else; with the package `cryptography` signatures are checked, too. Exit status: 0 the report is
the one that was recorded; 1 something was changed; 2 it cannot be told (not sealed yet, or no kept head covers it).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

FIRST = "0" * 64
PUBLISHED = "published."
NEVER_ERASED = ("figures", "edition")
"""A take-down takes words out and leaves the figures as they are."""
TAKE_DOWN = "reports.takedown"
IDENTITY = ("agency", "agency_code", "year", "takedowns")
"""What says which report it is; the name of the agency is the register's, its code and the year are those of the chain."""
TOLD = ("kind", "reason", "office", "made_at")


class Changed(Exception):
    """Something is not as it was recorded."""


class Unknown(Exception):
    """What is at hand does not suffice to tell."""


def canonical(value: Any) -> bytes:
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        return int(value) if whole else {"number": f"{value.normalize():f}"}
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value


def hash_of(value: Any) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()


def check_chain(proof: dict[str, Any]) -> None:
    """Every entry fits its own hash and the entry before."""
    previous = FIRST
    for position, entry in enumerate(proof["entries"], start=1):
        named = {name: entry[name] for name in ("position", "previous", "kind", "digests")}
        if entry["position"] != position or entry["previous"] != previous:
            raise Changed(f"entry {position} of the chain is missing or does not follow the one before")
        if hash_of({"chain": proof["chain"]} | named) != entry["hash"]:
            raise Changed(f"entry {position} of the chain does not fit its hash")
        previous = entry["hash"]


def check_content(report: dict[str, Any], proof: dict[str, Any]) -> Any:
    """The report is, part by part, what a publication committed to; gives back that entry."""
    if not isinstance(report.get("narrative"), dict):
        raise Changed("the report holds no texts")
    if proof["chain"] != f"report:{report['agency_code']}/{report['year']}":
        raise Changed("the proof belongs to another report")
    publications = [entry for entry in proof["entries"] if any(key.startswith(PUBLISHED) for key in entry["digests"])]
    if not publications:
        raise Unknown("the proof holds no publication")
    takedowns = check_takedowns(report, proof)
    differences = []
    for entry in reversed(publications):
        differing, erased = compare(report, entry)
        differences.append(differing)
        if not differing:
            if entry is not publications[-1]:
                print("note: this is an earlier version; it was corrected later")
            if erased and not any(each["position"] > entry["position"] for each in takedowns):
                raise Changed(f"withheld although no take-down is recorded: {', '.join(erased)}")
            for name in erased:
                print(f"note: taken down, cannot be compared: {name}")
            print(
                f"note: the proof ends with entry {len(proof['entries'])}; it cannot tell of what it leaves out after that"
            )
            return entry
    fewest = sorted(differences, key=len)[0]
    raise Changed(f"the report is not the one that was recorded; it differs in: {', '.join(fewest)}")


def check_takedowns(report: dict[str, Any], proof: dict[str, Any]) -> list[dict[str, Any]]:
    """The report tells of every take-down as it was recorded; gives back their entries."""
    entries = [entry for entry in proof["entries"] if entry["kind"] == TAKE_DOWN]
    told = report.get("takedowns", [])
    if len(told) != len(entries):
        raise Changed(f"{len(entries)} take-downs are recorded, the report tells of {len(told)}")
    for act, entry in zip(told, entries, strict=True):
        for name in TOLD:
            salt = entry["salts"].get(name)
            if salt and hash_of({"name": name, "salt": salt, "value": act.get(name)}) != entry["digests"][name]:
                raise Changed(f"the take-down of entry {entry['position']} was recorded with another {name}")
        print(f"note: {act['kind']} on {act['made_at'][:10]} by {act['office']}: {act['reason']}")
    return entries


def compare(report: dict[str, Any], entry: dict[str, Any]) -> tuple[list[str], list[str]]:
    differing, erased = [], []
    for key, committed in entry["digests"].items():
        if not key.startswith(PUBLISHED):
            continue
        name = key.removeprefix(PUBLISHED)
        part, _dot, inner = name.partition(".")
        value = report.get(part, {}).get(inner) if inner else report.get(part)
        salt = entry["salts"].get(key)
        if salt is None and name not in NEVER_ERASED:
            erased.append(name)
        elif salt is None or hash_of({"name": key, "salt": salt, "value": value}) != committed:
            differing.append(name)
    return differing + sorted(added(report, entry)), erased


def added(report: dict[str, Any], entry: dict[str, Any]) -> set[str]:
    """What the report says and the entry never committed to."""
    committed = {key.removeprefix(PUBLISHED) for key in entry["digests"]}
    said = {f"narrative.{part}" for part, text in report.get("narrative", {}).items() if text}
    return (said | (report.keys() - {"narrative", *IDENTITY})) - committed


def check_tree(entry: dict[str, Any], heads: dict[int, dict[str, Any]]) -> None:
    """The entry is a leaf of the tree of its head."""
    node = hashlib.sha256(b"\x00" + bytes.fromhex(entry["hash"])).digest()
    for side, beside in entry["path"]:
        other = bytes.fromhex(beside)
        node = hashlib.sha256(b"\x01" + (node + other if side == "right" else other + node)).digest()
    head = heads.get(entry["head"])
    if head is None or node.hex() != head["root"]:
        raise Changed(f"entry {entry['position']} is not in the tree of head {entry['head']}")


def check_head(head: dict[str, Any]) -> None:
    named = ("number", "previous", "root", "size", "sealed_at", "public_key")
    if hash_of({name: head[name] for name in named}) != head["hash"]:
        raise Changed(f"head {head['number']} does not fit its hash")
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(head["public_key"]))
    try:
        key.verify(bytes.fromhex(head["signature"]), bytes.fromhex(head["hash"]))
    except InvalidSignature:
        raise Changed(f"the signature of head {head['number']} is wrong") from None


def known_heads(kept: list[dict[str, Any]], head: str, between: list[dict[str, Any]]) -> dict[int, str]:
    """The hashes that what was kept vouches for: its own heads and, from each, those before it."""
    sure: dict[int, str] = {each["number"]: each["hash"] for day in kept for each in day["heads"]}
    if head:
        written, _colon, hashed = head.partition(":")
        sure[int(written)] = hashed
    links: dict[int, dict[str, Any]] = {each["number"]: each for day in [*between, *kept] for each in day["heads"]}
    for number in range(max(sure, default=0), 0, -1):
        each = links.get(number)
        if number not in sure or each is None:
            continue
        check_head(each)
        if each["hash"] != sure[number]:
            raise Changed(f"head {number} is another one than you kept: the record was rewritten")
        if number > 1 and sure.setdefault(number - 1, each["previous"]) != each["previous"]:
            raise Changed(f"head {number} does not follow head {number - 1} as you kept it")
    return sure


def check(report: dict[str, Any], proof: dict[str, Any], sure: dict[int, str]) -> str:
    check_chain(proof)
    heads = {head["number"]: head for head in proof["heads"]}
    for head in heads.values():
        check_head(head)
        if sure.get(head["number"], head["hash"]) != head["hash"]:
            raise Changed(f"head {head['number']} is another one than you kept: the record was rewritten")
    published = check_content(report, proof)
    for entry in proof["entries"][: published["position"]]:
        if entry["head"] is None:
            raise Unknown("the publication is not sealed yet; fetch the proof again in a quarter of an hour")
        check_tree(entry, heads)
        if entry["head"] not in sure:
            raise Unknown(
                f"no head that you kept covers head {entry['head']}; give the days from there to yours by --between"
            )
    return f"unchanged: recorded in entry {published['position']} of its chain, sealed in head {published['head']}"


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", type=Path)
    parser.add_argument("proof", type=Path)
    parser.add_argument("--kept", type=Path, action="append", default=[])
    parser.add_argument("--between", type=Path, action="append", default=[])
    parser.add_argument("--head", default="")
    asked = parser.parse_args()
    try:
        sure = known_heads([read(each) for each in asked.kept], asked.head, [read(each) for each in asked.between])
        print(check(read(asked.report), read(asked.proof), sure))
    except Changed as why:
        print(f"CHANGED: {why}", file=sys.stderr)
        return 1
    except Unknown as why:
        print(f"cannot be told: {why}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
