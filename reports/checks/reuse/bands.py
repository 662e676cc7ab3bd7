"""Texts that may be alike, found without comparing all pairs: one-permutation min-hashing and banding.

Each shingle falls into one of `BINS` bins by its hash; the smallest hash of each bin is kept (Li, Owen, Zhang 2012), an
empty bin borrows its neighbour's (Shrivastava, Li 2014). `BANDS` bands of `ROWS` of them are hashed: two texts that share a
band are candidates. Of pairs with a likeness of 0.8 this finds 99 in 100, of 0.9 all, of 0.3 one in 90 and of 0.2 one in 900.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable, Mapping

BANDS = 16
ROWS = 6
BINS = BANDS * ROWS

_MIX = 0x9E3779B1
"""CRC-32 is linear; an odd factor near the golden ratio spreads what it leaves close together (Knuth)."""
_BORROWED = 0x10001


def bands_of(shingles: Iterable[str]) -> tuple[int, ...]:
    """`BANDS` numbers that fit a 64-bit column, the same on every machine; none for no shingles."""
    least: list[int | None] = [None] * BINS
    for shingle in shingles:
        value = zlib.crc32(shingle.encode()) * _MIX & 0xFFFFFFFF
        value, place = divmod(value ^ value >> 15, BINS)
        if (known := least[place]) is None or value < known:
            least[place] = value
    if all(value is None for value in least):
        return ()
    full = _filled(least)
    return tuple(_hashed(band, full[band * ROWS : (band + 1) * ROWS]) for band in range(BANDS))


def _filled(least: list[int | None]) -> list[int]:
    """Every empty bin with what the next one to its right holds, told from its own by the distance."""
    full = []
    for place in range(BINS):
        distance = 0
        while (value := least[(place + distance) % BINS]) is None:
            distance += 1
        full.append(value + distance * _BORROWED)
    return full


def _hashed(band: int, values: list[int]) -> int:
    packed = struct.pack(f">B{ROWS}Q", band, *values)
    return int.from_bytes(hashlib.blake2b(packed, digest_size=8).digest(), signed=True)


def candidates(mine: Iterable[int], holders: Mapping[int, Iterable[int]]) -> list[int]:
    """Who shares a band with a text, those that share most first; `holders` tells by band who has it."""
    shared: dict[int, int] = {}
    for band in mine:
        for holder in holders.get(band, ()):
            shared[holder] = shared.get(holder, 0) + 1
    return sorted(shared, key=lambda holder: (-shared[holder], holder))
