# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A chat whose events come in any order, driven through ``engine.turns``.

It stands in for everything around the engine: the database that keeps the chat, the
jobs that are run, killed and run again, the people who come and go. After each event
:meth:`World.check` says what must never be.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from odoo.addons.livechat_gpt.engine import turns as t

Turns = t.Turns
# What the visitor reads that ends the assistant's part for now.
_ASKING = ("nobody", "failed", "busy")
_ANSWERING = ("thanks", "file", "bad_contact")


def assistants_turn(turns: Turns) -> bool:
    """Tell whether the assistant may speak, in other words than the engine's own."""
    nobody_came = turns.state == "waiting" and turns.called is False
    return nobody_came or turns.state == "bot"


@dataclass
class Job:
    """The job of a message: not begun, or thinking with the fence it began behind."""

    message: int
    fence: int | None = None
    decided: t.Draft | None = None


@dataclass
class World:
    """One chat, its visitor, its jobs, and whether an operator is available."""

    turns: Turns = field(default_factory=Turns)
    available: bool = False
    wish: t.Wish = "answer"
    newest: int = 0
    jobs: list[Job] = field(default_factory=list)
    # Posts that have decided whether to leave a job, and are not committed yet.
    flying: list[bool] = field(default_factory=list)
    catch_ups: int = 0
    # Who said what: ("visitor", n), ("answer", n), ("say", text), ("person", "").
    log: list[tuple[str, object]] = field(default_factory=list)
    step: Callable[[Turns, t.Event], t.Step] = t.step

    # Events

    def visitor_writes(self) -> None:
        self.post_begins()
        self.post_ends()

    def post_begins(self) -> None:
        """The hook of a post: it reads whose turn it is, and commits later."""
        if self.turns.state != "closed":
            self.flying.append(t.is_its_turn(self.turns))

    def post_ends(self) -> None:
        if self.flying:
            leaves_job = self.flying.pop(0)
            self.newest += 1
            self.log.append(("visitor", self.newest))
            if leaves_job:
                self.jobs.append(Job(self.newest))

    def job_starts(self, number: int, wish: t.Wish = "answer") -> None:
        job = self._job(number, begun=False)
        if job is None:
            return
        effects = self.feed(t.Due(job.message, self.newest, wish))
        if t.Ask() in effects:
            job.fence = self.turns.fence
        else:
            self.jobs.remove(job)

    def job_ends(self, number: int, draft: t.Draft) -> None:
        job = self._job(number, begun=True)
        if job is not None and job.fence is not None:
            self.jobs.remove(job)
            self.feed(t.Drafted(job.message, self.newest, job.fence, draft))

    def job_ends_twice(self, number: int, draft: t.Draft) -> None:
        """A worker is killed after the answer was applied, before the job was done."""
        job = self._job(number, begun=True)
        if job is not None and job.fence is not None:
            again = Job(job.message, job.fence)
            self.job_ends(self.jobs.index(job), draft)
            self.jobs.append(again)

    def job_is_killed(self, number: int) -> None:
        """The worker dies; the job is run again from its beginning."""
        job = self._job(number, begun=True)
        if job is not None:
            job.fence = None

    def job_is_lost(self, number: int) -> None:
        if self.jobs:
            self.jobs.pop(number % len(self.jobs))

    def catches_up(self) -> None:
        """A job that looks for what was left; posts from before it are over by then."""
        while self.flying:
            self.post_ends()
        self.catch_ups = 0
        if self.turns.answered < self.newest and t.is_its_turn(self.turns):
            self.jobs.append(Job(self.newest))

    def happens(self, event: t.Event) -> None:
        if isinstance(event, t.PersonWrote):
            if self.turns.state == "closed":
                return
            self.log.append(("person", ""))
            # Stored as the model computes it: his message answers those before it.
            self.turns = replace(
                self.turns, answered=max(self.turns.answered, self.newest)
            )
        if isinstance(event, t.PersonJoined) and self.turns.state != "closed":
            self.log.append(("say", "joined"))  # Odoo's own notice
        self.feed(event)

    def closes(self) -> None:
        self.feed(t.ChatClosed())
        self.jobs.clear()
        self.flying.clear()

    # The machine

    def feed(self, event: t.Event) -> tuple[t.Effect, ...]:
        before = self.turns
        self.turns, effects = self.step(before, event)
        self._check_step(before, event)
        for effect in effects:
            self._carry_out(effect, before, event)
        return effects

    def _carry_out(self, effect: t.Effect, before: Turns, event: t.Event) -> None:
        if isinstance(effect, t.Post):
            assert assistants_turn(before), "two voices"
            assert isinstance(event, t.Drafted)
            assert event.message > before.answered, "answered twice"
            assert event.fence == before.fence, "a stale draft"
            self.log.append(("answer", event.message))
        elif isinstance(effect, t.Say):
            assert before.state != "closed", "spoke in a closed chat"
            if effect.text in _ANSWERING:
                assert assistants_turn(before), "two voices"
            self.log.append(("say", effect.text))
        elif isinstance(effect, t.CallPerson):
            assert assistants_turn(before), "a person was called while one was there"
            if not effect.is_pick_up:
                self.feed(t.Called(self.available, effect.reason, effect.message))
            elif self.available:
                self.feed(t.PickedUp())
        elif isinstance(effect, t.CatchUp):
            self.catch_ups += 1

    def _check_step(self, before: Turns, event: t.Event) -> None:
        after = self.turns
        assert after.fence >= before.fence
        whose = (before.state, before.called), (after.state, after.called)
        if whose[0] != whose[1]:
            assert after.fence > before.fence, "another one's turn behind the old fence"
        assert after.answered >= before.answered
        assert after.answered <= self.newest
        if before.state == "closed":
            assert after == before, "a closed chat came to life"
        if before.state == "human" and isinstance(event, t.Due | t.Drafted | t.Called):
            assert after == before, "a job changed a person's turn"

    # What must hold when nothing more happens

    def settle(self) -> None:
        """Run everything that is under way to its end, and the cron after it."""
        while self.flying:
            self.post_ends()
        for _round in range(100):
            if self.catch_ups:
                self.catches_up()
            if not self.jobs:
                # The cron that finds what was lost.
                self.catches_up()
            if not self.jobs:
                return
            job = self.jobs[0]
            if job.fence is None:
                self.job_starts(0)
            else:
                self.job_ends(0, t.Draft())
        raise AssertionError("it never comes to rest")

    def check_at_rest(self) -> None:
        if self.turns.state == "closed" or not self.newest:
            return
        last = max(i for i, entry in enumerate(self.log) if entry[0] == "visitor")
        said_after = [kind for kind, _what in self.log[last + 1 :] if kind != "visitor"]
        if assistants_turn(self.turns):
            assert said_after, f"silence: {self.log}"
        else:
            told = [kind for kind, _what in self.log if kind in ("say", "person")]
            assert told, (
                f"the visitor does not know that a person is called: {self.log}"
            )

    def check_contact(self) -> None:
        asked = [what for kind, what in self.log if kind == "say" and what in _ASKING]
        assert len(asked) <= 1, "asked for the contact more than once"
        again = [what for _kind, what in self.log if what == "bad_contact"]
        assert len(again) <= 1

    def _job(self, number: int, *, begun: bool) -> Job | None:
        fitting = [job for job in self.jobs if (job.fence is not None) == begun]
        return fitting[number % len(fitting)] if fitting else None


Kind = Literal["post", "start", "end", "twice", "kill", "lose", "catch", "event"]
EVENTS: tuple[t.Event, ...] = (
    t.PersonJoined(), t.PersonWrote(), t.PersonLeft(), t.TakenOver(), t.GivenBack(),
    t.Appeared(), t.Overdue(),
)  # fmt: skip
WISHES: tuple[t.Wish, ...] = (
    "answer", "person", "contact", "bad_contact", "file", "repeated", "limit",
)  # fmt: skip
DRAFTS: tuple[t.Draft, ...] = (
    t.Draft(), t.Draft("ask"), t.Draft("handoff", "model"),
    t.Draft("handoff", "confidence"), t.Draft("handoff", "error"),
    t.Draft("handoff", "budget"),
)  # fmt: skip
