# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Answers and vectors that a test gives in advance."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

# A text goes out as it is, a dict as JSON, a callable gets the request's body.
Scripted = str | dict[str, Any] | Callable[[dict[str, Any]], str | dict[str, Any]]

VectorChange = Callable[[list[float]], list[float]]


@dataclass(frozen=True)
class _Order:
    answer: Scripted
    times: int | None
    match: str | None


class ScriptedAnswers:
    """A queue of answers; each request takes the first whose ``match`` it has."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._orders: list[_Order] = []

    def order(
        self, answer: Scripted, times: int | None = 1, match: str | None = None
    ) -> None:
        """Add an answer for so many requests (``None``: until cleared)."""
        if times is not None and times < 1:
            raise ValueError("times must be at least 1, or None")
        with self._lock:
            self._orders.append(_Order(answer, times, match))

    def clear(self) -> None:
        """Forget all answers: the server's answerer takes over."""
        with self._lock:
            self._orders.clear()

    def take(self, body: dict[str, Any], text: str) -> str | None:
        """The text of the answer for this request, or ``None``."""
        order = self._pick(text)
        if order is None:
            return None
        answer = order.answer(body) if callable(order.answer) else order.answer
        if isinstance(answer, str):
            return answer
        return json.dumps(answer, ensure_ascii=False)

    def _pick(self, text: str) -> _Order | None:
        with self._lock:
            for index, order in enumerate(self._orders):
                if order.match is None or order.match in text:
                    if order.times == 1:
                        del self._orders[index]
                    elif order.times is not None:
                        left = replace(order, times=order.times - 1)
                        self._orders[index] = left
                    return order
        return None


class ChangedVectors:
    """What a faulty embedding model makes of some texts."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._changes: list[tuple[str, VectorChange]] = []

    def order(self, change: VectorChange, match: str = "") -> None:
        """Change the vectors of texts that have ``match`` in them, until cleared."""
        with self._lock:
            self._changes.append((match, change))

    def clear(self) -> None:
        """Forget all changes."""
        with self._lock:
            self._changes.clear()

    def apply(self, text: str, vector: list[float]) -> list[float]:
        """The vector that is sent for a text."""
        with self._lock:
            changes = [change for match, change in self._changes if match in text]
        for change in changes:
            vector = change(vector)
        return vector
