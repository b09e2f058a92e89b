# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a provider or a trainer says that its files must be like."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Rules:
    """The rules of a format.

    :param shape: ``chat``, ``openai_preference``, ``trl_preference`` or ``kto``
    :param weight_allowed: an assistant's message may have ``weight``, 0 or 1
    :param flag: another key that an assistant's message may have, true or false
    :param alternation: after the system's message, user and assistant take turns
    :param byte_order_mark: the file must begin with one; others must not
    :param min_examples, max_examples, max_bytes: 0 is no limit
    """

    shape: str
    weight_allowed: bool = False
    flag: str = ""
    alternation: bool = False
    byte_order_mark: bool = False
    min_examples: int = 0
    max_examples: int = 0
    max_bytes: int = 0


@dataclass(frozen=True)
class Violation:
    """A rule that a file breaks.

    :param code: of the rule
    :param file: the name of the file
    :param line: its number, from 1; 0: the whole file
    :param detail: what was found there: a key, a role, a count; never a text of it
    """

    code: str
    file: str
    line: int = 0
    detail: str = ""


@dataclass
class Outcome:
    """What the check of a file, or of several, came to.

    :param violations: the first of them
    :param count: of all of them
    :param lines: that the files have
    """

    violations: list[Violation] = field(default_factory=list)
    count: int = 0
    lines: int = 0
