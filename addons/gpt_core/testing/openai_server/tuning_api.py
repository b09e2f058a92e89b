# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``/v1/fine_tuning/jobs``."""

import secrets
from typing import Any

from .calls import Call
from .errors import bad_request, missing_parameter
from .files_api import select_page
from .parameters import check_metadata, number, one_of, refuse_unknown, typed
from .replies import Reply, json_reply, page
from .tuning_jobs import ORGANIZATION, TuningJob, step_metrics

PARAMETERS = frozenset(
    """
    hyperparameters integrations metadata method model seed suffix training_file
    validation_file
    """.split()
)
CHECKPOINTS_KEPT = 3
METHODS = ("supervised", "dpo")


def create(call: Call) -> Reply:
    """``POST /v1/fine_tuning/jobs``."""
    body = call.body
    refuse_unknown(body, PARAMETERS, {})
    for name in ("model", "training_file"):
        if not typed(body, name, str):
            raise missing_parameter(name)
    card = call.state.catalogue.chat(body["model"])
    if not card.tunable:
        raise bad_request(
            f"Model {card.name} is not available for fine-tuning or does not exist.",
            "model",
            "model_not_available",
        )
    check_metadata(body)
    seed = number(body, "seed", int, 0, 2**31 - 1)
    method = typed(body, "method", dict) or {"type": "supervised"}
    one_of(method.get("type") or "", METHODS, "method.type")
    job = TuningJob(
        card=card,
        training_file=body["training_file"],
        validation_file=typed(body, "validation_file", str),
        suffix=_suffix(body),
        seed=secrets.randbelow(2**31) if seed is None else seed,
        hyperparameters=_hyperparameters(body, method),
        method=method["type"],
        metadata=body.get("metadata"),
    )
    return json_reply(_shown(call.state.tuning.add(job)))


def retrieve(call: Call, job_id: str) -> Reply:
    """``GET /v1/fine_tuning/jobs/{id}``; a look may move the job on."""
    return json_reply(_shown(call.state.tuning.get(job_id, advance=True)))


def listing(call: Call) -> Reply:
    """``GET /v1/fine_tuning/jobs``, the newest first."""
    jobs = call.state.tuning.listing()
    shown, has_more = select_page(jobs, call.query, lambda job: job.id)
    return json_reply(page([_shown(job) for job in shown], has_more))


def cancel(call: Call, job_id: str) -> Reply:
    """``POST /v1/fine_tuning/jobs/{id}/cancel``."""
    return json_reply(_shown(call.state.tuning.cancel(job_id)))


def pause(call: Call, job_id: str) -> Reply:
    """``POST /v1/fine_tuning/jobs/{id}/pause``."""
    return json_reply(_shown(call.state.tuning.pause(job_id)))


def resume(call: Call, job_id: str) -> Reply:
    """``POST /v1/fine_tuning/jobs/{id}/resume``."""
    return json_reply(_shown(call.state.tuning.resume(job_id)))


def events(call: Call, job_id: str) -> Reply:
    """``GET /v1/fine_tuning/jobs/{id}/events``, the newest first."""
    found = call.state.tuning.get(job_id).events[::-1]
    shown, has_more = select_page(found, call.query, lambda event: event["id"])
    return json_reply(page(list(shown), has_more))


def checkpoints(call: Call, job_id: str) -> Reply:
    """``GET /v1/fine_tuning/jobs/{id}/checkpoints``, the last ones first."""
    job = call.state.tuning.get(job_id)
    steps = range(job.steps_done, 0, -1)
    found = [_checkpoint(job, step) for step in steps[:CHECKPOINTS_KEPT]]
    shown, has_more = select_page(found, call.query, lambda c: c["id"], default=10)
    body = page(list(shown), has_more)
    body["first_id"] = shown[0]["id"] if shown else None
    body["last_id"] = shown[-1]["id"] if shown else None
    return json_reply(body)


def _suffix(body: dict[str, Any]) -> str | None:
    suffix = typed(body, "suffix", str)
    if suffix is not None and not 0 < len(suffix) <= 64:
        raise bad_request(
            "Invalid 'suffix': expected a string of 1 to 64 characters.",
            "suffix",
            "invalid_value",
        )
    return suffix


def _hyperparameters(body: dict[str, Any], method: dict[str, Any]) -> dict[str, Any]:
    asked = (method.get(method["type"]) or {}).get("hyperparameters")
    given = asked or typed(body, "hyperparameters", dict) or {}
    values = {"n_epochs": "auto", "batch_size": "auto"}
    values |= {"learning_rate_multiplier": "auto"}
    if method["type"] == "dpo":
        values["beta"] = "auto"
    for name in given:
        one_of(name, tuple(values), "hyperparameters")
    values |= given
    for name in ("n_epochs", "batch_size"):
        if values[name] != "auto":
            number(values, name, int, 1, 256)
    return values


def _shown(job: TuningJob) -> dict[str, Any]:
    trained = job.training if job.status == "succeeded" else None
    return {
        "object": "fine_tuning.job",
        "id": job.id,
        "created_at": job.created_at,
        "error": job.error,
        "estimated_finish": None,
        "fine_tuned_model": job.fine_tuned_model,
        "finished_at": job.finished_at,
        "hyperparameters": job.hyperparameters,
        "integrations": [],
        "metadata": job.metadata,
        "method": {
            "type": job.method,
            job.method: {"hyperparameters": job.hyperparameters},
        },
        "model": job.card.reply_name,
        "organization_id": ORGANIZATION,
        "result_files": job.result_files,
        "seed": job.seed,
        "status": job.status,
        "trained_tokens": trained.tokens * job.epochs if trained else None,
        "training_file": job.training_file,
        "validation_file": job.validation_file,
    }


def _checkpoint(job: TuningJob, step: int) -> dict[str, Any]:
    return {
        "object": "fine_tuning.job.checkpoint",
        "id": f"ftckpt_{job.id.removeprefix('ftjob-')}{step}",
        "created_at": job.finished_at or job.created_at,
        "fine_tuned_model_checkpoint": job.checkpoint_name(step),
        "fine_tuning_job_id": job.id,
        "metrics": step_metrics(job, step),
        "step_number": step,
    }
