# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Files and tuning jobs at a provider, over real HTTP."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from openai_server import Fault, OpenAIServer

from odoo.addons.fine_tuning.engine.tuning.client import TuningApi
from odoo.addons.fine_tuning.engine.tuning.profile import Profile, Settings, job_body
from odoo.addons.fine_tuning.engine.tuning.refusals import Refusal
from odoo.addons.gpt_core.engine.provider.chat_model import Endpoint

BASE = "gpt-4o-mini-2024-07-18"
KEY = "sk-secret-key-of-this-test"
JOBS = "/v1/fine_tuning/jobs"
NAMES = {"epochs": "n_epochs", "batch": "batch_size"}


def content(count: int = 12) -> bytes:
    return "\n".join(
        json.dumps(
            {
                "messages": [
                    {"role": "user", "content": f"¿Precio de {number}?"},
                    {"role": "assistant", "content": f"{number} pesos."},
                ]
            }
        )
        for number in range(count)
    ).encode()


@pytest.fixture
def api(server: OpenAIServer) -> TuningApi:
    return TuningApi(Endpoint(api_key=KEY, base_url=server.base_url))


def body(
    training_file: str, extra: dict[str, Any] | None = None, **changes: Any
) -> dict[str, Any]:
    settings = Settings(
        **{"model": BASE, "hyperparameters": {"epochs": 4}, "suffix": "cafe"} | changes
    )
    profile = Profile(names=NAMES, extra_body=extra or {})
    return job_body(settings, profile, training_file)


def refusal(do: Callable[[], Any]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        do()
    assert KEY not in caught.value.detail
    return caught.value


def posts(server: OpenAIServer, path: str) -> int:
    return len([e for e in server.journal.entries(path) if e.method == "POST"])


def test_the_whole_life_of_a_job(server: OpenAIServer, api: TuningApi) -> None:
    server.tuning.looks_to_train = 2
    file_id = api.upload("a-train.jsonl", content())
    job = api.start(body(file_id, {"seed": 8}, seed=7, metadata={"job": "1"}))
    assert (job.state, job.percent) == ("queued", 5.0)
    sent = server.journal.entries(JOBS)[0].body
    assert sent["seed"] == 8, "what the profile adds counts"
    assert sent["method"]["supervised"] == {"hyperparameters": {"n_epochs": 4}}
    states, last, events = [], "", []
    for _ in range(4):
        job = api.look(job.job_id, last)
        states.append((job.state, job.step, job.total_steps, job.percent))
        events += [event.message for event in job.events]
        last = job.events[-1].id if job.events else last
    assert states == [
        ("queued", 0, 0, 5.0),
        ("running", 0, 0, 10.0),
        ("running", 2, 4, 52.5),
        ("done", 4, 4, 100.0),
    ]
    assert len(set(events)) == len(events), "no event comes twice"
    assert events[0].startswith("Created fine-tuning job")
    assert job.model.startswith(f"ft:{BASE}:local:cafe:")
    assert job.trained_tokens > 100
    assert job.metrics[4] == {"train_loss": 0.375, "train_accuracy": 0.875}
    assert [c.step for c in job.checkpoints] == [2, 3, 4]
    assert api.delete_file(file_id)
    assert not api.delete_file(file_id)


def test_what_was_made_though_the_reply_was_lost_is_found(
    server: OpenAIServer, api: TuningApi
) -> None:
    server.faults.order(Fault("lost_reply", path="/v1/files"))
    assert refusal(lambda: api.upload("a.jsonl", content())).code == "lost"
    file_id = api.upload("a.jsonl", content(), is_retry=True)
    assert api.upload("b.jsonl", content(), is_retry=True) != file_id
    assert posts(server, "/v1/files") == 2
    server.faults.order(Fault("lost_reply", path=JOBS))
    assert refusal(lambda: api.start(body(file_id))).code == "lost"
    job = api.start(body(file_id), is_retry=True)
    assert api.start(body(file_id), is_retry=True).job_id == job.job_id
    assert posts(server, JOBS) == 1
    cancelled = api.cancel_of(file_id)
    assert cancelled is not None
    assert (cancelled.job_id, cancelled.state) == (job.job_id, "cancelled")
    assert api.cancel_of(file_id) is None
    again = api.start(body(file_id), is_retry=True)
    assert again.job_id != job.job_id, "one that was cancelled is not gone on with"


def test_pause_resume_and_cancel(server: OpenAIServer, api: TuningApi) -> None:
    server.tuning.looks_to_train = 9
    job_id = api.start(body(api.upload("a.jsonl", content()))).job_id
    assert not api.pause(job_id).is_paused, "it does not run yet"
    api.look(job_id)
    assert api.pause(job_id).is_paused
    assert api.look(job_id).is_paused
    assert api.look(job_id).state == "running"
    assert not api.resume(job_id).is_paused
    assert api.cancel(job_id).state == "cancelled"
    assert api.cancel(job_id).state == "cancelled", "once more does no harm"


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault("not_eligible", path=JOBS), "not_eligible"),
        (Fault("insufficient_quota", path=JOBS), "quota"),
        (Fault("rate_limit", path=JOBS, retry_after=7), "busy"),
        (Fault("server_error", path=JOBS), "server_error"),
        (Fault("wrong_key", path=JOBS), "wrong_key"),
        (Fault("permission", path=JOBS), "permission"),
        (Fault("connection_reset", path=JOBS), "lost"),
        (Fault("unknown_model", path=JOBS), "model_not_tunable"),
        (Fault("raw", path=JOBS, status=404, body='{"detail":"x"}'), "no_tuning_api"),
        (
            Fault(
                "raw", path=JOBS, status=200, body="<html>", content_type="text/html"
            ),
            "no_tuning_api",
        ),
        (
            Fault(
                "raw",
                path=JOBS,
                status=400,
                body='{"error": {"message": "Key {key} may not: no such file object"}}',
            ),
            "file_gone",
        ),
    ],
)
def test_refusals(
    server: OpenAIServer, api: TuningApi, fault: Fault, code: str
) -> None:
    file_id = api.upload("a.jsonl", content())
    server.faults.order(fault)
    found = refusal(lambda: api.start(body(file_id)))
    assert found.code == code
    assert found.is_passing == (code in ("busy", "lost", "server_error"))
    assert posts(server, JOBS) <= 1, "what makes something is not tried again at once"


