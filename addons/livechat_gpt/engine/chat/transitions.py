# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The rules of the state machine: what follows from an event in each state.

:func:`transition` has no effects of its own: the caller stores the new
:class:`ChatState` and carries out the effects, all in one transaction. Messages are
known by numbers that rise, as the ids of the database do.

``epoch`` is a fencing token. It is raised whenever the chat is assigned to somebody
else: to the assistant, to a person, or to nobody. An answer of the model carries the
epoch in which it was asked for, and is dropped when the epoch is another one by then.
The one exception is an answer that took too long: a person was called instead, and
until they come the answer is still posted.

Nobody waits for ever: :class:`~.events.Tick` tells how long things have
lasted, and what waits for too long is ended by it.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from . import effects, events
from .state import ChatState, State, Text

# A visitor who never stops writing is answered all the same after so many were dropped.
MAX_DROPPED_ANSWERS = 2
# So many people are called, one after the other, if none of them writes.
MAX_CALLS = 3

Transition = tuple[ChatState, tuple[effects.Effect, ...]]
_NOTHING: tuple[effects.Effect, ...] = (effects.StopTyping(),)
_FAILED = ("error", "budget")


def transition(current: ChatState, event: events.Event) -> Transition:
    """Return what becomes of the chat, and what is to be done."""
    return _RULES[type(event)](current, event)


def is_with_assistant(current: ChatState) -> bool:
    """Tell whether the assistant may write: nobody else is there to."""
    return current.state == "bot" or (current.state == "waiting" and not current.called)


def _is_with_person(current: ChatState) -> bool:
    return current.state == "human" or (current.state == "waiting" and current.called)


def _reassign(current: ChatState, state: State, **changes: Any) -> ChatState:
    """Assign the chat to somebody else: answers asked for before are dropped."""
    return replace(current, state=state, epoch=current.epoch + 1, dropped=0, **changes)


def _is_late(current: ChatState, message: int) -> bool:
    """Tell whether the answer to ``message`` is awaited although a person was called.

    Who comes ends that: every event by which a person comes forgets ``late``.
    """
    return bool(message) and message == current.late


def _answer_due(current: ChatState, event: events.AnswerDue) -> Transition:
    if current.called and _is_late(current, event.message):
        return current, (effects.AskModel(),) if event.wish == "answer" else _NOTHING
    if event.message < event.newest:
        return current, ()  # the newer message has its own job
    if current.answered >= event.message or not is_with_assistant(current):
        return current, _NOTHING
    wanted = current.contact in ("asked", "asked_again")
    if wanted and event.wish == "contact":
        done = replace(current, contact="given")
        thanks = (effects.TakeContact(), effects.Say("thanks"))
        if event.asks:
            done, asking = _ask(done)
            return done, (*thanks, *asking)
        return replace(done, answered=event.message), thanks
    if current.contact == "asked" and event.wish == "bad_contact":
        done = replace(current, contact="asked_again", answered=event.message)
        return done, (effects.Say("bad_contact"),)
    if event.wish in ("person", "repeated", "limit"):
        reason = "asked" if event.wish == "person" else event.wish
        return current, (effects.CallPerson(reason, event.message),)
    if event.wish == "file":
        return replace(current, answered=event.message), (effects.Say("file"),)
    return _ask(current)


def _ask(current: ChatState) -> Transition:
    if current.state == "waiting":
        # Nobody is there, and the visitor goes on: they are not left alone.
        return _reassign(current, "bot"), (effects.AskModel(),)
    return current, (effects.AskModel(),)


