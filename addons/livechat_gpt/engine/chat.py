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
class Turns:
    """A chat as this machine sees it.

    :param answered: the visitor's last message that was answered, or passed on
    :param called: a person was called into the chat and is expected to write
    :param wanted: a person was wanted, and none has come yet
    :param questions: questions in a row that the assistant asked instead of answering
    :param late: a message whose answer took too long, so that a person was called; it
        is answered all the same while no person has come
    :param late_epoch: the value of ``fence`` then; drafts begun before are dropped
    :param calls: people called in a row, none of whom has written
    """

    state: State = "bot"
    fence: int = 0
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
    """The model's draft for ``message`` came, begun behind ``fence``.

    :param asked: what became of the visitor's words meanwhile: they were edited, or all
        of them deleted
    """

    message: int
    newest: int
    fence: int
    draft: Draft = Draft()
    asked: Literal["same", "changed", "deleted"] = "same"


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
class PassedOn:
    """The person is gone; another one, who has not written, is in the chat."""


@dataclass(frozen=True)
class Replaced:
    """How looking for somebody in place of a person who does not answer ended."""

    found: bool


@dataclass(frozen=True)
class Tick:
    """The clock looks at the chat. All times are seconds that have passed.

    :param message: the visitor's newest message without an answer; 0: there is none
    :param newest: since it was written, or it became this one's turn
    :param oldest: since the oldest message without an answer was
    :param turn: since it became this one's turn
    :param offline: since the last person in the chat went offline; 0: one is online
    :param idle: since anything was said
    :param has_job: a job is there for the visitor's messages
    """

    message: int = 0
    newest: float = 0
    oldest: float = 0
    turn: float = 0
    offline: float = 0
    idle: float = 0
    has_job: bool = True
    timeouts: Timeouts = Timeouts()


@dataclass(frozen=True)
class ChatClosed:
    """The chat is over."""


Event = (
    Due | Drafted | Called | PersonJoined | PersonWrote | PersonLeft | PassedOn
    | TakenOver | GivenBack | Appeared | PickedUp | Replaced | Tick | ChatClosed
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
    """Look for a person. The next event is :class:`Called`.

    :param purpose: for the visitor's ``message``; to ``pick_up`` a visitor who found
        nobody, which ends in :class:`PickedUp` if at all; or to ``replace`` a person
        who does not answer, which ends in :class:`Replaced`
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
    """See whether a message was left unanswered while it was somebody else's turn."""


@dataclass(frozen=True)
class StopTyping:
    """Nothing will be posted now."""


@dataclass(frozen=True)
class Return:
    """Make the chat the assistant's own again."""


@dataclass(frozen=True)
class CloseChat:
    """End the chat, in which nobody writes any more."""


Effect = (
    Ask | Post | Say | CallPerson | TellColleagues | TakeContact | CatchUp | StopTyping
    | Return | CloseChat
)  # fmt: skip
