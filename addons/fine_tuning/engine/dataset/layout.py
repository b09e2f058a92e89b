# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The lines of a format: a layout, which is data, filled with what was said.

A layout is JSON with names instead of values::

    {"messages": "$messages"}
    {"prompt": "$prompt", "chosen": "$chosen", "rejected": "$rejected"}
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from odoo.addons.gpt_core.engine.text.storable import storable_text

from .source import ASSISTANT, SYSTEM, Dialogue, LeftOutError, Message

#: What a layout may name, by the kind of its examples.
NAMES = {
    "chat": ("messages", "prompt", "completion"),
    "preference": ("prompt", "chosen", "rejected"),
    "thumbs": ("prompt", "completion", "label"),
}
# Some who read lines take these for the end of one.
_LINE_ENDS = re.compile("[\x85\u2028\u2029]")


class LayoutError(ValueError):
    """A layout that cannot be used; ``name`` is what it must not, or should, have."""

    def __init__(self, name: str):
        super().__init__(name)
        self.name = name


@dataclass(frozen=True)
class Layout:
    """How examples are written.

    :param kind: of :data:`NAMES`: one line with an answer, with a better and a worse
        one, or with an answer and whether it was good
    :param template: JSON with ``$names``
    :param turn_flag: a key of the assistant's messages that says whether a turn is
        learnt; only the last is, since only that was approved
    :param flag_values: what the key has where a turn is learnt, and where it is not
    """

    kind: str
    template: Mapping[str, Any] = field(default_factory=dict)
    turn_flag: str = ""
    flag_values: tuple[Any, Any] = (1, 0)


def check_layout(layout: Layout) -> None:
    """Refuse a layout with names that its kind has not, or without any.

    :raises LayoutError:
    """
    used = list(_names(dict(layout.template)))
    for name in used:
        if name not in NAMES[layout.kind]:
            raise LayoutError(f"${name}")
    if not used:
        raise LayoutError("$" + NAMES[layout.kind][0])


def lines_of(layout: Layout, dialogue: Dialogue, system: str, liked: str) -> list[Any]:
    """Return the lines that a dialogue becomes, not yet as text.

    :param system: the prompt that the chain sends, if it has one
    :param liked: the thumb
    :raises LeftOutError: it has not what the format asks for
    """
    prompt = [{"role": SYSTEM, "content": system}] if system else []
    prompt += [_flagged(layout, message, False) for message in dialogue.prompt]
    return [
        _filled(layout.template, values)
        for values in _values(layout, dialogue, prompt, liked)
    ]


def _values(
    layout: Layout, dialogue: Dialogue, prompt: list[Message], liked: str
) -> Iterator[dict[str, Any]]:
    good = _answer(layout, dialogue.chosen)
    bad = _answer(layout, dialogue.rejected)
    if layout.kind == "preference":
        if not good or not bad or dialogue.chosen.strip() == dialogue.rejected.strip():
            raise LeftOutError("no_pair")
        yield {"prompt": prompt, "chosen": good, "rejected": bad}
        return
    if not good:
        raise LeftOutError("no_answer")
    if layout.kind == "thumbs":
        # Somebody approved it; a thumb down says that it shows how not to answer.
        yield {"prompt": prompt, "completion": good, "label": liked != "down"}
        if bad and dialogue.chosen.strip() != dialogue.rejected.strip():
            yield {"prompt": prompt, "completion": bad, "label": False}
        return
    if liked == "down":
        raise LeftOutError("disliked")
    yield {"messages": prompt + good, "prompt": prompt, "completion": good}


def _answer(layout: Layout, text: str) -> list[Message]:
    if not text:
        return []
    return [_flagged(layout, {"role": ASSISTANT, "content": text}, True)]


def _flagged(layout: Layout, message: Message, is_learnt: bool) -> Message:
    if not layout.turn_flag or message["role"] != ASSISTANT:
        return message
    learnt, ignored = layout.flag_values
    return message | {layout.turn_flag: learnt if is_learnt else ignored}


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.startswith("$"):
        yield value[1:]
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _names(item)
    elif isinstance(value, list):
        for item in value:
            yield from _names(item)


def _filled(value: Any, values: Mapping[str, Any]) -> Any:
    if isinstance(value, str) and value.startswith("$"):
        return values[value[1:]]
    if isinstance(value, Mapping):
        return {key: _filled(item, values) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, values) for item in value]
    return value


def as_line(value: Any) -> bytes:
    """Return a value as one line of JSON, with its end."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = _LINE_ENDS.sub(lambda end: f"\\u{ord(end[0]):04x}", storable_text(text))
    return text.encode() + b"\n"
