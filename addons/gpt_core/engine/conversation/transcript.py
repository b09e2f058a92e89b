# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What was said in a chat, as the text that a prompt gets."""

from collections.abc import Sequence
from dataclasses import dataclass

# What is older than this says little about the question at hand.
MAX_TURNS = 30
MAX_CHARS = 12_000
MAX_TURN_CHARS = 4_000
# Of a longer message, white space included, the rest is not looked at.
_MAX_READ = 20_000


@dataclass(frozen=True)
class Turn:
    """One message: who wrote it (``Customer``, ``Assistant``, …) and what."""

    speaker: str
    text: str


def transcript(
    turns: Sequence[Turn], max_turns: int = MAX_TURNS, max_chars: int = MAX_CHARS
) -> str:
    """Return the last turns as ``speaker: text`` lines, the newest ones kept.

    At most ``max_turns`` turns and ``max_chars`` characters; a longer message
    is cut. A message cannot pass for two: its lines are joined.
    """
    lines: list[str] = []
    size = 0
    for turn in reversed(turns[-max_turns:]):
        line = f"{turn.speaker}: {_one_line(turn.text)}"
        size += len(line) + 1
        if size > max_chars:
            break
        lines.append(line)
    return "\n".join(reversed(lines))


def _one_line(text: str) -> str:
    return " ".join(text[:_MAX_READ].split())[:MAX_TURN_CHARS]
