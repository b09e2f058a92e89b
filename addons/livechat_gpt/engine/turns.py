# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whose turn it is in a chat: what becomes of it with every event, and what is to do.

``step`` is the whole of it, and has no effects of its own: whoever drives it stores the
new :class:`Turns` and carries out the effects, all in one transaction. The visitor's
messages are numbers that rise, as those of the database do.

``fence`` is raised whenever it becomes another one's turn. A draft carries the value it
was begun with; one that comes with another value is dropped. The one exception is an
answer that took too long: a person was called instead, and until one comes it is still
welcome.

Nobody waits for ever: :class:`Tick` tells how long things have lasted, and what waits
for too long is ended by it.
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
    CloseChat,
    Contact,
    Draft,
    Drafted,
    Due,
    Effect,
    Event,
    GivenBack,
    PassedOn,
    PersonJoined,
    PersonLeft,
    PersonWrote,
    PickedUp,
    Post,
    Reason,
    Replaced,
    Return,
    Say,
    State,
    StopTyping,
    TakeContact,
    TakenOver,
    TellColleagues,
    Text,
    Tick,
    Timeouts,
    Turns,
    Wish,
)

__all__ = [
    "MAX_CALLS",
    "MAX_DROPPED_DRAFTS",
    "Appeared",
    "Ask",
    "CallPerson",
    "Called",
    "CatchUp",
    "ChatClosed",
    "CloseChat",
    "Contact",
    "Draft",
    "Drafted",
    "Due",
    "Effect",
    "Event",
    "GivenBack",
    "PassedOn",
    "PersonJoined",
    "PersonLeft",
    "PersonWrote",
    "PickedUp",
    "Post",
    "Reason",
    "Replaced",
    "Return",
    "Say",
    "State",
    "StopTyping",
    "TakeContact",
    "TakenOver",
    "TellColleagues",
    "Text",
    "Tick",
    "Timeouts",
    "Turns",
    "Wish",
    "is_its_turn",
    "step",
]

# A visitor who never stops writing is answered all the same after so many drafts.
MAX_DROPPED_DRAFTS = 2
# So many people are called, one after the other, if none of them writes.
MAX_CALLS = 3

Step = tuple[Turns, tuple[Effect, ...]]
_NOTHING: tuple[Effect, ...] = (StopTyping(),)
_FAILED = ("error", "budget")


def step(turns: Turns, event: Event) -> Step:
    """Return what becomes of the chat, and what is to be done."""
    return _RULES[type(event)](turns, event)


def is_its_turn(turns: Turns) -> bool:
    """Tell whether the assistant may write: nobody else is there to."""
    return turns.state == "bot" or (turns.state == "waiting" and not turns.called)


def _is_persons_turn(turns: Turns) -> bool:
    return turns.state == "human" or (turns.state == "waiting" and turns.called)


def _pass_on(turns: Turns, state: State, **changes: object) -> Turns:
    """Return the chat in another one's hands: drafts begun before are dropped."""
    return replace(turns, state=state, fence=turns.fence + 1, dropped=0, **changes)


def _is_late(turns: Turns, message: int) -> bool:
    """Tell whether the answer to ``message`` is awaited although a person was called.

    Who comes ends that: every event by which a person comes forgets ``late``.
    """
    return bool(message) and message == turns.late


def _due(turns: Turns, event: Due) -> Step:
    if turns.called and _is_late(turns, event.message):
        return turns, (Ask(),) if event.wish == "answer" else _NOTHING
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
        # Nobody is there, and the visitor goes on: they are not left alone.
        return _pass_on(turns, "bot"), (Ask(),)
    return turns, (Ask(),)


