# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The words of a text, and their stems."""

import re
import unicodedata

_WORD = re.compile(r"[a-z0-9]+(?:[.,][0-9]+)*")
_ENDINGS = ("ciones", "mente", "ando", "iendo", "es", "os", "as", "an", "en")


def fold(text: str) -> str:
    """Lower case without accents: ``"Envíos"`` → ``"envios"``."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The folded words and numbers of a text, in order."""
    return _WORD.findall(fold(text))


def stem(word: str) -> str:
    """A rough stem: a common ending taken off, at most seven letters."""
    if word[0].isdigit():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    if len(word) > 4 and word[-1] in "aeos":
        word = word[:-1]
    return word[:7]
