# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The length of answers."""

import re

# Looked for from the first mark of several on, not from each of them.
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[\"»”)\]]*+(?=\s|$)|\n")


def cut_at_sentence(text: str, max_chars: int) -> str:
    """Return ``text`` cut at a sentence, with fewer than ``max_chars`` characters.

    A cut that would lose more than half of what fits is made at a word instead, and
    shown by an ellipsis. ``max_chars`` 0 means no limit.
    """
    text = text.strip()
    if not max_chars or len(text) < max_chars:
        return text
    room = text[: max_chars - 1]
    if not room:
        return ""
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, max_chars)]
    ends = [end for end in ends if end <= len(room)]
    if ends and ends[-1] * 2 >= len(room):
        return room[: ends[-1]].rstrip()
    words = room[:-1].rsplit(None, 1)
    return (words[0] if len(words) > 1 else room[:-1]).rstrip() + "…"