def _drafted(turns: Turns, event: Drafted) -> Step:
    late = _is_late(turns, event.message) and event.fence >= turns.late_epoch
    its_own = event.fence == turns.fence and is_its_turn(turns)
    if not late and (not its_own or turns.answered >= event.message):
        return turns, _NOTHING
    if event.asked == "deleted":
        return turns, _NOTHING
    if _is_to_be_dropped(turns, event):
        # The newer message has its own job, which answers this one as well.
        again = (CatchUp(),) if event.asked == "changed" else ()
        return replace(turns, dropped=turns.dropped + 1), again
    # What is posted for a newer message answers the older ones, too.
    late_now = 0 if event.message >= turns.late else turns.late
    turns = replace(turns, dropped=0, late=late_now)
    if event.draft.action == "handoff":
        if turns.called:
            return turns, _NOTHING  # a person was called already
        return turns, (CallPerson(event.draft.reason, event.message),)
    asked = turns.questions + 1 if event.draft.action == "ask" else 0
    answered = max(turns.answered, event.message)
    return replace(turns, answered=answered, questions=asked), (Post(),)


def _is_to_be_dropped(turns: Turns, event: Drafted) -> bool:
    """Tell whether the visitor's words are others by now, and are asked anew."""
    if turns.dropped >= MAX_DROPPED_DRAFTS:
        return False
    is_newer_due = event.message < event.newest and turns.answered < event.newest
    return event.asked == "changed" or (is_newer_due and not turns.called)


def _called(turns: Turns, event: Called) -> Step:
    calls = 0
    if event.reason == "timeout":
        # Not answered yet: the answer may still come.
        changes = {"late": event.message, "late_epoch": turns.fence}
        calls = turns.calls
    else:
        changes = {"late": 0, "answered": max(turns.answered, event.message)}
    text: Text
    if event.found:
        done = _pass_on(
            turns, "waiting", called=True, wanted=True, questions=0,
            calls=calls + 1, **changes,
        )  # fmt: skip
        text = "failed_calling" if event.reason in _FAILED else "calling"
        return done, (Say("slow_calling" if event.reason == "timeout" else text),)
    done = _pass_on(
        turns, "waiting", wanted=True, questions=0, calls=calls,
        contact=turns.contact or "asked", **changes,
    )  # fmt: skip
    if event.reason == "timeout":
        text = "slow_noted" if turns.contact else "slow"
    elif event.reason in _FAILED:
        text = "failed_noted" if turns.contact else "failed"
    else:
        text = "noted" if turns.contact else "nobody"
    return done, (Say(text), TellColleagues(event.reason))


def _person_joined(turns: Turns, _event: PersonJoined) -> Step:
    if turns.state in ("human", "closed"):
        return turns, ()
    if turns.called:
        return replace(turns, late=0), ()
    return _pass_on(turns, "waiting", called=True, wanted=True, late=0), _NOTHING


def _person_wrote(turns: Turns, _event: PersonWrote) -> Step:
    if turns.state in ("human", "closed"):
        return turns, ()
    return _to_person(turns), _NOTHING


def _taken_over(turns: Turns, _event: TakenOver) -> Step:
    if turns.state in ("human", "closed"):
        return turns, ()
    return _to_person(turns), (Say("taken_over"),)


def _to_person(turns: Turns) -> Turns:
    return _pass_on(turns, "human", called=False, wanted=False, late=0, calls=0)


def _given_back(turns: Turns, _event: GivenBack | PersonLeft | Tick) -> Step:
    if turns.state not in ("human", "waiting"):
        return turns, ()
    done = _pass_on(
        turns, "bot", called=False, wanted=False, questions=0, late=0, calls=0
    )
    # A message may be on its way that saw a person's turn and left no job.
    return done, (Return(), Say("back"), CatchUp())


def _person_left(turns: Turns, event: PersonLeft) -> Step:
    if turns.state == "human":
        return _given_back(turns, event)
    return _replacing(turns) if turns.called else (turns, ())


def _passed_on(turns: Turns, _event: PassedOn) -> Step:
    if not _is_persons_turn(turns):
        return turns, ()
    done = _pass_on(turns, "waiting", called=True, wanted=True, late=0)
    return done, (Say("calling_next"),)


