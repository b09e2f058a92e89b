# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Finds texts that are nearly the same: MinHash over pieces of five characters.

A signature is 128 bytes, and its bands are 128 more, so that 100,000 texts take 26 MB.
"Nearly the same" means that four in five of the pieces of both texts are in both.
"""

import random
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from odoo.addons.gpt_core.engine.text.folding import fold

#: The share of pieces that near-copies have in common.
NEAR = 0.8
_PIECE = 5
_HASHES = 128
_BANDS = 32
_ROWS = _HASHES // _BANDS
# So many pieces are hashed at a time: a long text takes no more memory than a short.
_CHUNK = 1024
# Texts of more characters are compared by their beginning.
_MAX_CHARS = 20_000
# Larger sets of candidates are compared with their first ones only.
_MAX_PAIRWISE = 4000

Words = NDArray[np.uint64]
Bytes = NDArray[np.uint8]

_random = random.Random("near copies")
_FACTORS = np.array(
    [_random.getrandbits(64) | 1 for _ in range(_HASHES)], dtype=np.uint64
)[:, None]
_TERMS = np.array([_random.getrandbits(64) for _ in range(_HASHES)], dtype=np.uint64)[
    :, None
]
_MIX = np.uint64(0xFF51AFD7ED558CCD)
_BASE = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)
_SHIFT = np.uint64(33)


def signature(text: str) -> tuple[bytes, bytes]:
    """Return the signature of a text, and its bands, as bytes."""
    least = np.full(_HASHES, np.iinfo(np.uint64).max, dtype=np.uint64)
    pieces = _pieces(fold(text[:_MAX_CHARS]).text.strip())
    for start in range(0, len(pieces), _CHUNK):
        hashed = (pieces[None, start : start + _CHUNK] * _FACTORS + _TERMS) >> _HALF
        least = np.minimum(least, hashed.min(axis=1))
    rows = least.reshape(_BANDS, _ROWS)
    band = np.zeros(_BANDS, dtype=np.uint64)
    for row in range(_ROWS):
        band = _mixed(band * _BASE + rows[:, row])
    return least.astype(np.uint8).tobytes(), (band >> _HALF).astype("<u4").tobytes()


def _pieces(text: str) -> Words:
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype="<u4")
    codes = codes.astype(np.uint64)
    if len(codes) < _PIECE:
        codes = np.pad(codes, (0, _PIECE - len(codes)))
    count = len(codes) - _PIECE + 1
    hashed = np.zeros(count, dtype=np.uint64)
    for offset in range(_PIECE):
        hashed = hashed * _BASE + codes[offset : offset + count]
    return np.unique(_mixed(hashed))


def _mixed(values: Words) -> Words:
    values = values ^ (values >> _SHIFT)
    values = values * _MIX
    return values ^ (values >> _SHIFT)


def similar_pairs(
    signatures: bytes | bytearray, bands: bytes | bytearray
) -> Iterator[tuple[int, int]]:
    """Yield pairs of places of near-copies; enough of them to join all that are.

    :param signatures, bands: those of :func:`signature`, one behind the other
    """
    marks = np.frombuffer(signatures, dtype=np.uint8).reshape(-1, _HASHES)
    keys = np.frombuffer(bands, dtype="<u4").reshape(-1, _BANDS)
    for band in range(_BANDS):
        column = keys[:, band]
        order = np.argsort(column, kind="stable")
        changes = np.flatnonzero(np.diff(column[order])) + 1
        starts = np.concatenate(([0], changes))
        sizes = np.diff(np.concatenate((starts, [len(order)])))
        for run in np.flatnonzero(sizes > 1):
            start = starts[run]
            yield from _compared(marks, order[start : start + sizes[run]])


def _compared(marks: Bytes, members: NDArray[np.intp]) -> Iterator[tuple[int, int]]:
    pairwise = len(members) <= _MAX_PAIRWISE
    rest = members
    while len(rest) > 1:
        first, rest = rest[0], rest[1:]
        same = (marks[rest] == marks[first]).mean(axis=1)
        # One byte is the same by chance, now and then.
        near = (same * 256 - 1) / 255 >= NEAR
        for other in rest[near]:
            yield int(first), int(other)
        if near.all():
            return
        if not pairwise:
            rest = rest[~near]
