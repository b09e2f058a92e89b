# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The answer in what a model wrote: without its thinking, without fences.

Nothing is completed: text that was cut is no answer, however it could be repaired.
"""

import re

_THINKING = r"think(?:ing)?|thoughts?|reasoning"
_OPEN = re.compile(rf"\s*<({_THINKING})>", re.IGNORECASE)
_CLOSE = re.compile(rf"</(?:{_THINKING})>", re.IGNORECASE)
# The channels of the Harmony format, where a server does not take them apart.
_FINAL = "<|channel|>final"
_MESSAGE = "<|message|>"
_ENDS = ("<|return|>", "<|end|>", "<|call|>")
_CHANNEL = "<|channel|>"
_FENCE = "```"


def without_thinking(text: str) -> str:
    """Return what a model says after it thought aloud; empty if it only thought."""
    if _CHANNEL in text:
        return _final_channel(text)
    opened = _OPEN.match(text)
    if opened:
        closed = _CLOSE.search(text, opened.end())
        return text[closed.end() :].lstrip() if closed else ""
    # Some templates put the opening tag into the prompt: only its end comes.
    closed = _CLOSE.search(text)
    return text[closed.end() :].lstrip() if closed else text


def _final_channel(text: str) -> str:
    _before, final, rest = text.rpartition(_FINAL)
    if not final:
        return ""
    rest = rest.partition(_MESSAGE)[2]
    for end in _ENDS:
        rest = rest.partition(end)[0]
    return rest.strip()


def without_fence(text: str) -> str:
    """Return what stands in a text's only code block, or the text."""
    parts = text.split(_FENCE)
    if len(parts) != 3:
        return text
    language, line_break, content = parts[1].partition("\n")
    is_language = line_break and (language.strip() or "json").isalnum()
    return (content if is_language else parts[1]).strip()
