# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The checks that the API makes on a file of examples before it tunes."""

import json
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
    """What a usable file has."""

    examples: int
    tokens: int


def read_training_file(content: bytes) -> TrainingSet:
    """Check a JSONL file of chats; raises ``TrainingFileError``."""
    try:
        lines = content.decode().splitlines()
    except UnicodeDecodeError as error:
        raise TrainingFileError("The file is not encoded as UTF-8.") from error
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line.strip()]
    tokens = sum(_example_tokens(_messages(line, n), n) for n, line in numbered)
    if len(numbered) < MINIMUM_EXAMPLES:
        raise TrainingFileError(
            f"Training file has {len(numbered)} example(s), but must have at least "
            f"{MINIMUM_EXAMPLES} examples",
            "invalid_n_examples",
        )
    return TrainingSet(len(numbered), tokens)


def _messages(line: str, number: int) -> list[Any]:
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
    messages = example.get("messages")
    if not isinstance(messages, list) or not messages:
        raise _broken(number, 'is missing key "messages" or has no messages.')
    return messages


def _example_tokens(messages: list[Any], number: int) -> int:
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
