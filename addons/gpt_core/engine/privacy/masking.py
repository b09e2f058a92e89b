# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Replaces personal data by placeholders such as ``[[RFC_1]]``, and puts it back."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, overload

from ..text.folding import fold
from . import pii

# As it is given out.
PLACEHOLDER = re.compile(r"\[\[[A-Z]{2,10}_\d{1,5}\]\]")
# Tolerant: models drop a bracket or turn the underscore into a space.
ANY_PLACEHOLDER = re.compile(r"\[{1,2}\s?([A-Z]{2,10})[ _](\d{1,5})\s?\]{1,2}")
# A text that ends with what may become a placeholder, or a longer one ("[[RFC_1]").
_BEGUN = re.compile(
    r"\[{1,2}(?:\s?|\s?[A-Z]{1,10}|\s?[A-Z]{2,10}[ _](?:\d{1,5}(?:\s?\]?)?)?)\Z"
)
_MAX_BEGUN = 22
# Shorter names are words, too.
MIN_NAME_CHARS = 4


class Masker:
    """The placeholders of one conversation: the same value has the same one throughout.

    Example::

        masker = Masker(names=["Ana López"])
        masked = masker.mask("Soy Ana López, mi RFC es GODE561231GR8")
        # "Soy [[NAME_1]], mi RFC es [[RFC_1]]"
        masker.restore("Gracias, [[NAME_1]].")  # "Gracias, Ana López."

    :param known: placeholders of earlier messages, by their name (``RFC_1``)
    :param names: people and companies known from the records, masked where they occur,
        whatever their case and accents
    """

    def __init__(
        self, known: Mapping[str, str] | None = None, names: Iterable[str] = ()
    ):
        self.known = dict(known or {})
        self._names = _names_pattern(names)
        self._given: dict[tuple[str, str], str] = {}
        self._last: dict[str, int] = {}
        for name, value in self.known.items():
            label, _, number = name.rpartition("_")
            self._given.setdefault((label, value), name)
            if number.isdecimal():
                self._last[label] = max(int(number), self._last.get(label, 0))

    def mask(self, text: str) -> str:
        """Return ``text`` with its personal data replaced."""
        parts, end = [], 0
        for found in self._find_spans(text):
            name = self._name_of(found.label, text[found.start : found.end])
            parts += [text[end : found.start], f"[[{name}]]"]
            end = found.end
        return "".join([*parts, text[end:]])

    def mask_again(self, value: Any) -> Any:
        """Return a masked text, or JSON of such texts, with what was added masked.

        Placeholders stay: nobody's but our own texts are masked again.
        """
        if isinstance(value, list):
            return [self.mask_again(item) for item in value]
        if isinstance(value, dict):
            return {key: self.mask_again(item) for key, item in value.items()}
        if not isinstance(value, str):
            return value
        parts, end = [], 0
        for match in ANY_PLACEHOLDER.finditer(value):
            parts += [self.mask(value[end : match.start()]), match[0]]
            end = match.end()
        return "".join([*parts, self.mask(value[end:])])

    def _find_spans(self, text: str) -> list[pii.PiiSpan]:
        # What already looks like a placeholder is a value, too: nobody can make the
        # answer show what stands behind somebody else's.
        spoofed = [
            pii.PiiSpan("TEXT", match.start(), match.end())
            for match in ANY_PLACEHOLDER.finditer(text)
        ]
        personal = pii.find(pii.blanked(text, spoofed))
        return _joined([*spoofed, *personal, *self._find_names(text)])

    @overload
    def restore(self, value: str) -> str: ...

    @overload
    def restore(self, value: Any) -> Any: ...

    def restore(self, value: Any) -> Any:
        """Return ``value`` (a text, or JSON of texts) with the placeholders put back.

        One that was never given out stays as it is.
        """
        if isinstance(value, str):
            return ANY_PLACEHOLDER.sub(self._original, value)
        if isinstance(value, list):
            return [self.restore(item) for item in value]
        if isinstance(value, dict):
            return {key: self.restore(item) for key, item in value.items()}
        return value

    def used_in(self, *texts: str) -> dict[str, str]:
        """Return the placeholders, with their values, that occur in these texts."""
        found = (match for text in texts for match in ANY_PLACEHOLDER.finditer(text))
        used = {f"{match[1]}_{match[2]}" for match in found}
        return {name: self.known[name] for name in sorted(used & self.known.keys())}

    def _original(self, match: re.Match[str]) -> str:
        return self.known.get(f"{match[1]}_{match[2]}", match[0])

    def _name_of(self, label: str, value: str) -> str:
        name = self._given.get((label, value))
        if name is None:
            self._last[label] = self._last.get(label, 0) + 1
            name = self._given[label, value] = f"{label}_{self._last[label]}"
            self.known[name] = value
        return name

    def _find_names(self, text: str) -> Iterator[pii.PiiSpan]:
        if self._names is None:
            return
        folded = fold(text)
        for match in self._names.finditer(folded.text):
            yield pii.PiiSpan("NAME", *folded.span(match.start(), match.end()))


class StreamRestorer:
    """Puts placeholders back in an answer that arrives in pieces.

    What may be the beginning of a placeholder is held back until it is certain; all
    pieces together are what :meth:`Masker.restore` makes of the whole text.
    """

    def __init__(self, masker: Masker):
        self._masker = masker
        self._held = ""

    def feed(self, piece: str) -> str:
        """Return what can be shown after this piece."""
        text = self._held + piece
        begun = _BEGUN.search(text, max(0, len(text) - _MAX_BEGUN))
        certain = begun.start() if begun else len(text)
        self._held = text[certain:]
        return self._masker.restore(text[:certain])

    def flush(self) -> str:
        """Return what was held back, at the end of the answer."""
        held, self._held = self._held, ""
        return self._masker.restore(held)


def _joined(spans: Iterable[pii.PiiSpan]) -> list[pii.PiiSpan]:
    """Return spans in order, those that overlap as one under the first's label."""
    joined: list[pii.PiiSpan] = []
    ranked = sorted(enumerate(spans), key=lambda item: (item[1].start, item[0]))
    rank = 0
    for number, found in ranked:
        if joined and found.start < joined[-1].end:
            last = joined[-1]
            label = found.label if number < rank else last.label
            joined[-1] = pii.PiiSpan(label, last.start, max(last.end, found.end))
            rank = min(rank, number)
        else:
            joined.append(found)
            rank = number
    return joined


def _names_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    folded = {fold(name).text.strip() for name in names if name}
    usable = sorted((n for n in folded if len(n) >= MIN_NAME_CHARS), key=len)
    if not usable:
        return None
    # The longest first: "Ana López Ruiz" is not "[[NAME_1]] Ruiz".
    choices = "|".join(map(re.escape, reversed(usable)))
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)")
