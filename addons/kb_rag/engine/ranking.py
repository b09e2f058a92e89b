# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ranks, fuses and judges what was found."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Of reciprocal rank fusion: how little the first places count more than the next.
RRF_K = 60
# Of BM25.
_K1 = 1.2
_B = 0.75
_ASSUMED_CHUNKS = 200


def fuse(rankings: Sequence[Sequence[int]], k: int = RRF_K) -> list[tuple[int, float]]:
    """Return ids with their score by reciprocal rank fusion, the best first.

    :param rankings: ids, each list the best first; scores need not be comparable
    """
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, 1):
            scores[item] = scores.get(item, 0.0) + 1 / (k + rank)
    return sorted(scores.items(), key=lambda entry: (-entry[1], entry[0]))


def inverse_frequency(frequency: int, total: int) -> float:
    """Return how telling a term is that ``frequency`` of ``total`` chunks have.

    A few chunks cannot say which words are rare: it is as if there were more of them,
    without the term.
    """
    total += _ASSUMED_CHUNKS
    return math.log(1 + (total - frequency + 0.5) / (frequency + 0.5))


def bm25(
    counts: Mapping[str, int],
    weights: Mapping[str, float],
    length: int,
    average_length: float,
) -> float:
    """Return the score of a chunk.

    :param counts: how often it has each of the question's terms
    :param weights: the inverse frequency of each term
    """
    norm = _K1 * (1 - _B + _B * length / max(average_length, 1))
    return sum(
        weights[term] * count * (_K1 + 1) / (count + norm)
        for term, count in counts.items()
        if term in weights
    )


@dataclass(frozen=True)
class Evidence:
    """What speaks for an answer being among what was found.

    :param standout: by how many standard deviations the nearest chunk is nearer than to
        questions without an answer (:mod:`.cohort`); ``None`` when that is not known
    :param coverage: the share of the question's telling words, by weight, that the
        best chunk has; ``None`` when the question has none
    """

    standout: float | None = None
    coverage: float | None = None


def is_covered(evidence: Evidence, min_standout: float, min_coverage: float) -> bool:
    """Tell whether what was found may be taken for a source.

    Similarities of one model all lie close together and differ between models, so none
    is compared with a fixed number. A question is taken for answered when its nearest
    chunk stands out, or when the words that matter are there.
    """
    if evidence.coverage is not None and evidence.coverage >= min_coverage:
        return True
    if evidence.standout is not None:
        return evidence.standout >= min_standout
    return False
