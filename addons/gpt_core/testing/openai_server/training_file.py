# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The checks that the API makes on a file of examples before it tunes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .tokens import TOKENS_PER_MESSAGE, count_tokens

MINIMUM_EXAMPLES = 10
ROLES = ("system", "developer", "user", "assistant", "tool", "function")


class TrainingFileError(Exception):
    """A file that cannot be used; ``code`` is the API's."""

    def __init__(self, message: str, code: str = "invalid_training_file") -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class TrainingSet:
    """What a usable file has; ``answers``: the last answer, by what was asked."""

    examples: int
    tokens: int
    answers: Mapping[str, str]


def read_examples(
    content: bytes, method: str = "supervised", *, is_training: bool = True
) -> TrainingSet:
    """Check a file of chats, or of preferences; raises ``TrainingFileError``.

    Only a training file has to have some number of examples.
    """
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise TrainingFileError("The file is not encoded as UTF-8.") from error
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line.strip()]
    count = _preference_tokens if method == "dpo" else _chat_tokens
    examples = [(n, _example(line, n)) for n, line in numbered]
    tokens = sum(count(example, n) for n, example in examples)
    minimum = MINIMUM_EXAMPLES if is_training else 1
    if len(numbered) < minimum:
        raise TrainingFileError(
            f"Training file has {len(numbered)} example(s), but must have at least "
            f"{minimum} examples",
            "invalid_n_examples",
        )
    answers = dict(_taught(example) for _n, example in examples)
    return TrainingSet(len(numbered), tokens, answers)


def _example(line: str, number: int) -> dict[str, Any]:
    try:
        example = json.loads(line)
    except ValueError as error:
        raise TrainingFileError(
            "Expected file to have JSONL format, where every line is a valid JSON "
            f"dictionary. Line {number} is not valid JSON."
        ) from error
    if not isinstance(example, dict):
        raise TrainingFileError(
            "Expected file to have JSONL format, where every line is a valid JSON "
            f"dictionary. Line {number} is not a dictionary."
        )
    return example


def _taught(example: dict[str, Any]) -> tuple[str, str]:
    """The last message of a user in a checked example, and the answer to learn."""
    asked = example.get("messages") or example["input"]["messages"]
    answer = example.get("preferred_output") or asked
    said = [m["content"] for m in asked if m["role"] == "user"]
    return (said or [""])[-1], answer[-1].get("content") or ""


def _chat_tokens(example: dict[str, Any], number: int) -> int:
    return _message_tokens(_messages(example, "messages", number), number)


def _preference_tokens(example: dict[str, Any], number: int) -> int:
    asked = example.get("input")
    if not isinstance(asked, dict):
        raise _broken(number, 'is missing key "input".')
    prompt = _messages(asked, "messages", number)
    answers = [
        _messages(example, name, number)
        for name in ("preferred_output", "non_preferred_output")
    ]
    return sum(_message_tokens([*prompt, *answer], number) for answer in answers)


def _messages(holder: dict[str, Any], name: str, number: int) -> list[Any]:
    messages = holder.get(name)
    if not isinstance(messages, list) or not messages:
        raise _broken(number, f'is missing key "{name}" or has no messages.')
    return messages


def _message_tokens(messages: list[Any], number: int) -> int:
    tokens = 0
    for index, message in enumerate(messages, 1):
        where = f"message {index}"
        if not isinstance(message, dict) or message.get("role") not in ROLES:
            raise _broken(number, f"{where} has no known role.")
        content = message.get("content")
        if not isinstance(content, str) and not message.get("tool_calls"):
            raise _broken(number, f"{where} has no content.")
        if message.get("weight", 1) not in (0, 1):
            raise _broken(number, f"{where} has a weight that is not 0 or 1.")
        tokens += TOKENS_PER_MESSAGE + count_tokens(content or "")
    if messages[-1]["role"] != "assistant":
        raise _broken(number, "last message is not from the assistant.")
    return tokens


def _broken(number: int, problem: str) -> TrainingFileError:
    return TrainingFileError(f"Invalid file format. Example {number}, {problem}")
