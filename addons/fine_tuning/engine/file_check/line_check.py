# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Checks one line of a file. A problem is a code and what was found."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from .rules import Rules

Problem = tuple[str, str]

ROLES = ("system", "developer", "user", "assistant", "tool", "function")
#: Keys of a message, beside "role" and "content".
_MESSAGE_KEYS = {"name", "tool_calls", "tool_call_id", "function_call", "refusal"}
#: The keys that a line must have, and those that it may have.
_KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "chat": (("messages",), ("tools", "parallel_tool_calls", "functions")),
    "openai_preference": (("input", "preferred_output", "non_preferred_output"), ()),
    "trl_preference": (("prompt", "chosen", "rejected"), ("tools",)),
    "kto": (("prompt", "completion", "label"), ("tools",)),
}


def line_problems(line: bytes, rules: Rules) -> Iterator[Problem]:
    """Yield what is wrong with a line; the file's ends and marks are not its matter."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        yield "not_utf8", ""
        return
    if not text.strip():
        yield "blank_line", ""
        return
    try:
        value = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        yield "not_json", ""
        return
    if not isinstance(value, dict):
        yield "not_object", ""
        return
    required, allowed = _KEYS[rules.shape]
    missing = [key for key in required if key not in value]
    yield from (("missing_key", key) for key in missing)
    unknown = sorted(value.keys() - {*required, *allowed})
    yield from (("unknown_key", key[:40]) for key in unknown)
    if not missing:
        yield from _SHAPES[rules.shape](value, rules)


def _refuse(name: str) -> Any:
    raise ValueError(name)


def _chat(value: dict[str, Any], rules: Rules) -> Iterator[Problem]:
    yield from _conversation(value["messages"], rules, last="assistant")


def _openai_preference(value: dict[str, Any], rules: Rules) -> Iterator[Problem]:
    given = value["input"]
    if not isinstance(given, dict):
        yield "not_object", "input"
    elif "messages" not in given:
        yield "missing_key", "input.messages"
    else:
        allowed = {"messages", "tools", "parallel_tool_calls"}
        yield from (("unknown_key", key[:40]) for key in sorted(given.keys() - allowed))
        yield from _conversation(given["messages"], rules, last="user")
    yield from _pair(value, "preferred_output", "non_preferred_output", rules)


def _trl_preference(value: dict[str, Any], rules: Rules) -> Iterator[Problem]:
    yield from _conversation(value["prompt"], rules, last="user")
    yield from _pair(value, "chosen", "rejected", rules)


def _kto(value: dict[str, Any], rules: Rules) -> Iterator[Problem]:
    yield from _conversation(value["prompt"], rules, last="user")
    yield from _answer(value["completion"], "completion", rules)
    if not isinstance(value["label"], bool):
        yield "bad_label", str(type(value["label"]).__name__)


_SHAPES = {
    "chat": _chat,
    "openai_preference": _openai_preference,
    "trl_preference": _trl_preference,
    "kto": _kto,
}


def _pair(
    value: dict[str, Any], good: str, bad: str, rules: Rules
) -> Iterator[Problem]:
    yield from _answer(value[good], good, rules)
    yield from _answer(value[bad], bad, rules)
    if value[good] == value[bad]:
        yield "same_answers", ""


def _answer(messages: Any, key: str, rules: Rules) -> Iterator[Problem]:
    """Yield what is wrong with the one message of an answer."""
    if not isinstance(messages, list) or len(messages) != 1:
        yield "not_one_answer", key
        return
    yield from _message(messages[0], 1, rules)
    role = messages[0].get("role") if isinstance(messages[0], dict) else None
    if role in ROLES and role != "assistant":
        yield "answer_not_assistant", key


def _conversation(messages: Any, rules: Rules, last: str) -> Iterator[Problem]:
    if not isinstance(messages, list) or not messages:
        yield "no_messages", ""
        return
    for number, message in enumerate(messages, 1):
        yield from _message(message, number, rules)
    roles = [
        message.get("role") if isinstance(message, dict) else None
        for message in messages
    ]
    if roles[-1] != last:
        yield f"last_not_{last}", str(roles[-1])[:40]
    if any(role == "system" for role in roles[1:]):
        yield "system_not_first", ""
    if rules.alternation:
        yield from _turns(roles)


def _turns(roles: list[Any]) -> Iterator[Problem]:
    said = roles[1:] if roles[0] == "system" else roles
    for number, role in enumerate(said):
        if role != ("user", "assistant")[number % 2]:
            yield "not_alternating", str(role)[:40]
            return


def _message(message: Any, number: int, rules: Rules) -> Iterator[Problem]:
    if not isinstance(message, dict):
        yield "message_not_object", str(number)
        return
    role, content = message.get("role"), message.get("content")
    if role not in ROLES:
        yield "unknown_role", str(role)[:40]
    calls = message.get("tool_calls") or message.get("function_call")
    if not isinstance(content, str) and not (content is None and calls):
        yield "no_content", str(number)
    elif not (content or "").strip() and not calls:
        yield (
            ("empty_assistant" if role == "assistant" else "empty_message"),
            str(number),
        )
    yield from _extra(message, role, rules)


def _extra(message: dict[str, Any], role: Any, rules: Rules) -> Iterator[Problem]:
    keys = message.keys() - {"role", "content"} - _MESSAGE_KEYS
    if "weight" in keys:
        keys -= {"weight"}
        if not rules.weight_allowed:
            yield "weight_not_allowed", ""
        elif role != "assistant":
            yield "weight_not_assistant", str(role)[:40]
        elif not _is_weight(message["weight"]):
            yield "bad_weight", ""
    if rules.flag and rules.flag in keys:
        keys -= {rules.flag}
        if role != "assistant" or not isinstance(message[rules.flag], bool):
            yield "bad_flag", rules.flag
    yield from _unknown(keys)


def _is_weight(value: Any) -> bool:
    return type(value) is int and value in (0, 1)


def _unknown(keys: Iterable[str]) -> Iterator[Problem]:
    yield from (("unknown_key", key[:40]) for key in sorted(keys))
