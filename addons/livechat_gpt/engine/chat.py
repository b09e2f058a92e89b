# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A chat, what happens in it, and what is to be done: the words of ``engine.turns``."""

from dataclasses import dataclass
from typing import Literal

State = Literal["bot", "waiting", "human", "closed"]
# Whether the visitor was asked how to reach him; he is asked again once, for a contact
# that cannot be right.
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
    "person",
]
# What the visitor's text asks for, as far as that can be told without a model.
Wish = Literal[
    "answer", "person", "contact", "bad_contact", "file", "repeated", "limit"
]
Text = Literal[
    "calling", "failed_calling", "nobody", "failed", "noted", "failed_noted",
    "busy", "taken_over", "back", "thanks", "bad_contact", "file",
]  # fmt: skip


@dataclass(frozen=True)
class Turns:
    """A chat as this machine sees it.

    :param answered: the visitor's last message that was answered, or passed on
    :param called: a person was called into the chat and is expected to write
    :param wanted: a person was wanted, and none has come yet
    :param questions: questions in a row that the assistant asked instead of answering
    """

    state: State = "bot"
    fence: int = 0
    answered: int = 0
    dropped: int = 0
    called: bool = False
    wanted: bool = False
    contact: Contact = ""
    questions: int = 0


# Events ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Due:
    """A job is there to answer the visitor's messages up to ``message``."""

    message: int
    newest: int
    wish: Wish = "answer"


@dataclass(frozen=True)
class Draft:
    """What the model wants: ``answer``, ``ask`` the visitor something, or hand off."""

    action: Literal["answer", "ask", "handoff"] = "answer"
    reason: Reason = "model"


@dataclass(frozen=True)
class Drafted:
    """The model's draft for ``message`` came, begun behind ``fence``."""

    message: int
    newest: int
    fence: int
    draft: Draft = Draft()


@dataclass(frozen=True)
class Called:
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
class Appeared:
    """Somebody may be available now for a visitor who wanted a person."""


@dataclass(frozen=True)
class PickedUp:
    """Somebody was found for a visitor who wanted a person."""


@dataclass(frozen=True)
class Overdue:
    """The person who was called has said nothing for too long."""


@dataclass(frozen=True)
class ChatClosed:
    """The chat is over."""


Event = (
    Due | Drafted | Called | PersonJoined | PersonWrote | PersonLeft | TakenOver
    | GivenBack | Appeared | PickedUp | Overdue | ChatClosed
)  # fmt: skip

# Effects --------------------------------------------------------------------------


@dataclass(frozen=True)
class Ask:
    """Ask the model for a draft."""


@dataclass(frozen=True)
class Post:
    """Post the draft."""


@dataclass(frozen=True)
class Say:
    """Post one of the assistant's own texts."""

    text: Text


@dataclass(frozen=True)
class CallPerson:
    """Look for a person; the next event is :class:`Called`, or :class:`PickedUp`."""

    reason: Reason
    message: int = 0
    is_pick_up: bool = False


@dataclass(frozen=True)
class TellColleagues:
    """Nobody is there: see to it that somebody hears of it later."""

    reason: Reason


@dataclass(frozen=True)
class TakeContact:
    """Keep the contact that the visitor's messages hold."""


@dataclass(frozen=True)
class CatchUp:
    """See whether a message was left unanswered while it was somebody else's turn."""


@dataclass(frozen=True)
class StopTyping:
    """Nothing will be posted now."""


Effect = (
    Ask | Post | Say | CallPerson | TellColleagues | TakeContact | CatchUp | StopTyping
)
