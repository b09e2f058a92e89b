# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Greetings, thanks and farewells: said by everybody, whatever they want."""

import re
import unicodedata

from .blank import is_blank
from .folding import fold_words

# Of folded words.
_SMALL_TALK = re.compile(
    r"\b(?:h?ola|buen[oa]s?\s(?:dias?|tardes|noches)|buenas|buen\sdia|que\stal"
    r"|como\sesta[sn]?|estimad[oa]s?|a\stodos|saludos|cordial(?:es|mente)?"
    r"|atentamente|(?:muchas\s|mil\s)?gracias|muy\samables?|de\snada|por\sfavor"
    r"|hasta\sluego|adios|bye|ok(?:ay)?|vale|perfecto"
    r"|hello|hi|hey|dear|there|how\sare\syou|good\s(?:morning|afternoon|evening)"
    r"|(?:best\s|kind\s)?regards|thanks|thank\syou(?:\sso\smuch)?|please|sir|madam"
    r"|sincerely|goodbye)\b"
)
# Emoji that want something.
_ASKING = frozenset("❓❔🆘")
# More of them are not looked at.
_MAX_EMOJI = 500


def without_small_talk(text: str) -> str:
    """Return the folded words of ``text`` that are no greeting, thanks or farewell."""
    return " ".join(_SMALL_TALK.sub(" ", fold_words(text)).split())


def is_small_talk(text: str) -> bool:
    """Tell whether a text greets, thanks or takes leave, and says nothing else.

    A thumb, a heart or a face alone says no more than that.
    """
    if fold_words(text):
        return not without_small_talk(text)
    return _is_emoji(text[:_MAX_EMOJI])


def _is_emoji(text: str) -> bool:
    seen = [char for char in text if not is_blank(char)]
    return bool(seen) and all(
        unicodedata.category(char) in ("So", "Sk") and char not in _ASKING
        for char in seen
    )
