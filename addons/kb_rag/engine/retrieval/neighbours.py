# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Joins chunks that stand side by side in a document into one passage."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

_LONGEST_OVERLAP = 2000
_SHORTEST_OVERLAP = 16
# So many chunks are one passage, at most.
MOST_JOINED = 3


@dataclass(frozen=True)
class ScoredChunk:
    """A chunk that was found.

    :param sequence: its position in its document
    :param ranks: its rank by each retrieval method that found it, such as ``dense``
    """

    chunk_id: int
    document_id: int
    sequence: int
    text: str
    source: str
    score: float
    page: int = 0
    section: str = ""
    ranks: dict[str, int] = field(default_factory=dict)


def merge_neighbours(found: Iterable[ScoredChunk], k: int) -> list[list[ScoredChunk]]:
    """Return the best ``k`` groups of adjacent chunks, the best first.

    A chunk whose neighbour is already in a group joins it, so that a passage that was
    cut in two counts once and is read as one. A group has no more than
    :data:`MOST_JOINED` of them: its place in the document is to be told. What was found
    far behind the ``k`` best does not join.
    """
    groups: list[list[ScoredChunk]] = []
    for rank, item in enumerate(found):
        if len(groups) == k and rank >= 2 * k:
            break
        near = [group for group in groups if _touches(group, item)]
        if near and sum(map(len, near)) < MOST_JOINED:
            first = near[0]
            first.append(item)
            for other in near[1:]:
                first.extend(other)
                groups.remove(other)
            first.sort(key=lambda member: member.sequence)
        elif len(groups) < k:
            groups.append([item])
    return groups


def _touches(group: Sequence[ScoredChunk], item: ScoredChunk) -> bool:
    return any(
        member.document_id == item.document_id
        and abs(member.sequence - item.sequence) == 1
        for member in group
    )


def joined_text(texts: Sequence[str]) -> str:
    """Return texts as one; what one ends with and the next begins with is not twice."""
    parts = list(texts[:1])
    for left, text in pairwise(texts):
        # Within a chunk the overlap may be broken into lines otherwise.
        size = _overlap(left, text)
        parts.append(text[size:] if size else f"\n{text}")
    return "".join(parts)


def _overlap(left: str, right: str) -> int:
    """Return how many characters ``left`` ends with that ``right`` begins with."""
    most = min(len(left), len(right), _LONGEST_OVERLAP)
    end, begin = left[len(left) - most :], right[:most].replace("\n", " ")
    end = end.replace("\n", " ")
    sizes = range(most, _SHORTEST_OVERLAP - 1, -1)
    return next((size for size in sizes if end.endswith(begin[:size])), 0)
