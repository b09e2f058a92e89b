# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``/v1/models``, ``/v1/files`` and ``/v1/fine_tuning/jobs`` through the SDK.

Each reply is checked against its type a second time, as it came over the wire.
"""

import json
import time
from collections.abc import Iterator
from typing import Any

import openai
import pytest
from openai.pagination import SyncCursorPage
from openai.types import FileDeleted, FileObject, Model, ModelDeleted
from openai.types.fine_tuning import FineTuningJob, FineTuningJobEvent
from openai.types.fine_tuning.jobs import FineTuningJobCheckpoint
from openai_server import Fault, OpenAIServer

from .wire import KEY, call, strictly

BASE = "gpt-4o-mini-2024-07-18"


def example(number: int, **last: Any) -> str:
    messages = [
        {"role": "system", "content": "Responde breve."},
        {"role": "user", "content": f"¿Cuánto cuesta el artículo {number}?"},
        {"role": "assistant", "content": f"Cuesta {number}00 pesos."} | last,
    ]
    return json.dumps({"messages": messages}, ensure_ascii=False)


GOOD = "\n".join(example(number) for number in range(1, 13)).encode()


@pytest.fixture
def client(server: OpenAIServer) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=server.base_url, api_key=KEY, max_retries=0) as sdk:
        yield sdk


def upload(client: openai.OpenAI, content: bytes = GOOD) -> str:
    file = client.files.create(file=("train.jsonl", content), purpose="fine-tune")
    return file.id


def start(client: openai.OpenAI, content: bytes = GOOD, **changes: Any) -> str:
    method: Any = {
        "type": "supervised",
        "supervised": {"hyperparameters": {"n_epochs": 2}},
    }
    job = client.fine_tuning.jobs.create(
        model=BASE, training_file=upload(client, content), method=method, **changes
    )
    assert job.status == "validating_files"
    return job.id


def statuses(client: openai.OpenAI, job_id: str) -> list[str]:
    return [client.fine_tuning.jobs.retrieve(job_id).status for _ in range(4)]


def test_models(server: OpenAIServer, client: openai.OpenAI) -> None:
    names = {model.id for model in client.models.list()}
    assert names >= {"gpt-4o", "gpt-4o-mini", "gpt-5", "gpt-6-luna", BASE}
    raw = call(server.base_url, "models")
    for model in raw.json["data"]:
        # Older versions of the SDK do not know this field of the API yet.
        model.pop("shutdown_date", None)
        assert strictly(Model, json.dumps(model)).id in names
    assert call(server.base_url, "models/gpt-4o").json["shutdown_date"] == "2027-01-14"
    with pytest.raises(openai.NotFoundError) as caught:
        client.models.retrieve("gpt-3.5-turbo")
    assert caught.value.code == "model_not_found"
    with pytest.raises(openai.PermissionDeniedError):
        client.models.delete("gpt-4o")


def test_files(server: OpenAIServer, client: openai.OpenAI) -> None:
    first, second = upload(client), upload(client, GOOD + b"\n")
    assert [file.id for file in client.files.list()] == [second, first]
    raw = call(server.base_url, f"files/{first}")
    file = strictly(FileObject, raw.content)
    assert (file.bytes, file.filename) == (len(GOOD), "train.jsonl")
    assert client.files.content(first).content == GOOD
    raw = call(server.base_url, f"files/{first}", method="DELETE")
    assert strictly(FileDeleted, raw.content).deleted
    with pytest.raises(openai.NotFoundError, match="No such File object"):
        client.files.retrieve(first)
    sent = server.journal.entries("/v1/files")[0].body
    assert sent == {
        "purpose": "fine-tune",
        "file": {"filename": "train.jsonl", "bytes": len(GOOD)},
    }


def test_files_come_in_pages(client: openai.OpenAI) -> None:
    ids = [upload(client) for _ in range(5)]
    page = client.files.list(limit=2)
    assert [file.id for file in page.data] == ids[:2:-1]
    assert page.has_more
    assert [file.id for file in page] == ids[::-1], "the SDK follows `after`"


def test_files_that_are_refused(client: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError, match=r"Must be \.jsonl"):
        client.files.create(file=("train.txt", GOOD), purpose="fine-tune")
    with pytest.raises(openai.BadRequestError, match="empty"):
        client.files.create(file=("train.jsonl", b""), purpose="fine-tune")
    purpose: Any = "fun"
    with pytest.raises(openai.BadRequestError, match="Invalid value: 'fun'"):
        client.files.create(file=("train.jsonl", GOOD), purpose=purpose)


def test_a_job_succeeds_and_its_model_answers(
    server: OpenAIServer, client: openai.OpenAI
) -> None:
    job_id = start(client, suffix="cafe", seed=7, metadata={"dataset": "1"})
    assert statuses(client, job_id) == ["queued", "running", "succeeded", "succeeded"]
    raw = call(server.base_url, f"fine_tuning/jobs/{job_id}")
    job = strictly(FineTuningJob, raw.content)
    assert (job.seed, job.metadata, job.model) == (7, {"dataset": "1"}, BASE)
    assert job.trained_tokens
    assert job.trained_tokens > 2 * 12 * 10
    assert job.fine_tuned_model
    assert job.fine_tuned_model.startswith(f"ft:{BASE}:local:cafe:")
    answer = client.responses.create(model=job.fine_tuned_model, input="Hola")
    assert answer.output_text == "¡Hola! ¿En qué puedo ayudarte?"
    trained = client.responses.create(
        model=job.fine_tuned_model, input="¿Cuánto cuesta el artículo 3?"
    )
    assert trained.output_text == "Cuesta 300 pesos."
    assert answer.model == job.fine_tuned_model
    (results,) = job.result_files
    assert client.files.content(results).text.startswith("step,train_loss")
    raw = call(server.base_url, f"models/{job.fine_tuned_model}", method="DELETE")
    assert strictly(ModelDeleted, raw.content).deleted
    with pytest.raises(openai.NotFoundError):
        client.responses.create(model=job.fine_tuned_model, input="Hola")


def test_events_and_checkpoints(server: OpenAIServer, client: openai.OpenAI) -> None:
    job_id = start(client)
    checkpoints = client.fine_tuning.jobs.checkpoints.list(job_id)
    assert isinstance(checkpoints, SyncCursorPage)
    assert not checkpoints.data
    statuses(client, job_id)
    raw = call(server.base_url, f"fine_tuning/jobs/{job_id}/events")
    events = [strictly(FineTuningJobEvent, json.dumps(e)) for e in raw.json["data"]]
    assert events[0].message == "The job has successfully completed"
    assert events[-1].message == f"Created fine-tuning job: {job_id}"
    assert [e.type for e in events].count("metrics") == 2
    pages = client.fine_tuning.jobs.list_events(job_id, limit=3)
    assert [event.id for event in pages] == [event.id for event in events]
    raw = call(server.base_url, f"fine_tuning/jobs/{job_id}/checkpoints")
    kept = [strictly(FineTuningJobCheckpoint, json.dumps(c)) for c in raw.json["data"]]
    assert [checkpoint.step_number for checkpoint in kept] == [2, 1]
    job = client.fine_tuning.jobs.retrieve(job_id)
    assert kept[0].fine_tuned_model_checkpoint == job.fine_tuned_model


def test_a_long_job_stays_running_for_a_while(
    server: OpenAIServer, client: openai.OpenAI
) -> None:
    server.tuning.looks_to_train = 2
    job_id = start(client)
    assert statuses(client, job_id) == ["queued", "running", "running", "succeeded"]
    with pytest.raises(openai.BadRequestError, match="not paused"):
        client.fine_tuning.jobs.resume(start(client))


def test_checkpoints_answer_while_the_job_is_paused(
    server: OpenAIServer, client: openai.OpenAI
) -> None:
    server.tuning.looks_to_train = 2
    job_id = start(client, validation_file=upload(client, example(1).encode()))
    for _ in range(3):
        client.fine_tuning.jobs.retrieve(job_id)
    assert str(client.fine_tuning.jobs.pause(job_id).status) == "paused"
    assert [str(status) for status in statuses(client, job_id)] == ["paused"] * 4
    (kept,) = client.fine_tuning.jobs.checkpoints.list(job_id).data
    assert kept.metrics.valid_loss
    answer = client.responses.create(
        model=kept.fine_tuned_model_checkpoint, input="¿Cuánto cuesta el artículo 3?"
    )
    assert answer.output_text == "Cuesta 300 pesos."
    assert client.fine_tuning.jobs.resume(job_id).status == "running"
    assert client.fine_tuning.jobs.retrieve(job_id).status == "succeeded"


def test_a_job_fails_in_the_middle(server: OpenAIServer, client: openai.OpenAI) -> None:
    server.tuning.failure = ("exceeded_quota", "This job would exceed the limit.")
    job_id = start(client)
    assert statuses(client, job_id)[-1] == "failed"
    job = client.fine_tuning.jobs.retrieve(job_id)
    assert job.error is not None
    assert job.error.code == "exceeded_quota"


def test_what_is_done_though_its_reply_is_lost(
    server: OpenAIServer, client: openai.OpenAI
) -> None:
    server.faults.order(Fault("lost_reply", path="/v1/files"))
    with pytest.raises(openai.APIConnectionError):
        upload(client)
    assert len(client.files.list().data) == 1


def test_an_organization_that_may_not_tune_any_more(
    server: OpenAIServer, client: openai.OpenAI
) -> None:
    file_id = upload(client)
    server.faults.order(Fault("not_eligible", path="/v1/fine_tuning/jobs"))
    with pytest.raises(openai.PermissionDeniedError, match="not eligible"):
        client.fine_tuning.jobs.create(model=BASE, training_file=file_id)


def preference(number: int, **changes: Any) -> str:
    asked = [{"role": "user", "content": f"¿Cuánto cuesta el artículo {number}?"}]
    good = [{"role": "assistant", "content": f"Cuesta {number}00 pesos."}]
    bad = [{"role": "assistant", "content": "No lo sé."}]
    line = {
        "input": {"messages": asked},
        "preferred_output": good,
        "non_preferred_output": bad,
    }
    return json.dumps(line | changes, ensure_ascii=False)


def test_preferences(client: openai.OpenAI) -> None:
    method: Any = {"type": "dpo", "dpo": {"hyperparameters": {"beta": 0.2}}}
    good = "\n".join(preference(number) for number in range(1, 13)).encode()
    job = client.fine_tuning.jobs.create(
        model=BASE, training_file=upload(client, good), method=method
    )
    assert statuses(client, job.id)[-1] == "succeeded"
    bad = good + b"\n" + preference(1, preferred_output=[]).encode()
    job = client.fine_tuning.jobs.create(
        model=BASE, training_file=upload(client, bad), method=method
    )
    assert statuses(client, job.id)[-1] == "failed"
    job = client.fine_tuning.jobs.retrieve(job.id)
    assert job.error is not None
    assert "preferred_output" in job.error.message


def lines(*changed: str) -> bytes:
    return "\n".join([*(example(n) for n in range(1, 12)), *changed]).encode()


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        (b"\n".join(GOOD.splitlines()[:9]), "invalid_n_examples", "9 example(s)"),
        (lines("{not json"), "invalid_training_file", "Line 12 is not valid JSON"),
        (lines("[1]"), "invalid_training_file", "Line 12 is not a dictionary"),
        (lines('{"prompt": "x"}'), "invalid_training_file", 'missing key "messages"'),
        (lines(example(1, role="user")), "invalid_training_file", "last message"),
        (lines(example(1, role="boss")), "invalid_training_file", "no known role"),
        (lines(example(1, content=None)), "invalid_training_file", "no content"),
        (lines(example(1, weight=3)), "invalid_training_file", "not 0 or 1"),
        ("ñ".encode("latin-1"), "invalid_training_file", "UTF-8"),
    ],
)
def test_a_bad_file_fails_the_job(
    server: OpenAIServer,
    client: openai.OpenAI,
    content: bytes,
    code: str,
    message: str,
) -> None:
    job_id = start(client, content)
    raw = call(server.base_url, f"fine_tuning/jobs/{job_id}")
    job = strictly(FineTuningJob, raw.content)
    assert (job.status, job.fine_tuned_model) == ("failed", None)
    assert job.error is not None
    assert (job.error.code, job.error.param) == (code, "training_file")
    assert message in job.error.message
    assert job.finished_at
    newest = client.fine_tuning.jobs.list_events(job_id).data[0]
    assert (newest.level, newest.message) == ("error", job.error.message)


def test_a_bad_validation_file_fails_the_job(client: openai.OpenAI) -> None:
    job_id = start(client, validation_file=upload(client, b"{}\n"))
    job = client.fine_tuning.jobs.retrieve(job_id)
    assert job.error is not None
    assert (job.status, job.error.param) == ("failed", "validation_file")


def test_a_job_can_be_cancelled_until_it_ends(client: openai.OpenAI) -> None:
    job_id = start(client)
    assert client.fine_tuning.jobs.retrieve(job_id).status == "queued"
    assert client.fine_tuning.jobs.cancel(job_id).status == "cancelled"
    assert statuses(client, job_id) == ["cancelled"] * 4
    with pytest.raises(openai.BadRequestError, match="already completed"):
        client.fine_tuning.jobs.cancel(job_id)


def test_jobs_can_keep_time_instead(
    server: OpenAIServer, client: openai.OpenAI
) -> None:
    server.tuning.seconds_per_stage = 0.2
    job_id = start(client)
    assert client.fine_tuning.jobs.retrieve(job_id).status == "validating_files"
    time.sleep(0.7)
    assert [job.status for job in client.fine_tuning.jobs.list()] == ["succeeded"]


@pytest.mark.parametrize(
    ("changes", "param"),
    [
        ({"model": "gpt-6-luna"}, "model"),
        ({"training_file": "file-none"}, "training_file"),
        ({"validation_file": "file-none"}, "validation_file"),
        ({"suffix": "x" * 65}, "suffix"),
        ({"method": {"type": "kto"}}, "method.type"),
        ({"hyperparameters": {"beta": 0.1}}, "hyperparameters"),
        ({"hyperparameters": {"n_epochs": 0}}, "n_epochs"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_jobs_that_are_refused(
    server: OpenAIServer, client: openai.OpenAI, changes: dict[str, Any], param: str
) -> None:
    body = {"model": BASE, "training_file": upload(client)} | changes
    raw = call(server.base_url, "fine_tuning/jobs", body)
    assert (raw.status, raw.error["param"]) == (400, param)
    assert not client.fine_tuning.jobs.list().data


def test_a_file_of_another_purpose_is_refused(client: openai.OpenAI) -> None:
    file = client.files.create(file=("notes.txt", b"hola"), purpose="user_data")
    with pytest.raises(openai.BadRequestError, match="expected 'fine-tune'"):
        client.fine_tuning.jobs.create(model=BASE, training_file=file.id)
