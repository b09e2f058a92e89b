# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Finds in a customer's mail what somebody else had written before.

Mail programs that quote without any mark leave no other trace: the same words, in the
same order, perhaps in lines of another length.
"""

import re
from collections.abc import Iterator

# So many words in a row are no coincidence.
_RUN = 8
# A whole sentence of fewer words is one as well, unless it is a mere phrase.
_MIN_SENTENCE = 4
# What is remembered of what was written before.
_MAX_CHARS = 200_000
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s|\n")
_EMPTY_LINE = re.compile(r"[\W_]*+")


class EarlierWords:
    """What was written before, to be left out of what quotes it."""

    def __init__(self) -> None:
        self._runs: set[tuple[str, ...]] = set()
        self._sentences: set[tuple[str, ...]] = set()
        self._room = _MAX_CHARS

    def add(self, text: str) -> None:
        """Remember a text that was written before."""
        text = text[: self._room]
        self._room -= len(text)
        words = _words(text)
        self._runs.update(
            tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)
        )
        sentences = (tuple(_words(part)) for part in _SENTENCE_END.split(text))
        self._sentences.update(s for s in sentences if len(s) >= _MIN_SENTENCE)

    def left_out_of(self, text: str) -> str:
        """Return ``text`` without what was written before."""
        if not self._runs and not self._sentences:
            return text
        spans = sorted([*self._repeated_runs(text), *self._repeated_sentences(text)])
        if not spans:
            return text
        kept, at = [], 0
        for start, end in spans:
            kept.append(text[at : max(start, at)])
            at = max(at, end)
        kept.append(text[at:])
        lines = "".join(kept).split("\n")
        return "\n".join(
            "" if _EMPTY_LINE.fullmatch(line) else line for line in lines
        ).strip()

    def _repeated_runs(self, text: str) -> Iterator[tuple[int, int]]:
        if not self._runs:
            return
        found = list(_WORD.finditer(text))
        words = [match[0].lower() for match in found]
        for at in range(len(words) - _RUN + 1):
            if tuple(words[at : at + _RUN]) in self._runs:
                yield found[at].start(), found[at + _RUN - 1].end()

    def _repeated_sentences(self, text: str) -> Iterator[tuple[int, int]]:
        at = 0
        for end in [*_SENTENCE_END.finditer(text), None]:
            stop = end.start() if end else len(text)
            if tuple(_words(text[at:stop])) in self._sentences:
                yield at, stop
            at = end.end() if end else stop


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
