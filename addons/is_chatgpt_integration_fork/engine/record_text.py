# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A record and what was written about it, as the text that a prompt gets."""

from collections.abc import Sequence
from dataclasses import dataclass

from odoo.addons.gpt_core.engine.provider.usage import estimated_tokens

# Tokens of the whole; of it the fields may take this part.
MAX_TOKENS = 7_000
MAX_FIELD_TOKENS = 3_000
# Of one field, or one message: the rest says little more.
MAX_VALUE_CHARS = 3_000
_CUT = "…"
_INDENT = "\n  "


@dataclass(frozen=True)
class Value:
    """A field of the record: its label and its text."""

    label: str
    text: str


@dataclass(frozen=True)
class Said:
    """A message: when and by whom it was written, and what it says.

    :param kind: such as ``internal note``; empty for an ordinary message
    """

    when: str
    author: str
    text: str
    kind: str = ""


@dataclass(frozen=True)
class RecordText:
    """The text, and how much did not fit into it."""

    text: str
    values_left_out: int = 0
    messages_left_out: int = 0
    shortened: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether nothing was left out."""
        return not (self.values_left_out or self.messages_left_out or self.shortened)


def record_text(
    title: str,
    values: Sequence[Value],
    said: Sequence[Said],
    max_tokens: int = MAX_TOKENS,
) -> RecordText:
    """Return the record's text: its values in order, and its newest messages.

    Each line of a value or message but the first is indented, so that none passes for
    another. The text says itself how many messages are missing.

    :param said: the messages, from the oldest to the newest
    """
    shortened = 0
    lines, used = [title], estimated_tokens(title)
    limit = min(MAX_FIELD_TOKENS, max_tokens)
    kept = 0
    for value in values:
        text, is_cut = _shortened(value.text)
        line = f"{value.label}: {text}"
        size = estimated_tokens(line)
        if used + size > limit:
            break
        lines.append(line)
        used += size
        kept += 1
        shortened += is_cut
    newest: list[str] = []
    for message in reversed(said):
        text, is_cut = _shortened(message.text)
        kind = f" ({message.kind})" if message.kind else ""
        line = f"[{message.when}] {_one_line(message.author)}{kind}: {text}"
        size = estimated_tokens(line)
        if used + size > max_tokens:
            break
        newest.append(line)
        used += size
        shortened += is_cut
    missing = len(said) - len(newest)
    if said:
        lines.append("")
        if missing:
            lines.append(f"({missing} older messages are not shown.)")
        lines += reversed(newest)
    return RecordText("\n".join(lines).strip(), len(values) - kept, missing, shortened)


def _shortened(text: str) -> tuple[str, bool]:
    """Return a text of no more than is looked at, its lines indented."""
    is_cut = len(text) > MAX_VALUE_CHARS
    text = text[:MAX_VALUE_CHARS] + _CUT if is_cut else text
    return _INDENT.join(line.strip() for line in text.strip().splitlines()), is_cut


def _one_line(text: str) -> str:
    return " ".join(text[:MAX_VALUE_CHARS].split())
