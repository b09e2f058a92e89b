# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What an administrator expects of an answer, and whether it is so."""

import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_YES = {"yes", "y", "true", "1", "sí", "si", "s", "verdadero"}
_NO = {"no", "n", "false", "0", "falso"}

# Errors that say nothing about a chain: at another time it may pass.
OUTAGES = frozenset(
    {
        "rate_limit",
        "quota",
        "server_error",
        "timeout",
        "connection",
        "unknown_host",
        "certificate",
        "wrong_scheme",
        "web_page",
        "bad_reply",
        "cut_stream",
        "wrong_key",
        "permission",
        "budget",
        "not_configured",
        "interrupted",
        "internal",
    }
)


@dataclass(frozen=True)
class Expectation:
    """One line of a case.

    :param kind: a key of :data:`CHECKS`, or ``error``
    :param value: what it is about: a text, a pattern, a number, an error code
    :param output: the field of a structured answer that is looked at
    """

    kind: str
    value: str = ""
    output: str = ""


@dataclass(frozen=True)
class Answer:
    """How a run ended: a text and perhaps its fields, or the code of an error."""

    text: str = ""
    data: Mapping[str, Any] | None = None
    error: str = ""


@dataclass(frozen=True)
class Failure:
    """An expectation that was not met, and what was there instead."""

    expectation: Expectation
    found: str = ""


@dataclass(frozen=True)
class Verdict:
    """What came of a case; without ``failures`` and ``error`` it passed."""

    failures: Sequence[Failure] = field(default=())
    error: str = ""

    @property
    def state(self) -> str:
        """``passed``, ``failed``, or ``error`` when nothing can be said."""
        if self.error in OUTAGES:
            return "error"
        return "failed" if self.failures or self.error else "passed"


def judge(answer: Answer, expectations: Sequence[Expectation]) -> Verdict:
    """Compare an answer with what was expected.

    An error is a failure of its own, unless the case expects one: then nothing else
    counts.
    """
    wanted = [item for item in expectations if item.kind == "error"]
    if wanted:
        met = any(item.value.strip() == answer.error for item in wanted)
        found = answer.error or answer.text
        return Verdict(() if met else (Failure(wanted[0], found),))
    if answer.error:
        return Verdict(error=answer.error)
    return Verdict(
        tuple(
            Failure(item, _found(item, answer))
            for item in expectations
            if not CHECKS[item.kind](item, answer)
        )
    )


def _contains(item: Expectation, answer: Answer) -> bool:
    return _words(item.value) in _words(_found(item, answer))


def _matches(item: Expectation, answer: Answer) -> bool:
    return bool(re.search(item.value, _found(item, answer), re.IGNORECASE))


def _is_short(item: Expectation, answer: Answer) -> bool:
    return len(_found(item, answer)) <= int(item.value)


def _equals(item: Expectation, answer: Answer) -> bool:
    if not item.output:
        return _words(answer.text) == _words(item.value)
    return _same((answer.data or {}).get(item.output), item.value.strip())


CHECKS: dict[str, Callable[[Expectation, Answer], bool]] = {
    "contains": _contains,
    "not_contains": lambda item, answer: not _contains(item, answer),
    "matches": _matches,
    "equals": _equals,
    "max_chars": _is_short,
    "at_least": lambda item, answer: _compare(item, answer, operator.ge),
    "at_most": lambda item, answer: _compare(item, answer, operator.le),
}


def is_number(text: str) -> bool:
    """Tell whether a text is a number that values can be compared with."""
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _compare(
    item: Expectation, answer: Answer, holds: Callable[[float, float], bool]
) -> bool:
    found, wanted = _found(item, answer).strip(), item.value.strip()
    if not (is_number(found) and is_number(wanted)):
        return False
    value, limit = float(found), float(wanted)
    return holds(value, limit) or math.isclose(value, limit, rel_tol=1e-9, abs_tol=1e-9)


def likely(data: Mapping[str, Any], types: Mapping[str, str]) -> Sequence[Expectation]:
    """Return what may be expected of answers like this one.

    A model does not give the same number and the same words twice: numbers may differ
    by a fifth, and of texts nothing is expected. A choice, a yes or no, a count and a
    date are what they are.

    :param types: the type of each field, as ``gpt.chain.output`` has them
    """
    found: list[Expectation] = []
    for name, value in data.items():
        found += _likely(name, value, types.get(name, ""))
    return found


def _likely(name: str, value: Any, ttype: str) -> list[Expectation]:
    if isinstance(value, int | float) and ttype == "float":
        return _likely_range(name, float(value))
    if isinstance(value, bool | int) or ttype in ("selection", "date"):
        text = "" if value is None else str(value)
        return [Expectation("equals", text, name)]
    if isinstance(value, float):
        return _likely_range(name, value)
    return []


def _likely_range(name: str, value: float) -> list[Expectation]:
    # A share, such as a confidence, does not leave 0 to 1.
    is_share = 0 <= value <= 1
    margin = 0.2 if is_share else abs(value) / 5
    low, high = value - margin, value + margin
    if is_share:
        low, high = max(low, 0.0), min(high, 1.0)
    return [
        Expectation("at_least", f"{low:.6g}", name),
        Expectation("at_most", f"{high:.6g}", name),
    ]


def _found(item: Expectation, answer: Answer) -> str:
    if not item.output:
        return answer.text
    value = (answer.data or {}).get(item.output)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _words(text: str) -> str:
    """Return ``text`` as it is compared: without case, and with plain spaces."""
    return " ".join(text.split()).casefold()


def _same(value: Any, wanted: str) -> bool:
    if value is None:
        return not wanted
    if isinstance(value, bool):
        return wanted.casefold() in (_YES if value else _NO)
    if isinstance(value, int | float):
        return _same_number(value, wanted)
    if isinstance(value, list):
        parts = [_words(part) for part in wanted.split(",") if part.strip()]
        return [_words(str(item)) for item in value] == parts
    return _words(str(value)) == _words(wanted)


def _same_number(value: float, wanted: str) -> bool:
    try:
        return math.isclose(value, float(wanted), rel_tol=1e-9, abs_tol=1e-9)
    except ValueError:
        return False
