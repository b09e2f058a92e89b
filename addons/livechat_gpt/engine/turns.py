# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whose turn it is in a chat: what becomes of it with every event, and what is to do.

``step`` is the whole of it, and has no effects of its own: whoever drives it stores the
new :class:`Turns` and carries out the effects, all in one transaction. The visitor's
messages are numbers that rise, as those of the database do.

``fence`` is raised whenever it becomes another one's turn. A draft carries the value it
was begun with; one that comes with another value is dropped.
"""

from collections.abc import Callable
from dataclasses import replace

from .chat import (
    Appeared,
    Ask,
    Called,
    CallPerson,
    CatchUp,
    ChatClosed,
    Contact,
    Draft,
    Drafted,
    Due,
    Effect,
    Event,
    GivenBack,
    Overdue,
    PersonJoined,
    PersonLeft,
    PersonWrote,
    PickedUp,
    Post,
    Reason,
    Say,
    State,
    StopTyping,
    TakeContact,
    TakenOver,
    TellColleagues,
    Text,
    Turns,
    Wish,
)

__all__ = [
    "MAX_DROPPED_DRAFTS",
    "Appeared",
    "Ask",
    "CallPerson",
    "Called",
    "CatchUp",
    "ChatClosed",
    "Contact",
    "Draft",
    "Drafted",
    "Due",
    "Effect",
    "Event",
    "GivenBack",
    "Overdue",
    "PersonJoined",
    "PersonLeft",
    "PersonWrote",
    "PickedUp",
    "Post",
    "Reason",
    "Say",
    "State",
    "StopTyping",
    "TakeContact",
    "TakenOver",
    "TellColleagues",
    "Text",
    "Turns",
    "Wish",
    "is_its_turn",
    "step",
]

# A visitor who never stops writing is answered all the same after so many drafts.
MAX_DROPPED_DRAFTS = 2

Step = tuple[Turns, tuple[Effect, ...]]
_NOTHING: tuple[Effect, ...] = (StopTyping(),)


def step(turns: Turns, event: Event) -> Step:
    """Return what becomes of the chat, and what is to be done."""
    return _RULES[type(event)](turns, event)


def is_its_turn(turns: Turns) -> bool:
    """Tell whether the assistant may write: nobody else is there to."""
    return turns.state == "bot" or (turns.state == "waiting" and not turns.called)


def _pass_on(turns: Turns, state: State, **changes: object) -> Turns:
    """Return the chat in another one's hands: drafts begun before are dropped."""
    return replace(turns, state=state, fence=turns.fence + 1, dropped=0, **changes)


def _due(turns: Turns, event: Due) -> Step:
    if event.message < event.newest:
        return turns, ()  # the newer message has its own job
    if turns.answered >= event.message or not is_its_turn(turns):
        return turns, _NOTHING
    wanted = turns.contact in ("asked", "asked_again")
    if wanted and event.wish == "contact":
        done = replace(turns, contact="given", answered=event.message)
        return done, (TakeContact(), Say("thanks"))
    if turns.contact == "asked" and event.wish == "bad_contact":
        done = replace(turns, contact="asked_again", answered=event.message)
        return done, (Say("bad_contact"),)
    if event.wish in ("person", "repeated", "limit"):
        reason = "asked" if event.wish == "person" else event.wish
        return turns, (CallPerson(reason, event.message),)
    if event.wish == "file":
        return replace(turns, answered=event.message), (Say("file"),)
    if turns.state == "waiting":
        # Nobody is there, and the visitor goes on: he is not left alone.
        return _pass_on(turns, "bot"), (Ask(),)
    return turns, (Ask(),)


def _drafted(turns: Turns, event: Drafted) -> Step:
    stale = event.fence != turns.fence or not is_its_turn(turns)
    if stale or turns.answered >= event.message:
        return turns, _NOTHING
    if event.message < event.newest and turns.dropped < MAX_DROPPED_DRAFTS:
        # The newer message has its own job, which answers this one as well.
        return replace(turns, dropped=turns.dropped + 1), ()
    turns = replace(turns, dropped=0)
    if event.draft.action == "handoff":
        return turns, (CallPerson(event.draft.reason, event.message),)
    asked = turns.questions + 1 if event.draft.action == "ask" else 0
    return replace(turns, answered=event.message, questions=asked), (Post(),)


def _called(turns: Turns, event: Called) -> Step:
    answered = max(turns.answered, event.message)
    failed = event.reason in ("error", "budget")
    if event.found:
        done = _pass_on(
            turns, "waiting", called=True, wanted=True, answered=answered, questions=0
        )
        return done, (Say("failed_calling" if failed else "calling"),)
    text: Text = "failed" if failed else "nobody"
    if turns.contact:
        text = "failed_noted" if failed else "noted"
    done = _pass_on(
        turns, "waiting", wanted=True, answered=answered, questions=0,
        contact=turns.contact or "asked",
    )  # fmt: skip
    return done, (Say(text), TellColleagues(event.reason))


def _person_joined(turns: Turns, _event: PersonJoined) -> Step:
    if turns.state in ("human", "closed") or turns.called:
        return turns, ()
    return _pass_on(turns, "waiting", called=True, wanted=True), _NOTHING


def _person_wrote(turns: Turns, _event: PersonWrote) -> Step:
    if turns.state in ("human", "closed"):
        return turns, ()
    return _pass_on(turns, "human", called=False, wanted=False), _NOTHING


def _taken_over(turns: Turns, _event: TakenOver) -> Step:
    if turns.state in ("human", "closed"):
        return turns, ()
    done = _pass_on(turns, "human", called=False, wanted=False)
    return done, (Say("taken_over"),)


def _given_back(turns: Turns, _event: GivenBack | PersonLeft) -> Step:
    if turns.state not in ("human", "waiting"):
        return turns, ()
    done = _pass_on(turns, "bot", called=False, wanted=False, questions=0)
    # A message may be on its way that saw a person's turn and left no job.
    return done, (Say("back"), CatchUp())


def _person_left(turns: Turns, event: PersonLeft) -> Step:
    if turns.state == "human" or turns.called:
        return _given_back(turns, event)
    return turns, ()


def _appeared(turns: Turns, _event: Appeared) -> Step:
    if turns.wanted and is_its_turn(turns):
        return turns, (CallPerson("asked", is_pick_up=True),)
    return turns, ()


def _picked_up(turns: Turns, _event: PickedUp) -> Step:
    if not (turns.wanted and is_its_turn(turns)):
        return turns, ()
    return _pass_on(turns, "waiting", called=True), (Say("calling"),)


def _overdue(turns: Turns, _event: Overdue) -> Step:
    if not (turns.state == "waiting" and turns.called):
        return turns, ()
    text: Text = "noted" if turns.contact else "busy"
    done = _pass_on(
        turns, "waiting", called=False, wanted=False, contact=turns.contact or "asked"
    )
    return done, (Say(text), TellColleagues("person"), CatchUp())


def _closed(turns: Turns, _event: ChatClosed) -> Step:
    if turns.state == "closed":
        return turns, ()
    return _pass_on(turns, "closed", called=False), ()


_RULES: dict[type, Callable[[Turns, Event], Step]] = {
    Due: _due,
    Drafted: _drafted,
    Called: _called,
    PersonJoined: _person_joined,
    PersonWrote: _person_wrote,
    PersonLeft: _person_left,
    TakenOver: _taken_over,
    GivenBack: _given_back,
    Appeared: _appeared,
    PickedUp: _picked_up,
    Overdue: _overdue,
    ChatClosed: _closed,
}