def _replacing(turns: Turns) -> Step:
    """Return what is done when the person in the chat does not answer."""
    if turns.calls < MAX_CALLS:
        return turns, (CallPerson("person", purpose="replace"),)
    return _replaced(turns, Replaced(found=False))


def _replaced(turns: Turns, event: Replaced) -> Step:
    if not _is_persons_turn(turns):
        return turns, ()
    if event.found:
        done = _pass_on(
            turns, "waiting", called=True, wanted=True, calls=turns.calls + 1
        )
        return done, (Say("calling_next"),)
    text: Text = "noted" if turns.contact else "busy"
    done = _pass_on(
        turns, "waiting", called=False, wanted=True, questions=0,
        contact=turns.contact or "asked",
    )  # fmt: skip
    return done, (Return(), Say(text), TellColleagues("person"), CatchUp())


def _appeared(turns: Turns, _event: Appeared) -> Step:
    if turns.wanted and is_its_turn(turns) and turns.calls < MAX_CALLS:
        return turns, (CallPerson("asked", purpose="pick_up"),)
    return turns, ()


def _picked_up(turns: Turns, _event: PickedUp) -> Step:
    if not (turns.wanted and is_its_turn(turns)):
        return turns, ()
    done = _pass_on(turns, "waiting", called=True, calls=turns.calls + 1)
    return done, (Say("calling"),)


def _tick(turns: Turns, event: Tick) -> Step:
    if turns.state == "closed":
        return turns, ()
    if 0 < event.timeouts.idle <= event.idle:
        done, effects = _closed(turns, event)
        return done, (*effects, CloseChat())
    if _is_persons_turn(turns):
        return _tick_of_person(turns, event)
    return _tick_of_assistant(turns, event)


def _has_waited(event: Tick, limit: float) -> bool:
    """Tell whether the visitor waits for too long, though they go on writing."""
    waits = event.newest >= limit or event.oldest >= 2 * limit
    return bool(event.message) and limit > 0 and waits


def _tick_of_person(turns: Turns, event: Tick) -> Step:
    limits = event.timeouts
    is_gone = 0 < limits.offline <= event.offline
    if turns.called:
        is_silent = 0 < limits.person <= event.turn
    elif event.message:
        is_silent = _has_waited(event, limits.person)
    else:
        # The visitor has their answer. Whoever gave it will not go on with the chat.
        return _given_back(turns, event) if is_gone else (turns, ())
    return _replacing(turns) if is_gone or is_silent else (turns, ())


def _tick_of_assistant(turns: Turns, event: Tick) -> Step:
    if event.message <= turns.answered:
        return turns, ()
    is_lost = not event.has_job and _has_waited(event, event.timeouts.lost)
    effects: tuple[Effect, ...] = (CatchUp(),) if is_lost else ()
    if turns.late >= event.message or not _has_waited(event, event.timeouts.answer):
        return turns, effects
    if turns.calls < MAX_CALLS:
        return turns, (CallPerson("timeout", event.message), *effects)
    turns, told = _called(turns, Called(False, "timeout", event.message))
    return turns, (*told, *effects)


def _closed(turns: Turns, _event: ChatClosed | Tick) -> Step:
    if turns.state == "closed":
        return turns, ()
    return _pass_on(turns, "closed", called=False, late=0), ()


_RULES: dict[type, Callable[[Turns, Event], Step]] = {
    Due: _due,
    Drafted: _drafted,
    Called: _called,
    PersonJoined: _person_joined,
    PersonWrote: _person_wrote,
    PersonLeft: _person_left,
    PassedOn: _passed_on,
    TakenOver: _taken_over,
    GivenBack: _given_back,
    Appeared: _appeared,
    PickedUp: _picked_up,
    Replaced: _replaced,
    Tick: _tick,
    ChatClosed: _closed,
}
