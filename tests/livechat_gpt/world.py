# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A chat whose events come in any order, driven through ``engine.chat``.

It stands in for everything around the engine: the database that keeps the chat, the
jobs that are run, killed and run again, the people who come, fall silent and go, and
the clock. After each event it is seen that nothing happened that must never be; and
after each look at the clock, that nobody waits for longer than was promised.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from odoo.addons.livechat_gpt.engine import chat

# What the visitor reads that ends the assistant's part for now.
_ASKING = ("nobody", "failed", "slow", "busy")
_ANSWERING = ("thanks", "file", "bad_contact")
_CALLING = ("calling", "failed_calling", "slow_calling", "calling_next")
_SLOW = ("slow_calling", "slow", "slow_noted")
# After these somebody owes the visitor a word.
PROMISES = (*_CALLING, "joined")
PATIENCE = chat.Timeouts()
# More than are called one after the other.
PEOPLE = ("ana", "ben", "eva", "leo", "mia")
# The clock looks so often.
LOOKS = 60


def is_assistants(current: chat.ChatState) -> bool:
    """Tell whether the assistant may speak, in other words than the engine's own."""
    nobody_came = current.state == "waiting" and current.called is False
    return nobody_came or current.state == "bot"


@dataclass
class Job:
    """The job of a message: not begun, or thinking, with the epoch in which it began.

    :param asked: the messages that it asked the model, and how often each was edited
    """

    message: int
    epoch: int | None = None
    asked: tuple[tuple[int, int], ...] = ()


@dataclass
class Person:
    """An employee who may answer visitors."""

    is_online: bool
    gone_at: float = 0.0
    is_in_chat: bool = False
    has_written: bool = False
    # Was called, and did not answer.
    gave_no_answer: bool = False


