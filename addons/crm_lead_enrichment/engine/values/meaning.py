# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# ruff: noqa: E501
"""What a passage says no to, whose it is, and whether it has a name."""

import re

from rapidfuzz import fuzz

from odoo.addons.gpt_core.engine.text.folding import fold_words

MAX_WORDS = 400
_SAME_WORD = 75
_NO = re.compile(
    r"\b(?:no|not|ni|nunca|never|nadie|nobody|ningun[oa]?|none|sin|without|tampoco|menos"
    r"|except|excepto|salvo|nada|nothing|isn t|don t|doesn t|won t|can t|didn t|haven t"
    r"|hasn t|denied|negad[oa]|cancel\w*|rechaz\w+|jamas|neither|nor|todavia no|aun no"
    r"|seguimos buscando|falta(?:n)?|solo|only|instead|yet|apenas|con calma|lost|perdi\w*)\b"
)
_YES_ANYWAY = re.compile(
    r"\b(?:no (?:puedo|podemos|hay manera|podria)|se esta|can t (?:wait|stop)|urge"
    r"|no solo|not only|why not|por que no|sin falta|nunca habian|no problem)\b"
)
_OTHERS = re.compile(
    r"\b(?:(?:mi|mis|my|nuestr[oa]s?|our|his|her|their) "
    r"(?:asistente|assistant|secretari[oa]|secretary|espos[oa]|husband|wife|herman[oa]"
    r"|brother|sister|hij[oa]|son|daughter|mama|mom|papa|dad|madre|padre|vecin[oa]"
    r"|neighbo\w+|prim[oa]|cousin|tio|tia|amig[oa]|friend|cunad[oa]|client[es]*|customers?"
    r"|proveedor\w*|supplier|vendor|jef[ea]|boss|gerente|manager|contador\w*|accountant"
    r"|competencia|competitor|landlord|casero|inquilin[oa]|tenant)"
    r"|(?:otro|otra|other|another) (?:taller|proveedor|empresa|company|vendor|shop|quote)"
    r"|cc|closest|nearest|tell (?!me|us)|salud(?:a|os a)|asistente de|assistant to)\b"
)
# Whom they buy from now: no company of theirs, but an answer to what they use.
_SUPPLIES = re.compile(
    r"\b(?:nos (?:surte|vende|provee|atiende)\w*|currently (?:on|with|using)|we use|usamos"
    r"|competencia|competitor)\b"
)


def says_no(passage: str) -> bool:
    """Tell whether a passage denies something."""
    words = fold_words(passage)
    return bool(_NO.search(words)) and not _YES_ANYWAY.search(words)


def is_of_others(passage: str) -> bool:
    """Tell whether what a passage says is somebody else's."""
    return bool(_OTHERS.search(fold_words(passage)))


def is_of_a_supplier(passage: str) -> bool:
    """Tell whether a passage speaks of whom they buy from now."""
    return bool(_SUPPLIES.search(fold_words(passage)))


def denies(passage: str, value: str) -> bool:
    """Tell whether a passage says that it is not this value."""
    words, wanted = fold_words(passage), fold_words(value)
    at = words.find(wanted) if wanted else -1
    if at < 0:
        return bool(re.search(r"\bnot short for\b", words))
    before = words[max(0, at - 25) : at]
    return bool(
        re.search(r"\b(?:no|not|menos|except|excepto|ni|nunca|never)\b", before)
    )


def names_it(value: str, passage: str) -> bool:
    """Tell whether a passage has a name, which may be shortened or misspelled in it."""
    wanted = [w for w in fold_words(value).split()[:12] if len(w) > 2 or w.isdigit()]
    said = fold_words(passage).split()[:MAX_WORDS]
    if not wanted:
        return fold_words(value) in fold_words(passage)
    together = "".join(said)
    hits = sum(
        "".join(wanted) in together or any(_is_same_word(word, one) for one in said)
        for word in wanted
    )
    return 4 * (len(wanted) - hits) <= len(wanted)


def _is_same_word(word: str, other: str) -> bool:
    if len(other) >= 3 and (other in word or word in other):
        return True
    if 2 <= len(other) <= 4 and word[0] == other[0] and len(word) > len(other) + 2:
        letters = iter(word)  # "hnos" is short for "hermanos"
        if all(letter in letters for letter in other):
            return True
    return len(other) >= 3 and fuzz.ratio(word, other) >= _SAME_WORD
