# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The part of :mod:`.samples` that is about tuning jobs and replacements."""

_OF_THE_JOB = "names and settings of managers, and what a provider says of masked files"
KEPT = {
    "gpt.tuning.profile": "settings, written by managers",
    "gpt.tuning.job": _OF_THE_JOB,
    "gpt.tuning.event": _OF_THE_JOB,
    "gpt.tuning.metric": "figures",
    "gpt.tuning.checkpoint": "names of models",
    "gpt.replacement": "models that are compared",
    "gpt.replacement.candidate": "models that are compared",
}
SHARED = {"gpt.tuning.profile": "what providers accept is everybody's"}


def samples(env, made, dataset):
    chain, model, provider = made["gpt.chain"], made["gpt.model"], made["gpt.provider"]
    profile = env["gpt.tuning.profile"].create({"name": "Sample", "code": "sample"})
    job = env["gpt.tuning.job"].create(
        {
            "name": "Sample",
            "dataset_id": dataset.id,
            "provider_id": provider.id,
            "base_model": "sample",
            "profile_id": profile.id,
            "model_id": model.id,
            "evaluation_id": made["gpt.chain.evaluation"].id,
            "switch_id": made["gpt.model.switch"].id,
        }
    )
    of_job = {"job_id": job.id}
    event = {"at": "2026-01-01 00:00:00", "message": "x"}
    replacement = env["gpt.replacement"].create(
        {"chain_id": chain.id, "model_id": model.id}
    )
    records = [
        profile, job, replacement,
        env["gpt.tuning.event"].create(of_job | event),
        env["gpt.tuning.metric"].create(
            of_job | {"step": 1, "kind": "train_loss", "value": 1}
        ),
        env["gpt.tuning.checkpoint"].create(of_job | {"name": "x", "step": 1}),
        env["gpt.replacement.candidate"].create(
            {"replacement_id": replacement.id, "model_id": model.id}
        ),
    ]  # fmt: skip
    return {record._name: record for record in records}
