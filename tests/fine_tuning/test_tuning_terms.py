# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is asked of providers that differ, and what they show of a job."""

import math

import pytest

from odoo.addons.fine_tuning.engine.tuning.profile import (
    Profile,
    Settings,
    job_body,
    problems,
)
from odoo.addons.fine_tuning.engine.tuning.progress import progress_of
from odoo.addons.fine_tuning.engine.tuning.refusals import CODES, refusal_of_job

TEN = b'{"messages": []}\n' * 10


def test_hyperparameters_at_the_top() -> None:
    profile = Profile(
        is_nested=False,
        names={"epochs": "n_epochs", "lora_rank": "lora_r"},
        takes_seed=False,
        takes_metadata=False,
        suffix_chars=0,
        extra_body={"hyperparameters": {"lora": True}, "trainingType": "Standard"},
    )
    settings = Settings(
        "llama",
        hyperparameters={"epochs": 2, "batch": 8, "lora_rank": 16},
        suffix="x",
        seed=1,
        metadata={"a": "b"},
    )
    assert job_body(settings, profile, "file-1", "file-2") == {
        "model": "llama",
        "training_file": "file-1",
        "validation_file": "file-2",
        "hyperparameters": {"n_epochs": 2, "lora_r": 16, "lora": True},
        "trainingType": "Standard",
    }


def test_nothing_is_sent_of_what_is_left_to_the_provider() -> None:
    settings = Settings("m", "dpo", {"epochs": 0, "beta": 0.1})
    assert job_body(settings, Profile(names={"beta": "beta"}), "file-1") == {
        "model": "m",
        "training_file": "file-1",
        "method": {"type": "dpo", "dpo": {"hyperparameters": {"beta": 0.1}}},
    }
    assert job_body(Settings("m"), Profile(), "file-1")["method"] == {
        "type": "supervised"
    }


@pytest.mark.parametrize(
    ("settings", "profile", "training", "codes"),
    [
        (Settings("m"), Profile(), TEN, []),
        (Settings(" "), Profile(), TEN, ["no_model"]),
        (Settings("m", "dpo"), Profile(methods=("supervised",)), TEN, ["method"]),
        (Settings("m", suffix="x" * 64), Profile(), TEN, []),
        (Settings("m", suffix="x" * 65), Profile(), TEN, ["suffix_long"]),
        (
            Settings("m", suffix="v1.2"),
            Profile(suffix_without="."),
            TEN,
            ["suffix_character"],
        ),
        (Settings("m"), Profile(), b"", ["no_file"]),
        (Settings("m"), Profile(), TEN[17:], ["few"]),
        (Settings("m"), Profile(max_bytes=10), TEN, ["large"]),
    ],
)
def test_what_would_be_refused(
    settings: Settings, profile: Profile, training: bytes, codes: list[str]
) -> None:
    assert [p.code for p in problems(settings, profile, training)] == codes


def test_odd_things_that_providers_show() -> None:
    progress = progress_of(
        {
            "id": "j",
            "status": "Not Running",
            "trained_tokens": None,
            "estimated_finish": "soon",
        },
        [
            {"data": None, "message": None},
            {"data": {"step": 3, "training_loss": math.nan, "total_steps": True}},
            {"data": {"step": 2, "train_loss": 0.5, "train_accuracy": 0.75}},
            {"data": ["step"], "message": "a\x00b", "created_at": 5},
        ],
        [{"step_number": 2, "fine_tuned_model_checkpoint": None, "metrics": None}],
    )
    assert (progress.state, progress.step, progress.total_steps) == ("queued", 2, 0)
    assert progress.metrics == {2: {"train_loss": 0.5, "train_accuracy": 0.75}}
    assert progress.events[-1].message == "ab"
    assert not progress.checkpoints
    without = progress_of({"id": "j", "status": "succeeded"})
    assert without.state == "failed", "nothing came of it"
    assert progress_of({"status": "error", "error": "why"}).problem is not None
    assert progress_of({"status": "uploading to GPU"}).state == "running"


@pytest.mark.parametrize(
    ("code", "message", "found"),
    [
        ("invalid_training_file", "Line 3", "bad_file"),
        ("invalid_n_examples", "has 3 example(s)", "too_few"),
        ("exceeded_quota", "Creating this job would exceed your limit", "quota"),
        ("", "blocked by our moderation system", "content_filter"),
        ("", "", "training_failed"),
    ],
)
def test_why_jobs_fail(code: str, message: str, found: str) -> None:
    assert refusal_of_job(code, message).code == found
    assert found in CODES
