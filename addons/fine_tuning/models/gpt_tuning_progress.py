# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import UTC, datetime

from odoo import api, models


class GptTuningProgress(models.AbstractModel):
    """Writes down what a provider shows of a tuning job."""

    _name = "gpt.tuning.progress"
    _description = "GPT Tuning Progress"

    @api.model
    def _keep(self, job, shown):
        """Keep a :class:`Progress`: state, events, figures, checkpoints."""
        values = {"remote_id": shown.job_id or job.remote_id}
        if not shown.is_over:
            values |= {
                "state": shown.state,
                "is_paused": shown.is_paused,
                "ends_at": _moment(shown.ends_at) if shown.ends_at else False,
            }
        if shown.total_steps:
            values["total_steps"] = shown.total_steps
        values["step"] = max(shown.step, job.step)
        total = values.get("total_steps") or job.total_steps
        percent = shown.percent
        if total and not shown.is_over:
            percent = 10 + 85 * min(values["step"] / total, 1)
        if shown.state in ("failed", "cancelled"):
            percent = job.progress
        values["progress"] = max(percent, job.progress)
        if shown.model:
            values["tuned_name"] = shown.model
        if shown.trained_tokens:
            values |= self._cost(job, shown.trained_tokens)
        job.write(values)
        self._keep_events(job, shown.events)
        self._keep_metrics(job, shown.metrics)
        self._keep_checkpoints(job, shown)

    @api.model
    def _cost(self, job, tokens):
        """Return the trained tokens, and what they cost where the price is known."""
        base = self.env["gpt.tuning.model"]._base(job)
        return {
            "trained_tokens": tokens,
            "currency_id": base.currency_id.id,
            "training_cost": tokens * base.price_training / 1_000_000,
        }

    @api.model
    def _keep_events(self, job, events):
        known = set(job.event_ids.mapped("remote_id"))
        self.env["gpt.tuning.event"].create(
            [
                {
                    "job_id": job.id,
                    "at": _moment(event.at),
                    "level": _level(event.level),
                    "message": event.message,
                    "remote_id": event.id,
                }
                for event in events
                if event.message and event.id not in known
            ]
        )

    @api.model
    def _keep_metrics(self, job, metrics):
        known = {(metric.step, metric.kind): metric for metric in job.metric_ids}
        new = []
        for step, figures in metrics.items():
            for kind, value in figures.items():
                if (step, kind) in known:
                    known[step, kind].value = value
                else:
                    new.append(
                        {"job_id": job.id, "step": step, "kind": kind, "value": value}
                    )
        self.env["gpt.tuning.metric"].create(new)

    @api.model
    def _keep_checkpoints(self, job, shown):
        known = set(job.checkpoint_ids.mapped("name"))
        for checkpoint in shown.checkpoints:
            if checkpoint.name not in known:
                figures = shown.metrics.get(checkpoint.step, {})
                self.env["gpt.tuning.checkpoint"].create(
                    {
                        "job_id": job.id,
                        "name": checkpoint.name,
                        "step": checkpoint.step,
                        "train_loss": figures.get("train_loss", 0),
                        "valid_loss": figures.get("valid_loss", 0),
                    }
                )

    @api.model
    def _enter_model(self, job):
        """Add the result to the catalogue."""
        name = (job.served_as or "").strip() or job.tuned_name
        job.model_id = self.env["gpt.tuning.model"]._add(job, name)


def _moment(seconds):
    """Return what a provider's clock says as Odoo keeps it; now, if it is odd."""
    try:
        moment = datetime.fromtimestamp(seconds, UTC) if seconds else None
    except (OverflowError, OSError, ValueError):
        moment = None
    return (moment or datetime.now(UTC)).replace(tzinfo=None, microsecond=0)


def _level(level):
    return {"warning": "warn", "warn": "warn", "error": "error"}.get(level, "info")
