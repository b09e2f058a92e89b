# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What happens in a chat."""

from dataclasses import dataclass, field
from typing import Literal

from .state import Reason, Timeouts, Wish


@dataclass(frozen=True)
class AnswerDue:
    """The visitor's messages up to ``message`` are to be answered now.

    :param asks: the messages ask something besides what ``wish`` says
    """

    message: int
    newest: int
    wish: Wish = "answer"
    asks: bool = False


@dataclass(frozen=True)
class ModelDecision:
    """What the model wants: ``answer``, ``ask`` the visitor something, or hand off."""

    action: Literal["answer", "ask", "handoff"] = "answer"
    reason: Reason = "model"


@dataclass(frozen=True)
class ModelDecided:
    """The model's decision about ``message``; it was asked in ``epoch``.

    :param asked: whether the visitor's messages are the same, changed or deleted since
    """

    message: int
    newest: int
    epoch: int
    decision: ModelDecision = ModelDecision()
    asked: Literal["same", "changed", "deleted"] = "same"


@dataclass(frozen=True)
class PersonCalled:
    """How calling a person ended, who is there for ``message``."""

    found: bool
    reason: Reason
    message: int


@dataclass(frozen=True)
class PersonJoined:
    """An employee came into the chat, and has not written yet."""


@dataclass(frozen=True)
class PersonWrote:
    """An employee wrote to the visitor."""


@dataclass(frozen=True)
class PersonLeft:
    """The last employee left the chat."""


@dataclass(frozen=True)
class TakenOver:
    """An employee pressed the button."""


@dataclass(frozen=True)
class GivenBack:
    """An employee gave the chat back to the assistant."""


@dataclass(frozen=True)
class PersonAvailable:
    """Somebody may be available now for a visitor who wanted a person.

    :param is_visitor_here: whether the visitor would read what a person writes
    """

    is_visitor_here: bool = True


@dataclass(frozen=True)
class PersonFound:
    """Somebody was found for a visitor who wanted a person."""


@dataclass(frozen=True)
class Reassigned:
    """The person is gone; another one, who has not written, is in the chat."""


@dataclass(frozen=True)
class PersonReplaced:
    """How looking for somebody in place of a person who does not answer ended."""

    found: bool


@dataclass(frozen=True)
class Tick:
    """The clock looks at the chat. All times are seconds that have passed.

    :param message: the visitor's newest message without an answer; 0: there is none
    :param newest: since it was written, or the chat was assigned
    :param oldest: since the oldest message without an answer was
    :param assigned: since the chat was assigned to who has it now
    :param offline: since the last person in the chat went offline; 0: one is online
    :param idle: since anything was said
    :param has_job: a job is there for the visitor's messages
    """

    message: int = 0
    newest: float = 0
    oldest: float = 0
    assigned: float = 0
    offline: float = 0
    idle: float = 0
    has_job: bool = True
    timeouts: Timeouts = field(default_factory=Timeouts)


@dataclass(frozen=True)
class ChatClosed:
    """The chat is over."""


Event = (
    AnswerDue | ModelDecided | PersonCalled | PersonJoined | PersonWrote | PersonLeft
    | Reassigned | TakenOver | GivenBack | PersonAvailable | PersonFound
    | PersonReplaced | Tick | ChatClosed
)  # fmt: skip
