# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the visitor writes, and the jobs that answer it."""

from typing import Literal

from odoo.addons.livechat_gpt.engine import chat

from .state import Job, WorldState


class Messages(WorldState):
    """The visitor's messages, and their jobs: run, killed, delayed, lost."""

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

    def visitor_asks_at_once(self, wish: chat.Wish, asks: bool) -> None:
        """A command or a contact: the post itself does what needs no model."""
        if not chat.is_with_assistant(self.current):
            self.visitor_writes()
            return
        while self.flying:
            self.post_ends()
        self.newest += 1
        self.written[self.newest] = self.now
        self._note("visitor", self.newest)
        effects = self.feed(chat.AnswerDue(self.newest, self.newest, wish, asks))
        self._note_question(self.newest, asks, effects)
        if not effects or chat.AskModel() in effects:
            self.jobs.append(Job(self.newest))

    def _note_question(
        self, message: int, asks: bool, effects: tuple[chat.Effect, ...]
    ) -> None:
        """Note that a contact was thanked for, and that a question came with it."""
        if asks and chat.Say("thanks") in effects:
            self.asking.add(message)

    def visitor_edits(self) -> None:
        if self.newest:
            self.edits[self.newest] = self.edits.get(self.newest, 0) + 1

    def visitor_deletes(self) -> None:
        if self.newest:
            self.deleted.add(self.newest)

    def job_starts(
        self, number: int, wish: chat.Wish = "answer", asks: bool = False
    ) -> None:
        job = self._job(number, begun=False)
        if job is None:
            return
        if not self.pending():
            self.jobs.remove(job)
            return
        asked = tuple((n, self.edits.get(n, 0)) for n in self.pending())
        effects = self.feed(
            chat.AnswerDue(job.message, self.last_message(), wish, asks)
        )
        self._note_question(job.message, asks, effects)
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

    def _job(self, number: int, *, begun: bool) -> Job | None:
        fitting = [job for job in self.jobs if (job.epoch is not None) == begun]
        return fitting[number % len(fitting)] if fitting else None
