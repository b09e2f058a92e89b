# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What visitors asked and people answered, in a chat that was handed over."""

from collections.abc import Iterable

from odoo.addons.gpt_core.engine.conversation.transcript import Turn
from odoo.addons.gpt_core.engine.text.folding import fold_words
from odoo.addons.gpt_core.engine.text.small_talk import (
    is_small_talk,
    without_small_talk,
)

# Shorter replies say something to whom they answer, and nothing to anybody else.
_MIN_WORDS = 4
_MIN_QUESTION_WORDS = 2


def person_replies(turns: Iterable[Turn]) -> list[tuple[str, str]]:
    """Return questions of the visitor with the answers that a person gave, in order.

    What somebody wrote in a row is one text; what the assistant says meanwhile, that a
    person is called, is nobody's answer. What it had answered before is not asked any
    more.
    """
    replies = []
    asked: list[str] = []
    answered: list[str] = []
    after_assistant = False
    for turn in (*turns, Turn("Visitor", "")):
        if turn.speaker == "Employee":
            answered.append(turn.text)
            continue
        if answered:
            # The visitor goes on, or the assistant has the chat again.
            replies.append(("\n".join(asked), "\n".join(answered)))
            asked, answered = [], []
        if turn.speaker == "Visitor":
            if after_assistant and _tells(turn.text, _MIN_QUESTION_WORDS):
                asked = []
            asked.append(turn.text)
        after_assistant = turn.speaker == "Assistant"
    return [
        (question.strip(), answer.strip())
        for question, answer in replies
        if _tells(question, _MIN_QUESTION_WORDS) and _tells(answer, _MIN_WORDS)
    ]


def _tells(text: str, words: int) -> bool:
    """Tell whether a text says something, besides greetings and thanks."""
    if is_small_talk(text):
        return False
    return len(fold_words(without_small_talk(text)).split()) >= words
