# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the tool says on the screen: steps, notes, and problems with their remedy."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class SetupError(Exception):
    """Something that the person at the keyboard can put right.

    :param problem: one sentence: what is wrong.
    :param fix: what to do about it; may have several lines.
    """

    def __init__(self, problem: str, fix: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.fix = fix


_aside = False


def keep_stdout_clean() -> None:
    """From now on, say everything on stderr: stdout is for somebody else."""
    global _aside
    _aside = True


def say(text: str = "") -> None:
    """Print a line at once, also when the output is a file or a pipe."""
    print(text, file=sys.stderr if _aside else sys.stdout, flush=True)


def note(text: str) -> None:
    """Print a remark that belongs to the current step."""
    say(f"      {text}")


def warn(text: str) -> None:
    """Print something that does not stop the run but must not be overlooked."""
    say(f"  !!  {text}")


def report(error: SetupError) -> None:
    """Print a problem and its remedy, the last thing a failing command says."""
    lines = [f"\nProblem: {error.problem}", "What to do:"]
    lines += [f"  {line}" for line in error.fix.splitlines()]
    print("\n".join(lines), file=sys.stderr, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Frame a piece of work: its title before, the seconds it took after."""
    say(f"==> {title}")
    started = time.monotonic()
    yield
    seconds = time.monotonic() - started
    if seconds >= 1:
        note(f"done in {duration(seconds)}")


def duration(seconds: float) -> str:
    """Return seconds as a person writes them: "4.2 s", "3 min 05 s"."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s"
