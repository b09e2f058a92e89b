# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is to be done when the state of a chat has changed."""

from dataclasses import dataclass
from typing import Literal

from .state import Reason, Text


@dataclass(frozen=True)
class AskModel:
    """Ask the model for an answer."""


@dataclass(frozen=True)
class PostAnswer:
    """Post the answer of the model."""


@dataclass(frozen=True)
class Say:
    """Post one of the assistant's own texts."""

    text: Text


@dataclass(frozen=True)
class CallPerson:
    """Look for a person. The next event is :class:`PersonCalled`.

    :param purpose: for the visitor's ``message``; to ``pick_up`` a visitor who found
        nobody, which ends in :class:`PersonFound` if at all; or to ``replace`` a person
        who does not answer, which ends in :class:`PersonReplaced`
    """

    reason: Reason
    message: int = 0
    purpose: Literal["call", "pick_up", "replace"] = "call"


@dataclass(frozen=True)
class TellColleagues:
    """Nobody is there: see to it that somebody hears of it later."""

    reason: Reason


@dataclass(frozen=True)
class TakeContact:
    """Keep the contact that the visitor's messages hold."""


@dataclass(frozen=True)
class CatchUp:
    """See whether a message was left unanswered while the chat was a person's."""


@dataclass(frozen=True)
class StopTyping:
    """Nothing will be posted now."""


@dataclass(frozen=True)
class RestoreAssistant:
    """Make the chat the assistant's own again."""


@dataclass(frozen=True)
class CloseChat:
    """End the chat, in which nobody writes any more."""


Effect = (
    AskModel | PostAnswer | Say | CallPerson | TellColleagues | TakeContact | CatchUp
    | StopTyping | RestoreAssistant | CloseChat
)  # fmt: skip
