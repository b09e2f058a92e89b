# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The words of a question that a document can be found by."""

import re

from odoo.addons.gpt_core.engine.privacy.masking import PLACEHOLDER
from odoo.addons.gpt_core.engine.text.folding import without_accents

from .language import QUESTION_WORDS

MAX_WORDS = 40
_WORD = re.compile(r"\w+(?:[-.@]\w+)*")
_NAME = r"[^\W\d_a-zà-öø-ÿ][^\W\d_]+"
# Names that nobody has told the masker: those that people introduce themselves by.
_INTRODUCTION = re.compile(
    r"(?<!\w)(?:(?:[Ss]oy|[Mm]e llamo|[Mm]i nombre es|[Ll]e (?:habla|escribe)"
    r"|[Tt]e (?:habla|escribe)|I am|I['’]m|[Mm]y name is|[Tt]his is)(?!\w))"
    rf"\s+{_NAME}(?:\s+(?:{_NAME}|(?:del?|de\s+las?|de\s+los|y)\s+{_NAME})){{0,4}}"
)


def words_to_look_up(question: str) -> list[str]:
    """Return the words of a question that a document can be found by, in order.

    Words are looked up within Odoo, so nothing of them is masked: a part number may
    look like a tax number. By what name somebody introduces themselves is left out: a
    document that happens to have it is not what they ask about.
    """
    text = PLACEHOLDER.sub(" ", question)
    text = _INTRODUCTION.sub(" ", text)
    words = dict.fromkeys(word.lower() for word in _WORD.findall(text))
    telling = (word for word in words if without_accents(word) not in QUESTION_WORDS)
    return list(telling)[:MAX_WORDS]
