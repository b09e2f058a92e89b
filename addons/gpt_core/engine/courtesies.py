# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Greetings, thanks and farewells: said by everybody, whatever they want."""

import re

from .folding import fold_words

# Of folded words.
_COURTESIES = re.compile(
    r"\b(?:h?ola|buen[oa]s?\s(?:dias?|tardes|noches)|buenas|buen\sdia|que\stal"
    r"|como\sesta[sn]?|estimad[oa]s?|a\stodos|saludos|cordial(?:es|mente)?"
    r"|atentamente|(?:muchas\s|mil\s)?gracias|muy\samables?|de\snada|por\sfavor"
    r"|hasta\sluego|adios|bye|ok(?:ay)?|vale|perfecto"
    r"|hello|hi|hey|dear|there|how\sare\syou|good\s(?:morning|afternoon|evening)"
    r"|(?:best\s|kind\s)?regards|thanks|thank\syou(?:\sso\smuch)?|please|sir|madam"
    r"|sincerely|goodbye)\b"
)


def without_courtesies(text: str) -> str:
    """Return the folded words of ``text`` that are no greeting, thanks or farewell."""
    return " ".join(_COURTESIES.sub(" ", fold_words(text)).split())


def is_courtesy(text: str) -> bool:
    """Tell whether a text greets, thanks or takes leave, and says nothing else."""
    return bool(fold_words(text)) and not without_courtesies(text)
