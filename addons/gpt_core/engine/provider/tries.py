# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How often a provider was called over HTTP, the SDK's further tries included."""

import threading
from dataclasses import dataclass

_made = threading.local()


@dataclass(frozen=True)
class Tries:
    """HTTP calls, and those of them that were sent and had no answer.

    What had no answer may have been worked on, and may have to be paid for.
    """

    made: int = 0
    unanswered: int = 0

    def __add__(self, other: "Tries") -> "Tries":
        return Tries(self.made + other.made, self.unanswered + other.unanswered)

    def __sub__(self, other: "Tries") -> "Tries":
        return Tries(self.made - other.made, self.unanswered - other.unanswered)


def tries_of_this_thread() -> Tries:
    """Return all that this thread ever made: the difference is what a call took."""
    return getattr(_made, "tries", Tries())


def note(*, unanswered: bool) -> None:
    """Count one more of this thread."""
    _made.tries = tries_of_this_thread() + Tries(1, int(unanswered))
