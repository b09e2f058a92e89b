# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What must never happen in a chat, and what must hold when nothing more does."""

from odoo.addons.livechat_gpt.engine import chat

from .state import WorldState, is_assistants

# What the visitor reads that ends the assistant's part for now.
ASKING = ("nobody", "failed", "slow", "busy")
ANSWERING = ("thanks", "file", "bad_contact")
CALLING = ("calling", "failed_calling", "slow_calling", "calling_next")
SLOW = ("slow_calling", "slow", "slow_noted")
# After these somebody owes the visitor a word.
PROMISES = (*CALLING, "joined")
PATIENCE = chat.Timeouts()


class Rules(WorldState):
    """Sees after each event that nothing happened that must never be."""

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
        said = max(i for i, (_kind, what) in enumerate(self.log) if what in SLOW)
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
        kept = [w for w in kept if w[1] not in ANSWERING]
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
            calls += what in CALLING
            assert calls <= chat.MAX_CALLS + 1, f"called for ever: {self.log}"

    def check_at_rest(self) -> None:
        if self.current.state == "closed" or not self.last_message():
            return
        last = self.log.index(("visitor", self.last_message()))
        said_after = [kind for kind, _what in self.log[last + 1 :] if kind != "visitor"]
        for number in self.asking - self.deleted:
            asked = self.log.index(("visitor", number))
            said = [w for k, w in self.log[asked + 1 :] if k != "visitor"]
            assert set(said) - {"thanks"}, f"only thanked: {self.log}"
        if is_assistants(self.current):
            assert said_after, f"silence: {self.log}"
        else:
            told = [kind for kind, _what in self.log if kind in ("say", "person")]
            assert told, (
                f"the visitor does not know that a person is called: {self.log}"
            )

    def check_contact(self) -> None:
        asked = [what for kind, what in self.log if kind == "say" and what in ASKING]
        assert len(asked) <= 1, "asked for the contact more than once"
        again = [what for _kind, what in self.log if what == "bad_contact"]
        assert len(again) <= 1