def test_what_is_not_there(server: OpenAIServer, api: TuningApi) -> None:
    assert refusal(lambda: api.look("ftjob-none")).code == "job_gone"
    assert refusal(lambda: api.start(body("file-none"))).code == "file_gone"
    file_id = api.upload("a.jsonl", content())
    not_tunable = body(file_id, model="gpt-6-luna")
    assert refusal(lambda: api.start(not_tunable)).code == "model_not_tunable"
    server.stop()
    assert refusal(lambda: api.look("ftjob-none")).code == "lost"


def test_a_server_without_tuning(server: OpenAIServer) -> None:
    with OpenAIServer(endpoints={"chat"}) as plain:
        api = TuningApi(Endpoint(api_key=KEY, base_url=plain.base_url))
        found = refusal(lambda: api.upload("a.jsonl", content()))
        assert found.code == "no_tuning_api"


def test_a_bad_file_and_a_failure_in_the_middle(
    server: OpenAIServer, api: TuningApi
) -> None:
    job_id = api.start(body(api.upload("a.jsonl", content(9)))).job_id
    job = api.look(job_id)
    assert job.problem is not None
    assert (job.state, job.problem.code) == ("failed", "too_few")
    job_id = api.start(body(api.upload("b.jsonl", b"{}\n" + content()))).job_id
    job = api.look(job_id)
    assert job.problem is not None
    assert (job.state, job.problem.code) == ("failed", "bad_file")
    assert "Example 1" in job.problem.detail
    server.tuning.failure = ("internal", "The training diverged.")
    job_id = api.start(body(api.upload("c.jsonl", content()))).job_id
    for _ in range(3):
        job = api.look(job_id)
    assert job.problem is not None
    assert (job.state, job.problem.code) == ("failed", "training_failed")
    assert job.is_over
