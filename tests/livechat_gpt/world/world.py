# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A chat whose events come in any order, driven through ``engine.chat``.

It stands in for everything around the engine: the database that keeps the chat, the
jobs that are run, killed and run again, the people who come, fall silent and go, and
the clock. After each event it is seen that nothing happened that must never be; and
after each look at the clock, that nobody waits for longer than was promised.
"""

from odoo.addons.livechat_gpt.engine import chat

from .messages import Messages
from .people import People
from .rules import ANSWERING, PROMISES, SLOW, Rules
from .state import is_assistants

# The clock looks so often.
LOOKS = 60


class World(Messages, People, Rules):
    """One chat and everything around it."""

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

    def closes(self) -> None:
        self.feed(chat.ChatClosed())
        self.jobs.clear()
        self.flying.clear()

    def passes(self, seconds: float) -> None:
        """Let time pass, in which the clock looks at the chat as often as it does."""
        until = self.now + seconds
        while self.looked_at + LOOKS <= until:
            self.now = self.looked_at = self.looked_at + LOOKS
            self.tick()
            self.feed(chat.PersonAvailable(self.is_visitor_here))
            self.check_clock()
        self.now = until

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
            if effect.text in ANSWERING:
                assert is_assistants(before), "two voices"
            if effect.text in SLOW:
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
                assert self.is_visitor_here, "a person was called for nobody"
                self.feed(chat.PersonFound())
        if found:
            self._bring_in(found)

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
