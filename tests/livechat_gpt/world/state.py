# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a chat's world consists of, and what everybody in it can see."""

from collections.abc import Callable
from dataclasses import dataclass

from odoo.addons.livechat_gpt.engine import chat

# More than are called one after the other.
PEOPLE = ("ana", "ben", "eva", "leo", "mia")


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


def is_assistants(current: chat.ChatState) -> bool:
    """Tell whether the assistant may speak, in other words than the engine's own."""
    nobody_came = current.state == "waiting" and current.called is False
    return nobody_came or current.state == "bot"


class WorldState:
    """One chat, its visitor, its jobs, the people, and the clock."""

    def __init__(
        self,
        available: bool = False,
        step: Callable[[chat.ChatState, chat.Event], chat.Transition] = chat.transition,
    ) -> None:
        self.step = step
        self.current = chat.ChatState()
        self.is_visitor_here = True
        # Messages that asked something beside the contact that they gave.
        self.asking: set[int] = set()
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

    def pending(self) -> list[int]:
        """Return the messages that nobody has answered."""
        after = range(self.current.answered + 1, self.newest + 1)
        return [number for number in after if number not in self.deleted]

    def last_message(self) -> int:
        return max(set(self.written) - self.deleted, default=0)

    def _offline(self) -> float:
        inside = [person for person in self.people.values() if person.is_in_chat]
        if not inside or any(person.is_online for person in inside):
            return 0
        return min(self.now - person.gone_at for person in inside)

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

    def feed(self, event: chat.Event) -> tuple[chat.Effect, ...]:
        """Tell the machine of an event, and do what it says."""
        raise NotImplementedError
