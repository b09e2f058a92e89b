# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The fusion of dense and lexical scores into one order."""

import statistics
from collections.abc import Iterable, Mapping, Sequence

# Scores that differ by less are the same.
_LEAST_SPREAD = 1e-9


def z_scores(scores: Mapping[int, float], items: Iterable[int]) -> dict[int, float]:
    """Return by how many standard deviations each item is above the mean of all.

    :param scores: those of one retrieval method; an item that it knows nothing of, such
        as one without a vector, is neither better nor worse than the mean
    """
    known = {item: scores[item] for item in items if item in scores}
    if not known:
        return {}
    mean = statistics.fmean(known.values())
    spread = statistics.pstdev(known.values(), mean)
    if spread < _LEAST_SPREAD:
        return dict.fromkeys(known, 0.0)
    return {item: (score - mean) / spread for item, score in known.items()}


def fuse(
    methods: Sequence[Mapping[int, float]],
    codes: Mapping[int, int] | None = None,
    weights: Sequence[float] = (),
) -> list[tuple[int, float]]:
    """Return items with their score from 0 to 1, the best first.

    The score is the weighted sum of the z-scores of each retrieval method. Reciprocal
    rank fusion only knows ranks: a weak embedding model, whose first ranks mean little,
    then spoils what lexical search finds. Here what has a high z-score counts,
    whichever method gave it.

    :param methods: the scores of the same items by each method
    :param codes: how many rare codes of the question an item has: it stands before all
        that have fewer
    :param weights: of each method; 1 where there is none
    """
    codes, weights = codes or {}, weights or [1.0] * len(methods)
    items = dict.fromkeys(item for scores in methods for item in scores)
    z = [(z_scores(m, items), w) for m, w in zip(methods, weights, strict=True)]
    sums = {item: sum(s.get(item, 0.0) * weight for s, weight in z) for item in items}
    above = max(sums.values(), default=0.0) - min(sums.values(), default=0.0) + 1
    scored = {item: total + above * codes.get(item, 0) for item, total in sums.items()}
    # Squeezed before they are ordered: rounding may turn around two that hardly differ.
    final = {item: (1 + s / (1 + abs(s))) / 2 for item, s in scored.items()}
    return sorted(final.items(), key=lambda entry: (-entry[1], entry[0]))
