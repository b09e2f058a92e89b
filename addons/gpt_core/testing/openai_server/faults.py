# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Faults that a test orders, and which request gets which."""

import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

# The request is refused, or its connection cut, before a model would answer.
REFUSALS = frozenset(
    {
        "rate_limit",
        "insufficient_quota",
        "server_error",
        "overloaded",
        "wrong_key",
        "permission",
        "unknown_model",
        "context_length",
        "invalid_request",
        "timeout",
        "connection_reset",
        "drip",
        "raw",
        "not_eligible",
    }
)
# The model answers, but not as it should.
BAD_ANSWERS = frozenset(
    {
        "truncated_json",
        "invalid_json",
        "refusal",
        "empty",
        "content_filter",
        "failed",
    }
)
# The answer is on its way and does not arrive whole.
BROKEN_REPLIES = frozenset({"cut_stream", "stream_error"})
# All is well, but for what the reply leaves out, as some endpoints do.
OMISSIONS = frozenset({"no_usage"})
# What was asked is done, and nobody hears of it.
LOST = frozenset({"lost_reply"})
NAMES = REFUSALS | BAD_ANSWERS | BROKEN_REPLIES | LOST | {"slow"}

VARIANTS: Mapping[str, frozenset[str]] = {
    # The bytes end cleanly (as a proxy does it), or the connection breaks.
    "cut_stream": frozenset({"clean", "abrupt"}),
    # Text that is no JSON, or JSON that does not fit the requested schema.
    "invalid_json": frozenset({"text", "schema"}),
    # Byte by byte without an end: of a header, of a body, or of a stream of events.
    "drip": frozenset({"headers", "body", "stream"}),
}

TEXT_PATHS = ("/v1/responses", "/v1/chat/completions")
MODEL_PATHS = (*TEXT_PATHS, "/v1/embeddings")


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong.

    ``times``: for so many requests (``None``: until cleared). ``match``: only for
    requests whose body has this text. ``path``: only for this path and what is below
    it; without it, the POSTs that call a model. ``retry_after``: seconds, for the
    header of a 429 or 503. ``seconds``: how long the server thinks before the fault
    (for ``timeout`` and ``slow``: how long it takes; for ``drip``: between two bytes).
    ``variant``: see ``VARIANTS``. ``body``, ``status``, ``content_type`` and
    ``headers``: what ``raw`` replies; ``{key}`` stands for the key of the request.

    Raises ``ValueError`` for a name or variant that does not exist.
    """

    name: str
    times: int | None = 1
    match: str | None = None
    path: str | None = None
    retry_after: float | None = None
    seconds: float | None = None
    variant: str | None = None
    body: str | None = None
    status: int = 502
    content_type: str = "application/json"
    headers: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        if self.name not in NAMES | OMISSIONS:
            known = ", ".join(sorted(NAMES | OMISSIONS))
            raise ValueError(f"unknown fault {self.name!r}, known are: {known}")
        if self.variant and self.variant not in VARIANTS.get(self.name, ()):
            raise ValueError(f"fault {self.name!r} has no variant {self.variant!r}")
        if self.times is not None and self.times < 1:
            raise ValueError("times must be at least 1, or None")

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """A fault from JSON; raises ``ValueError`` for a field that is not known."""
        try:
            return cls(**values)
        except TypeError as error:
            raise ValueError(str(error)) from error

    def as_dict(self) -> dict[str, Any]:
        """The fault as JSON-ready values."""
        return asdict(self)

    def concerns(self, method: str, path: str, text: str) -> bool:
        """Whether a request is one that this fault is for."""
        if self.match is not None and self.match not in text:
            return False
        if self.path is not None:
            if path != self.path and not path.startswith(f"{self.path}/"):
                return False
        elif method != "POST" or path not in MODEL_PATHS:
            return False
        is_about_text = self.name in BAD_ANSWERS | BROKEN_REPLIES
        return not is_about_text or path in TEXT_PATHS


class FaultQueue:
    """Ordered faults; each request takes the first that concerns it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []

    def order(self, fault: Fault) -> None:
        """Add a fault behind those already ordered."""
        with self._lock:
            self._faults.append(fault)

    def pending(self) -> list[Fault]:
        """The faults still to come, with the times that are left."""
        with self._lock:
            return list(self._faults)

    def clear(self) -> None:
        """Forget all faults."""
        with self._lock:
            self._faults.clear()

    def take(self, method: str, path: str, text: str) -> Fault | None:
        """The fault of this request, used up by one, or ``None``."""
        with self._lock:
            for index, fault in enumerate(self._faults):
                if fault.concerns(method, path, text):
                    self._use(index, fault)
                    return fault
        return None

    def _use(self, index: int, fault: Fault) -> None:
        if fault.times is None:
            return
        if fault.times == 1:
            del self._faults[index]
        else:
            self._faults[index] = replace(fault, times=fault.times - 1)
