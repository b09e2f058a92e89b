# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``/_control/…``: what a test in another process orders and reads.

==========================  =======================================================
``GET /_control/health``    ``{"status": "ok"}``
``GET /_control/journal``   ``{"entries": […]}``; ``?path=/v1/responses`` of one path
``DELETE …/journal``        forget them
``GET …/faults``            ``{"faults": […]}``, those still to come
``POST …/faults``           one fault or a list: ``{"name": "rate_limit", …}``
``DELETE …/faults``         forget them
``POST …/answers``          one or a list: ``{"answer": "…" | {…}, "times", "match"}``
``DELETE …/answers``        forget them
``POST …/delay``            ``{"seconds": 1.5}`` and/or ``{"delta_pause": 0.02}``
==========================  =======================================================
"""

from collections.abc import Callable
from typing import Any

from .calls import State
from .errors import bad_request, unknown_url
from .faults import Fault
from .replies import Reply, json_reply

PREFIX = "/_control/"
DONE = {"status": "ok"}


def handle(state: State, method: str, name: str, query: Any, body: Any) -> Reply:
    """Carry out one order; raises ``ApiError`` for one that is not understood."""
    action = _ACTIONS.get((method, name))
    if action is None:
        raise unknown_url(method, PREFIX + name)
    try:
        return json_reply(action(state, query, body) or DONE)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise bad_request(f"not understood: {error!r}", None, None) from error


def _health(_state: State, _query: Any, _body: Any) -> None:
    return None


def _journal(state: State, query: Any, _body: Any) -> dict[str, Any]:
    entries = state.journal.entries(query.get("path"))
    return {"entries": [entry.as_dict() for entry in entries]}


def _clear_journal(state: State, _query: Any, _body: Any) -> None:
    state.journal.clear()


def _faults(state: State, _query: Any, _body: Any) -> dict[str, Any]:
    return {"faults": [fault.as_dict() for fault in state.faults.pending()]}


def _order_faults(state: State, _query: Any, body: Any) -> None:
    for fault in [Fault.from_dict(values) for values in _listed(body)]:
        state.faults.order(fault)


def _clear_faults(state: State, _query: Any, _body: Any) -> None:
    state.faults.clear()


def _order_answers(state: State, _query: Any, body: Any) -> None:
    for order in _listed(body):
        if not isinstance(order["answer"], str | dict):
            raise TypeError("an answer is a text or an object")
        state.answers.order(order["answer"], order.get("times", 1), order.get("match"))


def _clear_answers(state: State, _query: Any, _body: Any) -> None:
    state.answers.clear()


def _delay(state: State, _query: Any, body: Any) -> None:
    state.delay = float(body.get("seconds", state.delay))
    state.delta_pause = float(body.get("delta_pause", state.delta_pause))


def _listed(body: Any) -> list[Any]:
    return body if isinstance(body, list) else [body]


_ACTIONS: dict[tuple[str, str], Callable[[State, Any, Any], dict[str, Any] | None]] = {
    ("GET", "health"): _health,
    ("GET", "journal"): _journal,
    ("DELETE", "journal"): _clear_journal,
    ("GET", "faults"): _faults,
    ("POST", "faults"): _order_faults,
    ("DELETE", "faults"): _clear_faults,
    ("POST", "answers"): _order_answers,
    ("DELETE", "answers"): _clear_answers,
    ("POST", "delay"): _delay,
}
