# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""An approved example as it is stored, and what is said in it turn by turn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from odoo.addons.gpt_core.engine.text.blank import is_blank

SYSTEM, USER, ASSISTANT = "system", "user", "assistant"
#: A prompt of the chain takes the place of what is in the example.
_OF_THE_CHAIN = (SYSTEM, "developer")

#: A message as files have it: ``role`` and ``content``.
Message = dict[str, Any]


class LeftOutError(Exception):
    """An example that does not become a line; ``reason`` is a code."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class SourceExample:
    """What the database knows of an example.

    :param messages: dicts of ``role`` and ``content``
    :param preferred: the right answer, instead of the one in the messages
    :param rejected: a wrong answer to the same
    :param liked: the thumb, ``up``, ``down`` or nothing
    :param names: of people, to be masked
    :param conversation, partner, group: ids of what must not be on both sides; 0: none
    """

    id: int
    messages: Iterable[Mapping[str, Any]]
    preferred: str = ""
    rejected: str = ""
    liked: str = ""
    system: str = ""
    names: tuple[str, ...] = ()
    conversation: int = 0
    partner: int = 0
    group: int = 0


@dataclass(frozen=True)
class Dialogue:
    """What was said before the answer, and the answers: the right and the wrong one."""

    prompt: list[Message] = field(default_factory=list)
    chosen: str = ""
    rejected: str = ""


def dialogue_of(example: SourceExample) -> Dialogue:
    """Return the turns of an example, those of one speaker in a row as one.

    :raises LeftOutError: nobody asks, nobody answers, or a message cannot be read
    """
    turns = _turns(example.messages)
    last = ""
    if turns and turns[-1]["role"] == ASSISTANT:
        last = turns.pop()["content"]
    if not turns:
        raise LeftOutError("no_question")
    chosen = last if is_blank(example.preferred) else example.preferred
    rejected = "" if is_blank(example.rejected) else example.rejected
    return Dialogue(turns, chosen, rejected)


def _turns(messages: Iterable[Mapping[str, Any]]) -> list[Message]:
    """Return the messages from the first question on."""
    said: list[tuple[str, list[str]]] = []
    for message in messages:
        role, text = message.get("role"), message.get("content")
        if role in _OF_THE_CHAIN:
            continue
        if role not in (USER, ASSISTANT) or not isinstance(text, str):
            raise LeftOutError("unknown_message")
        if is_blank(text) or (not said and role == ASSISTANT):
            continue
        if said and said[-1][0] == role:
            said[-1][1].append(text)
        else:
            said.append((role, [text]))
    return [{"role": role, "content": "\n\n".join(texts)} for role, texts in said]
