# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Finds the examples that are most like what is asked now, by their words."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from ..retrieval.bm25 import bm25, inverse_frequency
from ..text.folding import fold_words
from .example import Example

# More of a text is not looked at.
_MAX_WORDS = 2000
# Words of the same stem begin alike: "factura", "facturación", "facturar".
_STEM = 6
_MIN_WORD = 2


class ExampleIndex:
    """The approved examples of a chain. It never changes, so that it can be kept."""

    def __init__(self, examples: Iterable[Example]) -> None:
        self.examples = tuple(examples)
        counts = [Counter(_terms(example.question)) for example in self.examples]
        self._lengths = [count.total() for count in counts]
        self._average = sum(self._lengths) / max(len(counts), 1)
        self._places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, count in enumerate(counts):
            for term, often in count.items():
                self._places[term].append((place, often))

    def similar(self, texts: Iterable[str]) -> list[Example]:
        """Return the examples that share words with these texts, the best first.

        Each text counts as much as any other: a short question is not drowned in a
        long conversation. Of equals the newest comes first.
        """
        scores: defaultdict[int, float] = defaultdict(float)
        for text in texts:
            for place, score in self._scores(text):
                scores[place] += score
        ranked = sorted(
            scores, key=lambda place: (-scores[place], -self.examples[place].id)
        )
        return [self.examples[place] for place in ranked]

    def _scores(self, text: str) -> Iterator[tuple[int, float]]:
        """Yield which share of what a text tells each of the examples has."""
        total = len(self.examples)
        found: defaultdict[int, dict[str, int]] = defaultdict(dict)
        weights = {}
        for term in set(_terms(text)):
            places = self._places.get(term, ())
            weights[term] = inverse_frequency(len(places), total, assumed=0)
            for place, often in places:
                found[place][term] = often
        whole = sum(weights.values())
        for place, counts in found.items():
            length = self._lengths[place]
            yield place, bm25(counts, weights, length, self._average) / whole


def _terms(text: str) -> Iterator[str]:
    for word in fold_words(text).split()[:_MAX_WORDS]:
        if word.isalpha():
            word = word.removesuffix("s")[:_STEM]
        if len(word) >= _MIN_WORD:
            yield word
