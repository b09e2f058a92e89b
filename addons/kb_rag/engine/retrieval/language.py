# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which language a text is in, as far as the full-text search needs to know."""

import re

from odoo.addons.gpt_core.engine.text.folding import without_accents

# Frequent words that only one of the languages has.
_WORDS = {
    "spanish": frozenset(
        "el la los las de del que y en un una por con para es se su al como más o si "
        "lo le pero este esta sus son cuando qué cómo cuánto dónde hay puede".split()
    ),
    "english": frozenset(
        "the of and to in is that it for on with as are be this by or from at an you "
        "which not can have if will what how when where does do".split()
    ),
}
# What questions are made of, over and above PostgreSQL's lists of words that say
# nothing. Without accents.
QUESTION_WORDS = frozenset(
    "cual cuales cuando cuanta cuantas cuanto cuantos donde quien quienes como que por "
    "puedo puede pueden podria debo debe deben tengo tiene tienen hay existe existen "
    "quiero quisiera necesito hago hace hacer haya ser es son significa sirve dice "
    "what which who whom whose when where why how much many can could may should "
    "would must need want does did".split()
)
# Words that say nothing of what a text is about, in either language.
FUNCTION_WORDS = QUESTION_WORDS.union("a e i u".split(), *_WORDS.values())
_WORD = re.compile(r"[^\W\d_]+")
_NO_ACCENT = re.compile(r"([cs])ion$")
_ENOUGH = 0.08
MAX_READ = 20_000


def language_of(text: str) -> str:
    """Return ``spanish``, ``english``, or ``simple`` for what is neither."""
    words = _WORD.findall(text[:MAX_READ].lower())
    if not words:
        return "simple"
    shares = {
        language: sum(word in known for word in words) / len(words)
        for language, known in _WORDS.items()
    }
    best = max(shares, key=lambda language: shares[language])
    return best if shares[best] >= _ENOUGH else "simple"


def spellings(word: str) -> set[str]:
    """Return a word of a question as it may be spelled in a document.

    Without its accent "devolucion" has another stem than "devoluciones"; with it, it
    has the same.
    """
    plain = without_accents(word)
    return {word, plain, _NO_ACCENT.sub(r"\1ión", plain)}
