# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The ways in which a function is given a hostile text, and why one is not."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from ..hostile import PLAIN, Hostile

# (the function, a text) → what is to be measured.
Call = Callable[[Callable, str], Callable[[], object]]


class Try:
    """A function that is tried, in one way or several.

    :param texts: what it is given beside :data:`.hostile.PLAIN`
    """

    def __init__(self, *calls: Call, texts: Sequence[Hostile] = ()):
        self.calls = calls
        self.texts = (*PLAIN, *texts)


def of(*before: Any, **more: Any) -> Call:
    """Give it the text after what is fixed."""
    return lambda function, text: partial(function, *before, text, **more)


def then(*after: Any, **more: Any) -> Call:
    """Give it the text before what is fixed."""
    return lambda function, text: partial(function, text, *after, **more)


def made(make: Callable[[str], tuple], **more: Any) -> Call:
    """Give it the arguments that are made of the text."""
    return lambda function, text: partial(function, *make(text), **more)


def listed(function: Callable, text: str) -> Callable[[], object]:
    """Use up what it yields."""
    return lambda: list(function(text))


def parts(text: str, size: int = 20) -> list[str]:
    return [text[at : at + size] for at in range(0, len(text), size)]


NOBODY = "takes no text of strangers: "
SETTINGS = NOBODY + "settings, which administrators write"
CODES = NOBODY + "it looks at codes, numbers and flags only"
ELSEWHERE = "only calls others, which are tried themselves"
