# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Fine-tuning jobs: their stages, events, checkpoints and results.

A job moves one stage further each time it is looked at, or, when
``seconds_per_stage`` is set, as time passes. Running takes ``looks_to_train`` such
stages, each with a part of the epochs.
"""

import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from .catalogue import Catalogue, ModelCard
from .errors import ApiError, bad_request
from .files import FileStore
from .training_file import TrainingFileError, TrainingSet, read_examples

STAGES = ("validating_files", "queued", "running", "succeeded")
ENDED = ("succeeded", "failed", "cancelled")
# In these a job does not move by itself.
RESTING = (*ENDED, "paused")
DEFAULT_EPOCHS = 3
ORGANIZATION = "org-local"


@dataclass
class TuningJob:
    """One job; ``training`` is known once its files were validated."""

    card: ModelCard
    training_file: str
    validation_file: str | None
    suffix: str | None
    seed: int
    hyperparameters: dict[str, Any]
    metadata: dict[str, str] | None
    method: str = "supervised"
    id: str = field(default_factory=lambda: f"ftjob-{secrets.token_hex(12)}")
    created_at: int = field(default_factory=lambda: int(time.time()))
    moved_at: float = field(default_factory=time.monotonic)
    status: str = STAGES[0]
    training: TrainingSet | None = None
    error: dict[str, Any] | None = None
    fine_tuned_model: str | None = None
    steps_done: int = 0
    looks: int = 0
    finished_at: int | None = None
    result_files: list[str] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)

    @property
    def epochs(self) -> int:
        """How often the examples are gone through."""
        asked = self.hyperparameters.get("n_epochs", "auto")
        return DEFAULT_EPOCHS if asked == "auto" else int(asked)

    @property
    def final_name(self) -> str:
        """The name that the tuned model gets."""
        parts = ("ft", self.card.reply_name, "local", self.suffix or "")
        return ":".join((*parts, self.id[-8:]))

    def checkpoint_name(self, step: int) -> str:
        """The model that there was after so many steps; the last is the result."""
        return self.final_name + ("" if step == self.epochs else f":ckpt-step-{step}")

    def tell(self, message: str, level: str = "info", data: Any = None) -> None:
        """Add an event."""
        self.events.append(
            {
                "object": "fine_tuning.job.event",
                "id": f"ftevent-{secrets.token_hex(12)}",
                "created_at": int(time.time()),
                "level": level,
                "message": message,
                "data": data or {},
                "type": "metrics" if data else "message",
            }
        )

    def end(self, status: str) -> None:
        """Note that nothing more will happen."""
        self.status = status
        self.finished_at = int(time.time())


class TuningJobs:
    """All jobs; each call of ``get`` may move a job on."""

    def __init__(self, files: FileStore, catalogue: Catalogue) -> None:
        self.seconds_per_stage: float | None = None
        # Stages that training takes, and what a job fails with in the middle of it.
        self.looks_to_train = 1
        self.failure: tuple[str, str] | None = None
        self._files = files
        self._catalogue = catalogue
        self._lock = threading.RLock()
        self._jobs: dict[str, TuningJob] = {}

    def add(self, job: TuningJob) -> TuningJob:
        """Start a job; raises ``ApiError`` when a file is not there."""
        for param in ("training_file", "validation_file"):
            file_id = getattr(job, param)
            if file_id is not None:
                self._check_purpose(file_id, param)
        job.tell(f"Created fine-tuning job: {job.id}")
        job.tell(f"Validating training file: {job.training_file}")
        with self._lock:
            self._jobs[job.id] = job
        return job

    def get(self, job_id: str, *, advance: bool = False) -> TuningJob:
        """A job, moved on if time or this look at it says so; or the API's 404."""
        with self._lock:
            job = self._jobs.get(job_id)
            if job is None:
                raise ApiError(404, f"Could not find fine tune: {job_id}", param="id")
            self._advance(job, advance)
            return job

    def cancel(self, job_id: str) -> TuningJob:
        """Stop a job that has not ended; a 400 when it has."""
        with self._lock:
            job = self.get(job_id)
            if job.status in ENDED:
                raise bad_request(
                    f"Job has already completed: {job_id} ({job.status})", None, None
                )
            job.end("cancelled")
            job.tell("The job has been cancelled")
            return job

    def pause(self, job_id: str) -> TuningJob:
        """Stop a running job for a while; a 400 when it is not running."""
        return self._turn(job_id, "running", "paused", "The job has been paused")

    def resume(self, job_id: str) -> TuningJob:
        """Go on with a job that was paused; a 400 when it was not."""
        return self._turn(job_id, "paused", "running", "The job has been resumed")

    def _turn(self, job_id: str, before: str, after: str, message: str) -> TuningJob:
        with self._lock:
            job = self.get(job_id)
            if job.status != before:
                raise bad_request(
                    f"Job {job_id} is {job.status}, not {before}.", None, None
                )
            job.status = after
            job.moved_at = time.monotonic()
            job.tell(message)
            return job

    def listing(self) -> list[TuningJob]:
        """The jobs, the newest first; looking at the list moves none of them."""
        with self._lock:
            for job in self._jobs.values():
                self._advance(job, False)
            return list(reversed(self._jobs.values()))

    def _check_purpose(self, file_id: str, param: str) -> None:
        try:
            purpose = self._files.get(file_id).purpose
        except ApiError as error:
            raise bad_request(
                f"File '{file_id}' does not exist.", param, "file_not_found"
            ) from error
        if purpose != "fine-tune":
            raise bad_request(
                f"File '{file_id}' has purpose '{purpose}', expected 'fine-tune'.",
                param,
                "invalid_file_purpose",
            )

    def _advance(self, job: TuningJob, is_looked_at: bool) -> None:
        if self.seconds_per_stage is None:
            if is_looked_at and job.status not in RESTING:
                self._next_stage(job)
            return
        now = time.monotonic()
        while (
            job.status not in RESTING and now >= job.moved_at + self.seconds_per_stage
        ):
            job.moved_at += self.seconds_per_stage
            self._next_stage(job)

    def _next_stage(self, job: TuningJob) -> None:
        if job.status == "validating_files":
            self._validate(job)
        elif job.status == "queued":
            job.status = "running"
            job.tell("Fine-tuning job started")
        else:
            self._train(job)

    def _validate(self, job: TuningJob) -> None:
        for param in ("training_file", "validation_file"):
            file_id = getattr(job, param)
            if file_id is None:
                continue
            try:
                content = self._files.get(file_id).content
                found = read_examples(
                    content, job.method, is_training=param == "training_file"
                )
            except (TrainingFileError, ApiError) as error:
                self._fail(job, param, error)
                return
            job.training = job.training or found
        job.status = "queued"
        job.tell("Files validated, moving job to queued state")

    def _fail(self, job: TuningJob, param: str, error: Exception) -> None:
        code = getattr(error, "code", None) or f"invalid_{param}"
        message = f"The job failed due to an invalid {param.replace('_', ' ')}. {error}"
        job.error = {"code": code, "message": message, "param": param}
        job.end("failed")
        job.tell(message, "error")

    def _train(self, job: TuningJob) -> None:
        job.looks += 1
        until = job.epochs * job.looks // self.looks_to_train
        for step in range(job.steps_done + 1, min(until, job.epochs) + 1):
            self._step(job, step)
        if self.failure:
            code, message = self.failure
            job.error = {"code": code, "message": message, "param": None}
            job.end("failed")
            job.tell(message, "error")
        elif job.steps_done >= job.epochs:
            self._succeed(job)

    def _step(self, job: TuningJob, step: int) -> None:
        job.steps_done = step
        metrics = step_metrics(job, step)
        loss = metrics["train_loss"]
        job.tell(
            f"Step {step}/{job.epochs}: training loss={loss:.2f}",
            data={"total_steps": job.epochs, **metrics},
        )
        name = job.checkpoint_name(step)
        if step < job.epochs:
            self._enter(name, job)
            job.tell(f"Checkpoint created at step {step}")

    def _enter(self, name: str, job: TuningJob) -> None:
        answers = job.training.answers if job.training else {}
        self._catalogue.add_tuned(name, job.card, int(time.time()), answers)

    def _succeed(self, job: TuningJob) -> None:
        job.fine_tuned_model = job.final_name
        self._enter(job.fine_tuned_model, job)
        losses = ["step,train_loss,train_accuracy"]
        for step in range(1, job.epochs + 1):
            metrics = step_metrics(job, step)
            accuracy = metrics["train_mean_token_accuracy"]
            losses.append(f"{step},{metrics['train_loss']},{accuracy}")
        content = "\n".join(losses).encode()
        results = self._files.add_result(
            "step_metrics.csv", "fine-tune-results", content
        )
        job.result_files = [results.id]
        job.tell(f"New fine-tuned model created: {job.fine_tuned_model}")
        job.end("succeeded")
        job.tell("The job has successfully completed")


def step_metrics(job: TuningJob, step: int) -> dict[str, float]:
    """What the API tells of a step; of the validation file where there is one."""
    loss = round(1.5 / step, 4)
    metrics = {
        "step": step,
        "train_loss": loss,
        "train_mean_token_accuracy": round(1 - loss / 3, 4),
    }
    if job.validation_file:
        metrics["valid_loss"] = round(loss * 1.1, 4)
        metrics["valid_mean_token_accuracy"] = round(1 - loss / 2.7, 4)
    return metrics