def _decided(current: ChatState, event: events.ModelDecided) -> Transition:
    late = _is_late(current, event.message) and event.epoch >= current.late_epoch
    its_own = event.epoch == current.epoch and is_with_assistant(current)
    if not late and (not its_own or current.answered >= event.message):
        return current, _NOTHING
    if event.asked == "deleted":
        return current, _NOTHING
    if _is_to_be_dropped(current, event):
        # The newer message has its own job, which answers this one as well.
        again = (effects.CatchUp(),) if event.asked == "changed" else ()
        return replace(current, dropped=current.dropped + 1), again
    # What is posted for a newer message answers the older ones, too.
    late_now = 0 if event.message >= current.late else current.late
    current = replace(current, dropped=0, late=late_now)
    if event.decision.action == "handoff":
        if current.called:
            return current, _NOTHING  # a person was called already
        return current, (effects.CallPerson(event.decision.reason, event.message),)
    asked = current.questions + 1 if event.decision.action == "ask" else 0
    answered = max(current.answered, event.message)
    return replace(current, answered=answered, questions=asked), (effects.PostAnswer(),)


def _is_to_be_dropped(current: ChatState, event: events.ModelDecided) -> bool:
    """Tell whether the visitor's words are others by now, and are asked anew."""
    if current.dropped >= MAX_DROPPED_ANSWERS:
        return False
    is_newer_due = event.message < event.newest and current.answered < event.newest
    return event.asked == "changed" or (is_newer_due and not current.called)


def _person_called(current: ChatState, event: events.PersonCalled) -> Transition:
    calls = 0
    if event.reason == "timeout":
        # Not answered yet: the answer may still come.
        changes = {"late": event.message, "late_epoch": current.epoch}
        calls = current.calls
    else:
        changes = {"late": 0, "answered": max(current.answered, event.message)}
    text: Text
    if event.found:
        done = _reassign(
            current, "waiting", called=True, wanted=True, questions=0,
            calls=calls + 1, **changes,
        )  # fmt: skip
        text = "failed_calling" if event.reason in _FAILED else "calling"
        return done, (
            effects.Say("slow_calling" if event.reason == "timeout" else text),
        )
    done = _reassign(
        current, "waiting", wanted=True, questions=0, calls=calls,
        contact=current.contact or "asked", **changes,
    )  # fmt: skip
    if event.reason == "timeout":
        text = "slow_noted" if current.contact else "slow"
    elif event.reason in _FAILED:
        text = "failed_noted" if current.contact else "failed"
    else:
        text = "noted" if current.contact else "nobody"
    return done, (effects.Say(text), effects.TellColleagues(event.reason))


def _person_joined(current: ChatState, _event: events.PersonJoined) -> Transition:
    if current.state in ("human", "closed"):
        return current, ()
    if current.called:
        return replace(current, late=0), ()
    return _reassign(current, "waiting", called=True, wanted=True, late=0), _NOTHING


def _person_wrote(current: ChatState, _event: events.PersonWrote) -> Transition:
    if current.state in ("human", "closed"):
        return current, ()
    return _to_person(current), _NOTHING


def _taken_over(current: ChatState, _event: events.TakenOver) -> Transition:
    if current.state in ("human", "closed"):
        return current, ()
    return _to_person(current), (effects.Say("taken_over"),)


def _to_person(current: ChatState) -> ChatState:
    return _reassign(current, "human", called=False, wanted=False, late=0, calls=0)


def _given_back(
    current: ChatState, _event: events.GivenBack | events.PersonLeft | events.Tick
) -> Transition:
    if current.state not in ("human", "waiting"):
        return current, ()
    done = _reassign(
        current, "bot", called=False, wanted=False, questions=0, late=0, calls=0
    )
    # A message may be on its way that saw a person in charge, and enqueued no job.
    return done, (effects.RestoreAssistant(), effects.Say("back"), effects.CatchUp())


def _person_left(current: ChatState, event: events.PersonLeft) -> Transition:
    if current.state == "human":
        return _given_back(current, event)
    return _replacing(current) if current.called else (current, ())


def _reassigned(current: ChatState, _event: events.Reassigned) -> Transition:
    if not _is_with_person(current):
        return current, ()
    done = _reassign(current, "waiting", called=True, wanted=True, late=0)
    return done, (effects.Say("calling_next"),)


def _replacing(current: ChatState) -> Transition:
    """Return what is done when the person in the chat does not answer."""
    if current.calls < MAX_CALLS:
        return current, (effects.CallPerson("person", purpose="replace"),)
    return _person_replaced(current, events.PersonReplaced(found=False))


