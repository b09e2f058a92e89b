# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How the time that a function takes grows with the length of its text.

Time is the processor time of this process, which other programs do not lengthen much.
What is judged is growth, never a number of seconds.
"""

import gc
import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

# Text → what is to be measured. What it needs is prepared before.
Prepare = Callable[[str], Callable[[], object]]

DOUBLINGS = 4
# Of the largest text: below it a measurement says more of the clock than of the code.
ENOUGH_SECONDS = 0.02
MAX_EXPONENT = 1.2
SMALLEST = 64
# What takes less than ENOUGH_SECONDS at this length is harmless, however it grows.
LARGEST = 100_000
# Four doublings before that, if it is linear.
_TELLING = ENOUGH_SECONDS / 2**DOUBLINGS
# A suspect is measured in rounds, each of all lengths, and the best time of each length
# counts: what other programs add goes away, what grows stays. It is told linear after
# the fewest at the earliest, and worse after the most; longer texts take longer.
_FEWEST_ROUNDS = 3
_MOST_ROUNDS = 12
_MOST_ROUNDS_OF_LONGER = 6


@dataclass(frozen=True)
class Growth:
    """Seconds by length, and the exponent of the power that fits them best."""

    lengths: tuple[int, ...]
    seconds: tuple[float, ...]

    @property
    def exponent(self) -> float:
        """The slope of the least squares line through the logarithms."""
        xs = [math.log(length) for length in self.lengths]
        ys = [math.log(max(seconds, 1e-7)) for seconds in self.seconds]
        mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
        pairs = list(zip(xs, ys, strict=True))
        covariance = sum((x - mean_x) * (y - mean_y) for x, y in pairs)
        return covariance / sum((x - mean_x) ** 2 for x in xs)

    @property
    def is_linear(self) -> bool:
        return len(self.lengths) == 1 or self.exponent <= MAX_EXPONENT

    def __str__(self) -> str:
        points = zip(self.lengths, self.seconds, strict=True)
        shown = ", ".join(f"{n:,}: {s * 1000:.1f} ms" for n, s in points)
        return f"exponent {self.exponent:.2f} ({shown})"


def growth(prepare: Prepare, text: Callable[[int], str]) -> Growth:
    """Return how ``prepare``'s work grows over :data:`DOUBLINGS` of ``text``.

    Texts are doubled until one takes :data:`ENOUGH_SECONDS`. What looks worse than
    linear is measured again, more often, and with other lengths: the machine may have
    been busy, and a step from the processor's cache to memory is no growth.
    """
    with _no_collections():
        found = _grown(prepare, text)
        lengths = found.lengths
        shorter = [length for power in (3, 2, 1) if (length := lengths[0] >> power)]
        longer = [4 * length for length in lengths]
        for others, rounds in (
            ([*shorter, *lengths], _MOST_ROUNDS),
            (longer, _MOST_ROUNDS_OF_LONGER),
        ):
            if found.is_linear:
                break
            found = _measured(prepare, text, others, rounds)
        return found


def _grown(prepare: Prepare, text: Callable[[int], str]) -> Growth:
    # Whatever is only done once is done.
    _seconds(prepare, text(SMALLEST))
    lengths: list[int] = []
    seconds: list[float] = []
    length, left = SMALLEST, DOUBLINGS
    # What is cut at a length takes no longer from there on.
    while left >= 0 and (len(seconds) <= DOUBLINGS or seconds[-1] < ENOUGH_SECONDS):
        lengths.append(length)
        seconds.append(_seconds(prepare, text(length)))
        if left == DOUBLINGS and seconds[-1] >= _TELLING:
            # From here on lengths are counted: not because the machine was busy once.
            again = (_seconds(prepare, text(length)) for _more in range(2))
            seconds[-1] = min(seconds[-1], *again)
        if seconds[-1] >= _TELLING or left < DOUBLINGS:
            left -= 1
        elif length > LARGEST:
            return Growth((length,), (seconds[-1],))
        length *= 2
    kept = slice(-DOUBLINGS - 1, None)
    return Growth(tuple(lengths[kept]), tuple(seconds[kept]))


def _measured(
    prepare: Prepare, text: Callable[[int], str], lengths: Sequence[int], rounds: int
) -> Growth:
    best = [math.inf] * len(lengths)
    for round_number in range(1, rounds + 1):
        for place, length in enumerate(lengths):
            best[place] = min(best[place], _seconds(prepare, text(length)))
        found = Growth(tuple(lengths), tuple(best))
        if round_number >= _FEWEST_ROUNDS and found.is_linear:
            break
    return found


def _seconds(prepare: Prepare, text: str) -> float:
    work = prepare(text)
    begun = time.process_time()
    work()
    return time.process_time() - begun


@contextmanager
def _no_collections() -> Iterator[None]:
    """Keep the garbage collector from looking at what a measurement did not make."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