class World:
    """One chat, its visitor, its jobs, the people, and the clock."""

    def __init__(
        self,
        available: bool = False,
        step: Callable[[chat.ChatState, chat.Event], chat.Transition] = chat.transition,
    ) -> None:
        self.step = step
        self.current = chat.ChatState()
        self.people = {name: Person(available) for name in PEOPLE}
        self.operator = ""
        self.newest = 0
        # The visitor's messages: when each was written, and how often it was edited.
        self.written: dict[int, float] = {}
        self.edits: dict[int, int] = {}
        self.deleted: set[int] = set()
        self.jobs: list[Job] = []
        # Posts that have decided whether to leave a job, and are not committed yet.
        self.flying: list[bool] = []
        self.catch_ups = 0
        self.now = 0.0
        self.looked_at = 0.0
        self.assigned_since = 0.0
        # The messages that took too long, and the epoch then.
        self.slow: dict[int, int] = {}
        # Who said what: ("visitor", n), ("answer", n), ("say", text), ("person", name).
        self.log: list[tuple[str, object]] = []
        self.times: list[float] = []

    def _note(self, kind: str, what: object) -> None:
        self.log.append((kind, what))
        self.times.append(self.now)

    # Events

    def visitor_writes(self) -> None:
        self.post_begins()
        self.post_ends()

    def post_begins(self) -> None:
        """The hook of a post: it reads who has the chat, and commits later."""
        if self.current.state != "closed":
            self.flying.append(chat.is_with_assistant(self.current))

    def post_ends(self) -> None:
        if self.flying:
            leaves_job = self.flying.pop(0)
            self.newest += 1
            self.written[self.newest] = self.now
            self._note("visitor", self.newest)
            if leaves_job:
                self.jobs.append(Job(self.newest))

    def visitor_edits(self) -> None:
        if self.newest:
            self.edits[self.newest] = self.edits.get(self.newest, 0) + 1

    def visitor_deletes(self) -> None:
        if self.newest:
            self.deleted.add(self.newest)

    def pending(self) -> list[int]:
        """Return the messages that nobody has answered."""
        after = range(self.current.answered + 1, self.newest + 1)
        return [number for number in after if number not in self.deleted]

    def last_message(self) -> int:
        return max(set(self.written) - self.deleted, default=0)

    def job_starts(self, number: int, wish: chat.Wish = "answer") -> None:
        job = self._job(number, begun=False)
        if job is None:
            return
        if not self.pending():
            self.jobs.remove(job)
            return
        asked = tuple((n, self.edits.get(n, 0)) for n in self.pending())
        effects = self.feed(chat.AnswerDue(job.message, self.last_message(), wish))
        if chat.AskModel() in effects:
            job.epoch, job.asked = self.current.epoch, asked
        else:
            self.jobs.remove(job)

    def job_ends(self, number: int, decision: chat.ModelDecision) -> None:
        job = self._job(number, begun=True)
        if job is not None and job.epoch is not None:
            self.jobs.remove(job)
            self.feed(
                chat.ModelDecided(
                    job.message,
                    self.last_message(),
                    job.epoch,
                    decision,
                    self._asked(job),
                )
            )

    def _asked(self, job: Job) -> Literal["same", "changed", "deleted"]:
        left = [n for n, _edits in job.asked if n not in self.deleted]
        if not left:
            return "deleted"
        same = all(
            n not in self.deleted and self.edits.get(n, 0) == e for n, e in job.asked
        )
        return "same" if same else "changed"

    def job_ends_twice(self, number: int, decision: chat.ModelDecision) -> None:
        """A worker is killed after the answer was applied, before the job was done."""
        job = self._job(number, begun=True)
        if job is not None and job.epoch is not None:
            again = Job(job.message, job.epoch, job.asked)
            self.job_ends(self.jobs.index(job), decision)
            self.jobs.append(again)

    def job_is_killed(self, number: int) -> None:
        """The worker dies; the job is run again from its beginning."""
        job = self._job(number, begun=True)
        if job is not None:
            job.epoch = None

    def job_is_delayed(self, number: int, seconds: float) -> None:
        """The model refuses for so long; the clock is told that at once."""
        job = self._job(number, begun=True)
        if job is not None:
            job.epoch = None
            self.tick(ahead=seconds)

    def job_is_lost(self, number: int) -> None:
        if self.jobs:
            self.jobs.pop(number % len(self.jobs))

    def catches_up(self) -> None:
        """A job that looks for what was left; posts from before it are over by then."""
        while self.flying:
            self.post_ends()
        self.catch_ups = 0
        if self.pending():
            self.jobs.append(Job(self.last_message()))

    def happens(self, event: chat.Event) -> None:
        """Have an event come from the first of the people, who is then online."""
        moves = {
            chat.PersonJoined: self.person_joins,
            chat.PersonWrote: self.person_writes,
            chat.PersonLeft: self.person_leaves,
            chat.TakenOver: self.person_takes_over,
        }
        move = moves.get(type(event))
        if move:
            move("ana")
        else:
            self.feed(event)

    # People

    def comes_online(self, name: str) -> None:
        person = self.people[name]
        if not person.is_online:
            person.is_online, person.gave_no_answer = True, False

    def goes_offline(self, name: str) -> None:
        person = self.people[name]
        if person.is_online:
            person.is_online, person.gone_at = False, self.now

    def person_joins(self, name: str) -> None:
        if self.current.state == "closed" or self.people[name].is_in_chat:
            return
        self.comes_online(name)
        self.people[name].is_in_chat = True
        if self.current.state != "human":
            self._note("say", "joined")  # Odoo's own notice
        if not self.operator:
            self.operator = name
        self.feed(chat.PersonJoined())

    def person_writes(self, name: str) -> None:
        if self.current.state == "closed":
            return
        self.person_joins(name)
        self.comes_online(name)
        self.people[name].has_written = True
        self.people[name].gave_no_answer = False
        self._note("person", name)
        if self.current.state != "human":
            self.operator = name
        # Stored as the model computes it: their message answers those before it.
        answered = max(self.current.answered, self.newest)
        self.current = replace(self.current, answered=answered)
        self.feed(chat.PersonWrote())

    def person_takes_over(self, name: str) -> None:
        if self.current.state in ("human", "closed"):
            return
        self.comes_online(name)
        self.operator = name
        self.feed(chat.TakenOver())
        self.people[name].is_in_chat = True

    def person_leaves(self, name: str) -> None:
        person = self.people[name]
        if not person.is_in_chat or self.current.state == "closed":
            return
        person.is_in_chat = False
        others = [other for other in self.people.values() if other.is_in_chat]
        if not others:
            self.feed(chat.PersonLeft())
        elif name == self.operator:
            self.operator = next(n for n, p in self.people.items() if p.is_in_chat)
            if not self.people[self.operator].has_written:
                self.feed(chat.Reassigned())

    def _find(self, purpose: str) -> str:
        """Return who is called next, empty if there is nobody."""
        if purpose == "replace" and self.operator:
            self.people[self.operator].gave_no_answer = True
        online = [name for name, person in self.people.items() if person.is_online]
        fresh = [name for name in online if not self.people[name].gave_no_answer]
        found = [*fresh, *(online if purpose == "call" else [])]
        return found[0] if found else ""

    def _bring_in(self, name: str) -> None:
        self.operator = name
        self.people[name].is_in_chat = True

    def closes(self) -> None:
        self.feed(chat.ChatClosed())
        self.jobs.clear()
        self.flying.clear()

    # The clock

    def passes(self, seconds: float) -> None:
        """Let time pass, in which the clock looks at the chat as often as it does."""
        until = self.now + seconds
        while self.looked_at + LOOKS <= until:
            self.now = self.looked_at = self.looked_at + LOOKS
            self.tick()
            self.feed(chat.PersonAvailable())
            self.check_clock()
        self.now = until

    def tick(self, ahead: float = 0) -> None:
        """Tell the machine the time; ``ahead``: as it will be."""
        pending = self.pending()
        ages = [self.now - max(self.written[n], self.assigned_since) for n in pending]
        self.feed(
            chat.Tick(
                message=pending[-1] if pending else 0,
                newest=ages[-1] + ahead if pending else 0,
                oldest=ages[0] + ahead if pending else 0,
                assigned=self.now - self.assigned_since,
                offline=self._offline(),
                idle=self.now - self.times[-1] if self.times else 0,
                has_job=bool(self.jobs or self.catch_ups),
            )
        )

    def _offline(self) -> float:
        inside = [person for person in self.people.values() if person.is_in_chat]
        if not inside or any(person.is_online for person in inside):
            return 0
        return min(self.now - person.gone_at for person in inside)

    # The machine

    def feed(self, event: chat.Event) -> tuple[chat.Effect, ...]:
        before = self.current
        self.current, effects = self.step(before, event)
        if self.current.epoch != before.epoch:
            self.assigned_since = self.now
        self._check_step(before, event)
        for effect in effects:
            self._carry_out(effect, before, event)
        return effects

    def _carry_out(
        self, effect: chat.Effect, before: chat.ChatState, event: chat.Event
    ) -> None:
        if isinstance(effect, chat.PostAnswer):
            assert isinstance(event, chat.ModelDecided)
            self._check_post(before, event)
            self._note("answer", event.message)
        elif isinstance(effect, chat.Say):
            assert before.state != "closed", "spoke in a closed chat"
            if effect.text in _ANSWERING:
                assert is_assistants(before), "two voices"
            if effect.text in _SLOW:
                assert isinstance(event, chat.PersonCalled | chat.Tick)
                self.slow[event.message] = before.epoch
            self._note("say", effect.text)
        elif isinstance(effect, chat.CallPerson):
            self._call(effect, before)
        elif isinstance(effect, chat.CatchUp):
            self.catch_ups += 1
        elif isinstance(effect, chat.CloseChat):
            self.jobs.clear()
            self.flying.clear()

    def _call(self, effect: chat.CallPerson, before: chat.ChatState) -> None:
        found = self._find(effect.purpose)
        if effect.purpose == "replace":
            assert not is_assistants(before)
            self.feed(chat.PersonReplaced(bool(found)))
        else:
            assert is_assistants(before), "a person was called while one was there"
            if effect.purpose == "call":
                self.feed(chat.PersonCalled(bool(found), effect.reason, effect.message))
            elif found:
                self.feed(chat.PersonFound())
        if found:
            self._bring_in(found)

    # What must never be

    def _check_post(self, before: chat.ChatState, event: chat.ModelDecided) -> None:
        number = event.message
        assert event.asked != "deleted", "answered what was deleted"
        if is_assistants(before) and event.epoch == before.epoch:
            assert number > before.answered or number in self.slow, "answered twice"
        else:
            self._check_late(event)
        later = [w for k, w in self.log if k == "answer" and int(str(w)) >= number]
        assert not later, "answered twice"

    def _check_late(self, event: chat.ModelDecided) -> None:
        """See that who waits for a person may read what was asked for before."""
        slow = self.slow.get(event.message)
        assert slow is not None, "two voices"
        assert event.epoch >= slow, "a stale decision"
        said = max(i for i, (_kind, what) in enumerate(self.log) if what in _SLOW)
        for kind, what in self.log[said:]:
            came = kind == "person" or what in ("joined", "taken_over", "back")
            assert not came, "two voices: a person has come since"

    def _check_step(self, before: chat.ChatState, event: chat.Event) -> None:
        after = self.current
        assert after.epoch >= before.epoch
        whose = (before.state, before.called), (after.state, after.called)
        if whose[0] != whose[1]:
            assert after.epoch > before.epoch, "reassigned in the old epoch"
        assert after.answered >= before.answered
        assert after.answered <= self.newest
        if before.state == "closed":
            assert after == before, "a closed chat came to life"
        if before.state == "human" and isinstance(
            event, chat.AnswerDue | chat.ModelDecided | chat.PersonCalled
        ):
            assert after == before, "a job changed the chat of a person"

    def check_clock(self) -> None:
        """See that the clock ended what lasted for too long; it has looked just now."""
        if self.current.state == "closed":
            return
        words = [
            (kind, what, at)
            for (kind, what), at in zip(self.log, self.times, strict=True)
            if what not in self.deleted or kind != "visitor"
        ]
        last = max((i for i, w in enumerate(words) if w[0] != "visitor"), default=-1)
        waiting = [at for _kind, _what, at in words[last + 1 :]]
        if waiting:
            assert self.now - waiting[-1] < PATIENCE.person, f"silence: {self.log}"
            assert self.now - waiting[0] < 2 * PATIENCE.person, f"silence: {self.log}"
        self._check_promise(words)

    def _check_promise(self, words: list[tuple[str, object, float]]) -> None:
        """See that a promise was kept in time, or the visitor told that it is not."""
        kept = [w for w in words if w[0] == "person" or (w[0] == "say")]
        kept = [w for w in kept if w[1] not in _ANSWERING]
        if not kept or kept[-1][1] not in PROMISES:
            return
        assert self.now - kept[-1][2] < PATIENCE.person, f"a promise broken: {self.log}"
        assert self._offline() < PATIENCE.offline, f"nobody is there: {self.log}"

    def check_calls(self) -> None:
        """See that people are not called for ever for a visitor who says nothing."""
        calls = 0
        for kind, what in self.log:
            if kind in ("visitor", "person") or what in (
                "joined",
                "taken_over",
                "back",
            ):
                calls = 0
            calls += what in _CALLING
            assert calls <= chat.MAX_CALLS + 1, f"called for ever: {self.log}"

    # What must hold when nothing more happens

    def settle(self) -> None:
        """Run everything that is under way to its end, and the cron after it."""
        while self.flying:
            self.post_ends()
        for _round in range(100):
            if self.catch_ups:
                self.catches_up()
            if not self.jobs and is_assistants(self.current):
                # The cron that finds what was lost.
                self.catches_up()
            if not self.jobs:
                return
            job = self.jobs[0]
            if job.epoch is None:
                self.job_starts(0)
            else:
                self.job_ends(0, chat.ModelDecision())
        raise AssertionError("it never comes to rest")

    def check_at_rest(self) -> None:
        if self.current.state == "closed" or not self.last_message():
            return
        last = self.log.index(("visitor", self.last_message()))
        said_after = [kind for kind, _what in self.log[last + 1 :] if kind != "visitor"]
        if is_assistants(self.current):
            assert said_after, f"silence: {self.log}"
        else:
            told = [kind for kind, _what in self.log if kind in ("say", "person")]
            assert told, (
                f"the visitor does not know that a person is called: {self.log}"
            )

    def check_in_the_end(self) -> None:
        """Let nobody write any more: no word is owed to the visitor after a while."""
        self.passes(10 * 60)  # the job runner is down
        self.settle()
        self.passes(20 * 60)
        self.settle()
        self.check_at_rest()
        self.check_clock()
        if self.current.state == "closed" or not self.last_message():
            return
        said = [what for kind, what in self.log if kind in ("say", "person")]
        assert not said or said[-1] not in PROMISES, f"a promise for ever: {self.log}"

    def check_contact(self) -> None:
        asked = [what for kind, what in self.log if kind == "say" and what in _ASKING]
        assert len(asked) <= 1, "asked for the contact more than once"
        again = [what for _kind, what in self.log if what == "bad_contact"]
        assert len(again) <= 1

    def _job(self, number: int, *, begun: bool) -> Job | None:
        fitting = [job for job in self.jobs if (job.epoch is not None) == begun]
        return fitting[number % len(fitting)] if fitting else None


EVENTS: tuple[chat.Event, ...] = (
    chat.PersonJoined(),
    chat.PersonWrote(),
    chat.PersonLeft(),
    chat.TakenOver(),
    chat.GivenBack(),
    chat.PersonAvailable(),
    chat.PersonReplaced(False),
    chat.PersonReplaced(True),
    chat.Reassigned(),
)
WISHES: tuple[chat.Wish, ...] = (
    "answer",
    "person",
    "contact",
    "bad_contact",
    "file",
    "repeated",
    "limit",
)
DECISIONS: tuple[chat.ModelDecision, ...] = (
    chat.ModelDecision(),
    chat.ModelDecision("ask"),
    chat.ModelDecision("handoff", "model"),
    chat.ModelDecision("handoff", "confidence"),
    chat.ModelDecision("handoff", "error"),
    chat.ModelDecision("handoff", "budget"),
)
