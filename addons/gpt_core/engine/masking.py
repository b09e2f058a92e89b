# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Replaces personal data by placeholders such as ``[[RFC_1]]``, and puts it back."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from . import pii

# Tolerant: models drop a bracket or turn the underscore into a space.
_PLACEHOLDER = re.compile(r"\[{1,2}\s?([A-Z]{2,10})[ _](\d{1,5})\s?\]{1,2}")
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

    def mask(self, text: str) -> str:
        """Return ``text`` with its personal data replaced."""
        # What already looks like a placeholder is a value, too: nobody can make the
        # answer show what stands behind somebody else's.
        findings = [
            pii.Finding("TEXT", match.start(), match.end())
            for match in _PLACEHOLDER.finditer(text)
        ]
        for found in [*pii.find(text), *self._find_names(text)]:
            if not any(found.overlaps(other) for other in findings):
                findings.append(found)
        parts, end = [], 0
        for found in sorted(findings, key=lambda f: f.start):
            name = self._name_of(found.label, text[found.start : found.end])
            parts += [text[end : found.start], f"[[{name}]]"]
            end = found.end
        return "".join([*parts, text[end:]])

    def restore(self, value: Any) -> Any:
        """Return ``value`` (a text, or JSON of texts) with the placeholders put back.

        One that was never given out stays as it is.
        """
        if isinstance(value, str):
            return _PLACEHOLDER.sub(self._original, value)
        if isinstance(value, list):
            return [self.restore(item) for item in value]
        if isinstance(value, dict):
            return {key: self.restore(item) for key, item in value.items()}
        return value

    def used_in(self, *texts: str) -> dict[str, str]:
        """Return the placeholders, with their values, that occur in these texts."""
        used = {f"{m[1]}_{m[2]}" for text in texts for m in _PLACEHOLDER.finditer(text)}
        return {name: self.known[name] for name in sorted(used & self.known.keys())}

    def _original(self, match: re.Match) -> str:
        return self.known.get(f"{match[1]}_{match[2]}", match[0])

    def _name_of(self, label: str, value: str) -> str:
        for name, known in self.known.items():
            if known == value and name.startswith(f"{label}_"):
                return name
        taken = [
            int(name.removeprefix(f"{label}_"))
            for name in self.known
            if re.fullmatch(rf"{label}_\d+", name)
        ]
        name = f"{label}_{max(taken, default=0) + 1}"
        self.known[name] = value
        return name

    def _find_names(self, text: str) -> Iterable[pii.Finding]:
        if self._names is None:
            return []
        return [
            pii.Finding("NAME", match.start(), match.end())
            for match in self._names.finditer(_fold(text))
        ]


class StreamRestorer:
    """Puts placeholders back in an answer that arrives in pieces.

    What may be the beginning of a placeholder is held back until it is certain.
    """

    _MAX_HELD = 24

    def __init__(self, masker: Masker):
        self._masker = masker
        self._held = ""

    def feed(self, piece: str) -> str:
        """Return what can be shown after this piece."""
        text = self._held + piece
        opening = text.rfind("[")
        if opening > 0 and text[opening - 1] == "[":
            opening -= 1
        tail = text[opening:] if opening >= 0 else ""
        complete = re.match(r"\[\[[^\]]*\]\]|\[[^\[\]]*\][^\]]", tail)
        if opening < 0 or complete or len(tail) > self._MAX_HELD:
            self._held = ""
            return self._masker.restore(text)
        self._held = tail
        return self._masker.restore(text[:opening])

    def flush(self) -> str:
        """Return what was held back, at the end of the answer."""
        held, self._held = self._held, ""
        return self._masker.restore(held)


def _fold(text: str) -> str:
    """Return ``text`` without case and accents, each character in its place."""
    return "".join(
        (unicodedata.normalize("NFD", char)[0].lower() or char)[0] for char in text
    )


def _names_pattern(names: Iterable[str]) -> re.Pattern | None:
    folded = {_fold(" ".join(name.split())) for name in names if name}
    usable = sorted((n for n in folded if len(n) >= MIN_NAME_CHARS), key=len)
    if not usable:
        return None
    # The longest first: "Ana López Ruiz" is not "[[NAME_1]] Ruiz".
    choices = "|".join(
        re.escape(name).replace(r"\ ", r"\s+") for name in reversed(usable)
    )
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)")