def _person_replaced(current: ChatState, event: events.PersonReplaced) -> Transition:
    if not _is_with_person(current):
        return current, ()
    if event.found:
        done = _reassign(
            current, "waiting", called=True, wanted=True, calls=current.calls + 1
        )
        return done, (effects.Say("calling_next"),)
    text: Text = "noted" if current.contact else "busy"
    done = _reassign(
        current, "waiting", called=False, wanted=True, questions=0,
        contact=current.contact or "asked",
    )  # fmt: skip
    return done, (
        effects.RestoreAssistant(),
        effects.Say(text),
        effects.TellColleagues("person"),
        effects.CatchUp(),
    )


def _person_available(current: ChatState, event: events.PersonAvailable) -> Transition:
    if not event.is_visitor_here:
        return current, ()  # a person would wait for them
    if current.wanted and is_with_assistant(current) and current.calls < MAX_CALLS:
        return current, (effects.CallPerson("asked", purpose="pick_up"),)
    return current, ()


def _person_found(current: ChatState, _event: events.PersonFound) -> Transition:
    if not (current.wanted and is_with_assistant(current)):
        return current, ()
    done = _reassign(current, "waiting", called=True, calls=current.calls + 1)
    return done, (effects.Say("calling"),)


def _tick(current: ChatState, event: events.Tick) -> Transition:
    if current.state == "closed":
        return current, ()
    if 0 < event.timeouts.idle <= event.idle:
        done, first = _closed(current, event)
        return done, (*first, effects.CloseChat())
    if _is_with_person(current):
        return _tick_of_person(current, event)
    return _tick_of_assistant(current, event)


def _has_waited(event: events.Tick, limit: float) -> bool:
    """Tell whether the visitor waits for too long, though they go on writing."""
    waits = event.newest >= limit or event.oldest >= 2 * limit
    return bool(event.message) and limit > 0 and waits


def _tick_of_person(current: ChatState, event: events.Tick) -> Transition:
    limits = event.timeouts
    is_gone = 0 < limits.offline <= event.offline
    if current.called:
        is_silent = 0 < limits.person <= event.assigned
    elif event.message:
        is_silent = _has_waited(event, limits.person)
    else:
        # The visitor has their answer. Whoever gave it will not go on with the chat.
        return _given_back(current, event) if is_gone else (current, ())
    return _replacing(current) if is_gone or is_silent else (current, ())


def _tick_of_assistant(current: ChatState, event: events.Tick) -> Transition:
    if event.message <= current.answered:
        return current, ()
    is_lost = not event.has_job and _has_waited(event, event.timeouts.lost)
    again: tuple[effects.Effect, ...] = (effects.CatchUp(),) if is_lost else ()
    if current.late >= event.message or not _has_waited(event, event.timeouts.answer):
        return current, again
    if current.calls < MAX_CALLS:
        return current, (effects.CallPerson("timeout", event.message), *again)
    current, told = _person_called(
        current, events.PersonCalled(False, "timeout", event.message)
    )
    return current, (*told, *again)


def _closed(current: ChatState, _event: events.ChatClosed | events.Tick) -> Transition:
    if current.state == "closed":
        return current, ()
    return _reassign(current, "closed", called=False, late=0), ()


_RULES: dict[type, Callable[[ChatState, Any], Transition]] = {
    events.AnswerDue: _answer_due,
    events.ModelDecided: _decided,
    events.PersonCalled: _person_called,
    events.PersonJoined: _person_joined,
    events.PersonWrote: _person_wrote,
    events.PersonLeft: _person_left,
    events.Reassigned: _reassigned,
    events.TakenOver: _taken_over,
    events.GivenBack: _given_back,
    events.PersonAvailable: _person_available,
    events.PersonFound: _person_found,
    events.PersonReplaced: _person_replaced,
    events.Tick: _tick,
    events.ChatClosed: _closed,
}
