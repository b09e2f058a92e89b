# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The state machine of a chat: who is to write in it, and what happens next.

:mod:`.state` is what is stored, :mod:`.events` what happens, :mod:`.effects` what is to
be done then, and :mod:`.transitions` has the rules.
"""

from .effects import (
    AskModel,
    CallPerson,
    CatchUp,
    CloseChat,
    Effect,
    PostAnswer,
    RestoreAssistant,
    Say,
    StopTyping,
    TakeContact,
    TellColleagues,
)
from .events import (
    AnswerDue,
    ChatClosed,
    Event,
    GivenBack,
    ModelDecided,
    ModelDecision,
    PersonAvailable,
    PersonCalled,
    PersonFound,
    PersonJoined,
    PersonLeft,
    PersonReplaced,
    PersonWrote,
    Reassigned,
    TakenOver,
    Tick,
)
from .state import ChatState, Contact, Reason, State, Text, Timeouts, Wish
from .transitions import (
    MAX_CALLS,
    MAX_DROPPED_ANSWERS,
    Transition,
    is_with_assistant,
    transition,
)

__all__ = [
    "MAX_CALLS",
    "MAX_DROPPED_ANSWERS",
    "AnswerDue",
    "AskModel",
    "CallPerson",
    "CatchUp",
    "ChatClosed",
    "ChatState",
    "CloseChat",
    "Contact",
    "Effect",
    "Event",
    "GivenBack",
    "ModelDecided",
    "ModelDecision",
    "PersonAvailable",
    "PersonCalled",
    "PersonFound",
    "PersonJoined",
    "PersonLeft",
    "PersonReplaced",
    "PersonWrote",
    "PostAnswer",
    "Reason",
    "Reassigned",
    "RestoreAssistant",
    "Say",
    "State",
    "StopTyping",
    "TakeContact",
    "TakenOver",
    "TellColleagues",
    "Text",
    "Tick",
    "Timeouts",
    "Transition",
    "Wish",
    "is_with_assistant",
    "transition",
]
