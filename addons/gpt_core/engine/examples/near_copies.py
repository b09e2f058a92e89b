# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Finds texts that are nearly the same: MinHash over pieces of five characters.

A signature is 126 bytes, and its bands are 84 more: 100,000 texts take 21 MB.
"Nearly the same" means that four in five of the pieces of both texts are in both.
"""

import random
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ..text.folding import fold

#: The share of pieces that near-copies have in common.
NEAR = 0.8
#: The share that texts have in common which people want to decide about at once.
ALIKE = 0.6
_PIECE = 5
# Of two texts with four in five pieces in common, 998 in 1,000 are found; of two with
# one in three, one in 50 are compared in vain.
_BANDS, _ROWS = 21, 6
_HASHES = _BANDS * _ROWS
# So many pieces are hashed at a time: a long text takes no more memory than a short.
_CHUNK = 1024
# Texts of more characters are compared by their beginning.
_MAX_CHARS = 20_000
# More with the same key are compared with the first ones of them only.
_CROWD = 64
_ROUNDS = 200

Words = NDArray[np.uint64]
Places = NDArray[np.intp]
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


def loose_bands(signatures: bytes | bytearray) -> bytes:
    """Return bands for texts that have less in common, such as half of their pieces.

    They find far more pairs to compare in vain than those of :func:`signature`.
    """
    marks = np.frombuffer(signatures, dtype=np.uint8).reshape(-1, _HASHES)
    return marks[:, : _HASHES // 4 * 4].tobytes()


def similar_pairs(
    signatures: bytes | bytearray, bands: bytes | bytearray, near: float = NEAR
) -> Iterator[tuple[int, int]]:
    """Yield pairs of places of near-copies; enough of them to join all that are.

    :param signatures, bands: those of :func:`signature`, one behind the other
    :param near: the share of pieces that near-copies have in common; for a lower one
        than usual, the bands are those of :func:`loose_bands`
    """
    if not signatures:
        return
    marks = np.frombuffer(signatures, dtype=np.uint8).reshape(-1, _HASHES)
    keys = np.frombuffer(bands, dtype="<u4").reshape(len(marks), -1)
    for band in range(keys.shape[1]):
        order = np.argsort(keys[:, band], kind="stable")
        column = keys[order, band]
        yield from _neighbours(marks, order, column, near)
        yield from _crowds(marks, order, column, near)


def _neighbours(
    marks: Bytes, order: Places, column: NDArray[np.uint32], near: float
) -> Iterator[tuple[int, int]]:
    """Compare each with those after it that have the same key."""
    for offset in range(1, min(_CROWD, len(order))):
        same = np.flatnonzero(column[offset:] == column[:-offset])
        if not len(same):
            return
        yield from _near(marks, order[same], order[same + offset], near)


def _crowds(
    marks: Bytes, order: Places, column: NDArray[np.uint32], near: float
) -> Iterator[tuple[int, int]]:
    """Compare many with the same key with the first of them, then without those that
    are near it, and so on."""
    starts = np.flatnonzero(np.diff(column, prepend=column[:1] + np.uint32(1)))
    sizes = np.diff(starts, append=len(order))
    for run in np.flatnonzero(sizes > _CROWD):
        rest = order[starts[run] : starts[run] + sizes[run]]
        for _round in range(_ROUNDS):
            if len(rest) < 2:
                break
            first, rest = rest[0], rest[1:]
            joined = list(_near(marks, np.full(len(rest), first), rest, near))
            yield from joined
            rest = rest[~np.isin(rest, [other for _first, other in joined])]


def _near(
    marks: Bytes, left: Places, right: Places, near: float
) -> Iterator[tuple[int, int]]:
    """Yield the pairs that have enough in common."""
    for start in range(0, len(left), _CHUNK):
        some, others = left[start : start + _CHUNK], right[start : start + _CHUNK]
        same = (marks[some] == marks[others]).mean(axis=1)
        # One byte is the same by chance, now and then.
        for place in np.flatnonzero((same * 256 - 1) / 255 >= near):
            yield int(some[place]), int(others[place])
