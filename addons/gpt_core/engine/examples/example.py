# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""An approved example as a prompt can show it: what was asked, and the right answer."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..chain.spec import OutputSpec

USER, ASSISTANT = "user", "assistant"

#: Who speaks, and what they say.
Turn = tuple[str, str]


@dataclass(frozen=True)
class Example:
    """Turns of a user and an assistant, one after the other; the last is the answer.

    :param origins: what it was made of; a run about the same is not shown it
    """

    id: int
    turns: tuple[Turn, ...]
    origins: frozenset[str] = frozenset()

    @property
    def question(self) -> str:
        """What the user says, without the answers."""
        return "\n".join(text for role, text in self.turns if role == USER)


def example_of(
    example_id: int,
    messages: Iterable[Mapping[str, Any]],
    preferred: str = "",
    origins: Iterable[str] = (),
) -> Example | None:
    """Return an example of stored messages, ``None`` if they have no answer.

    The system prompt is left out: the step has its own.

    :param messages: dicts of ``role`` and ``content``
    :param preferred: the answer, instead of the one in the messages
    """
    turns = _in_turn(messages)
    if preferred.strip():
        if turns and turns[-1][0] == ASSISTANT:
            turns.pop()
        turns.append((ASSISTANT, preferred))
    if len(turns) < 2 or turns[-1][0] != ASSISTANT:
        return None
    return Example(example_id, tuple(turns), frozenset(origins))


def _in_turn(messages: Iterable[Mapping[str, Any]]) -> list[Turn]:
    """Return the turns; some servers take no two of the same speaker in a row."""
    said: list[tuple[str, list[str]]] = []
    for message in messages:
        role, text = message.get("role"), message.get("content")
        if role not in (USER, ASSISTANT) or not isinstance(text, str):
            continue
        if not text.strip() or (not said and role == ASSISTANT):
            continue
        if said and said[-1][0] == role:
            said[-1][1].append(text)
        else:
            said.append((str(role), [text]))
    return [(role, "\n\n".join(texts)) for role, texts in said]


def gist(question: str) -> str:
    """Return what of a prompt people look for: what stands in its last block.

    That is what was asked; before it stand the prompt's own words, and what was said
    and looked up before.
    """
    before, found, rest = question.rpartition("</")
    name, closed, _after = rest.partition(">")
    opened = before.rfind(f"<{name}>") if found and closed else -1
    inner = before[opened + len(name) + 2 :].strip() if opened >= 0 else ""
    return inner or question


def fitting_turns(
    example: Example, outputs: tuple[OutputSpec, ...]
) -> tuple[Turn, ...] | None:
    """Return the turns as a step answers, ``None`` if the example does not.

    :param outputs: of the step: its answers are JSON with these fields and no others;
        none: its answers are texts
    """
    if not outputs:
        return example.turns
    turns = []
    for role, text in example.turns:
        fitting = _fitting_answer(text, outputs) if role == ASSISTANT else text
        if fitting is None:
            return None
        turns.append((role, fitting))
    return tuple(turns)


def _fitting_answer(text: str, outputs: tuple[OutputSpec, ...]) -> str | None:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict):
        return None
    if any(output.required and output.name not in data for output in outputs):
        return None
    kept = {output.name: data.get(output.name) for output in outputs}
    return json.dumps(kept, ensure_ascii=False)
