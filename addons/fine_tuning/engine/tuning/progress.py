# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How far a tuning job is: what its provider shows, in our terms."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from odoo.addons.gpt_core.engine.text.storable import storable_text

from .refusals import Refusal, refusal_of_job

# The state of a job of ours, by the provider's; others mean that it works.
_STATES = {
    "validating_files": "queued",
    "pending": "queued",
    "queued": "queued",
    "notrunning": "queued",
    "created": "queued",
    "paused": "running",
    "pausing": "running",
    "resuming": "running",
    "succeeded": "done",
    "completed": "done",
    "failed": "failed",
    "error": "failed",
    "cancelled": "cancelled",
    "canceled": "cancelled",
}
ENDED = ("done", "failed", "cancelled")
# Our names of the metrics, with those that providers give them.
_METRICS: Mapping[str, tuple[str, ...]] = {
    "train_loss": ("train_loss", "training_loss", "loss"),
    "train_accuracy": ("train_mean_token_accuracy", "train_accuracy"),
    "valid_loss": ("full_valid_loss", "valid_loss", "eval_loss"),
    "valid_accuracy": (
        "full_valid_mean_token_accuracy",
        "valid_mean_token_accuracy",
        "valid_accuracy",
    ),
}
_MAX_MESSAGE = 2000


@dataclass(frozen=True)
class Event:
    """One line of what the provider tells."""

    id: str
    at: float
    level: str
    message: str


@dataclass(frozen=True)
class Checkpoint:
    """A model that there was after some steps."""

    name: str
    step: int


@dataclass(frozen=True)
class Progress:
    """A job as it is now; ``metrics``: by step."""

    job_id: str
    state: str
    is_paused: bool = False
    model: str = ""
    trained_tokens: int = 0
    ends_at: float = 0
    step: int = 0
    total_steps: int = 0
    problem: Refusal | None = None
    events: tuple[Event, ...] = ()
    metrics: Mapping[int, Mapping[str, float]] = field(default_factory=dict)
    checkpoints: tuple[Checkpoint, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens."""
        return self.state in ENDED

    @property
    def percent(self) -> float:
        """How far it is; some of it is waiting before the first step."""
        if self.state == "done":
            return 100.0
        if not self.total_steps:
            return 10.0 if self.state == "running" else 5.0
        return 10 + 85 * min(self.step / self.total_steps, 1.0)


def progress_of(
    job: Mapping[str, Any],
    events: Iterable[Mapping[str, Any]] = (),
    checkpoints: Iterable[Mapping[str, Any]] = (),
) -> Progress:
    """Return what a provider shows of a job.

    :param events: those that are new, in any order
    :param checkpoints: all of them
    """
    status = str(job.get("status") or "").lower().replace(" ", "")
    state = _STATES.get(status, "running")
    model = job.get("fine_tuned_model")
    if state == "done" and not model:
        state, failure = "failed", Refusal("training_failed")
    else:
        failure = None
    events, checkpoints = list(events), list(checkpoints)
    metrics: dict[int, dict[str, float]] = {}
    for data in (
        *(checkpoint.get("metrics") for checkpoint in checkpoints),
        *(event.get("data") for event in events),
    ):
        step = _number(data, "step")
        found = _metrics(data)
        if step and found:
            metrics.setdefault(int(step), {}).update(found)
    totals = [_number(event.get("data"), "total_steps") for event in events]
    steps = [
        *metrics,
        *(int(_number(checkpoint, "step_number")) for checkpoint in checkpoints),
        int(_number(job, "trained_steps")),
    ]
    return Progress(
        job_id=str(job.get("id") or ""),
        state=state,
        is_paused=status in ("paused", "pausing"),
        model=str(model or ""),
        trained_tokens=int(_number(job, "trained_tokens")),
        ends_at=_number(job, "estimated_finish"),
        step=max(steps, default=0),
        total_steps=int(max([*totals, _number(job, "total_steps")], default=0)),
        problem=failure or (_problem(job) if state == "failed" else None),
        events=tuple(sorted(map(_event, reversed(events)), key=lambda event: event.at)),
        metrics=metrics,
        checkpoints=_checkpoints(checkpoints),
    )


def _event(event: Mapping[str, Any]) -> Event:
    return Event(
        id=str(event.get("id") or ""),
        at=_number(event, "created_at"),
        level=str(event.get("level") or "info"),
        message=storable_text(str(event.get("message") or ""))[:_MAX_MESSAGE],
    )


def _checkpoints(checkpoints: Iterable[Mapping[str, Any]]) -> tuple[Checkpoint, ...]:
    found = {
        int(_number(checkpoint, "step_number")): str(
            checkpoint.get("fine_tuned_model_checkpoint") or ""
        )
        for checkpoint in checkpoints
    }
    return tuple(Checkpoint(found[step], step) for step in sorted(found) if found[step])


def _problem(job: Mapping[str, Any]) -> Refusal:
    error = job.get("error")
    if not isinstance(error, Mapping):
        return Refusal("training_failed", storable_text(str(error or ""))[:500])
    return refusal_of_job(str(error.get("code") or ""), str(error.get("message") or ""))


def _metrics(data: object) -> dict[str, float]:
    found = {}
    for ours, theirs in _METRICS.items():
        for name in theirs:
            if isinstance(data, Mapping) and _is_number(data.get(name)):
                found[ours] = float(data[name])
                break
    return found


def _number(data: object, name: str) -> float:
    value = data.get(name) if isinstance(data, Mapping) else None
    return float(value) if _is_number(value) else 0.0  # type: ignore[arg-type]


def _is_number(value: object) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and math.isfinite(value)  # type: ignore[arg-type]
