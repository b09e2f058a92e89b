# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The state of a chat, and the words that events and effects share."""

from dataclasses import dataclass
from typing import Literal

State = Literal["bot", "waiting", "human", "closed"]
# Whether the visitor was asked how to reach them; they are asked again once, for a
# contact that cannot be right.
Contact = Literal["", "asked", "asked_again", "given"]
Reason = Literal[
    "asked",
    "model",
    "confidence",
    "missing",
    "no_source",
    "repeated",
    "limit",
    "error",
    "budget",
    "timeout",
    "person",
]
# What the visitor's text asks for, as far as that can be told without a model.
Wish = Literal[
    "answer", "person", "contact", "bad_contact", "file", "repeated", "limit"
]
Text = Literal[
    "calling", "failed_calling", "slow_calling", "calling_next", "nobody", "failed",
    "slow", "noted", "failed_noted", "slow_noted", "busy", "taken_over", "back",
    "thanks", "bad_contact", "file",
]  # fmt: skip


@dataclass(frozen=True)
class ChatState:
    """A chat as the state machine sees it.

    :param answered: the visitor's last message that was answered, or passed on
    :param called: a person was called into the chat and is expected to write
    :param wanted: a person was wanted, and none has come yet
    :param questions: questions in a row that the assistant asked instead of answering
    :param late: a message whose answer took too long, so that a person was called; it
        is answered all the same while no person has come
    :param late_epoch: the epoch then; answers asked for before it are dropped
    :param calls: people called in a row, none of whom has written
    """

    state: State = "bot"
    epoch: int = 0
    answered: int = 0
    dropped: int = 0
    called: bool = False
    wanted: bool = False
    contact: Contact = ""
    questions: int = 0
    late: int = 0
    late_epoch: int = 0
    calls: int = 0


@dataclass(frozen=True)
class Timeouts:
    """How long each is waited for, in seconds; 0: for ever.

    :param answer: the assistant's answer
    :param person: a person who was called, or whom the visitor wrote to
    :param offline: a person whose browser is gone
    :param lost: a message for which there is no job
    :param idle: the next message of a chat
    """

    answer: float = 30
    person: float = 120
    offline: float = 90
    lost: float = 30
    idle: float = 24 * 3600
