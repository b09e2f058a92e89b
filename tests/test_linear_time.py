# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whatever a stranger writes is read in a time that grows with its length, no faster.

Every function of the engines that takes text is found by its annotations, and given
texts that are built to keep it busy; see :mod:`.linear_time`.
"""

import collections
import functools
import gc
import sys
import types
from collections.abc import Callable

import pytest

from .linear_time.functions import public, takes_text, text_functions
from .linear_time.growth import growth
from .linear_time.hostile import Hostile
from .linear_time.tried import EXCUSED, TRIED

FUNCTIONS = text_functions()


def _forget() -> None:
    """Empty the caches of the engines, which remember texts."""
    for name, module in list(sys.modules.items()):
        if ".engine." in name:
            for item in vars(module).values():
                if isinstance(item, functools._lru_cache_wrapper):
                    item.cache_clear()
    gc.collect()


def test_every_function_is_tried_or_excused() -> None:
    forgotten = FUNCTIONS.keys() - TRIED.keys() - EXCUSED.keys()
    assert not forgotten, f"neither tried nor excused: {', '.join(sorted(forgotten))}"
    gone = (TRIED.keys() | EXCUSED.keys()) - FUNCTIONS.keys()
    assert not gone, f"there is no such function: {', '.join(sorted(gone))}"
    assert not TRIED.keys() & EXCUSED.keys()


@pytest.mark.parametrize("name", TRIED)
def test_linear(name: str) -> None:
    if name not in FUNCTIONS:
        pytest.skip("the test above tells of it")
    worse = [
        f"way {number} with {text}: {found}"
        for number, call in enumerate(TRIED[name].calls)
        for text in TRIED[name].texts
        if not (
            found := growth(functools.partial(call, FUNCTIONS[name]), text)
        ).is_linear
    ]
    _forget()
    assert not worse, "\n".join(worse)


def quadratic(text: str) -> int:
    return sum(text.count("b", at) for at in range(0, len(text), 20))


def quadratic_at_few_places(text: str) -> int:
    return sum(len(text[:at].split("b")) for at in range(0, len(text), 500))


def linear(text: str) -> int:
    return sum(ord(char) for char in text)


def capped(text: str) -> int:
    return quadratic(text[:500])


@pytest.mark.parametrize(
    ("function", "is_linear"),
    [
        (quadratic, False),
        (quadratic_at_few_places, False),
        (linear, True),
        (capped, True),
        (len, True),
    ],
)
def test_growth_is_told(function: Callable, is_linear: bool) -> None:
    found = growth(lambda text: lambda: function(text), Hostile("ab "))
    assert found.is_linear is is_linear, str(found)


def test_a_busy_machine_is_no_growth() -> None:
    calls: collections.Counter[int] = collections.Counter()

    def slow_at_first(text: str) -> int:
        calls[len(text)] += 1
        return (quadratic if calls[len(text)] <= 4 else linear)(text)

    found = growth(lambda text: lambda: slow_at_first(text), Hostile("ab "))
    assert found.is_linear, str(found)


def test_a_planted_function_is_found() -> None:
    module = types.ModuleType("odoo.addons.x.engine.y")

    def reads(text: list[str] | None) -> None: ...

    def counts(number: int) -> None: ...

    for function in (reads, counts):
        function.__module__ = module.__name__
        setattr(module, function.__name__, function)
    found = {name for name, function in public(module) if takes_text(function)}
    assert found == {"x.y.reads"}
