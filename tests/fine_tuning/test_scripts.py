# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The scripts of those who script, run as they run them, on the local server."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from openai_server import OpenAIServer

SCRIPTS = Path(__file__).resolve().parents[2] / "addons" / "fine_tuning" / "scripts"
BASE = "gpt-4o-mini-2024-07-18"


def run(
    server: OpenAIServer, script: str, *arguments: str
) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, str(SCRIPTS / script), *arguments],
        env={
            "PATH": os.environ["PATH"],
            "OPENAI_API_KEY": "sk-test",
            "OPENAI_BASE_URL": server.base_url,
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def train(tmp_path: Path) -> Path:
    path = tmp_path / "train.jsonl"
    lines = (
        {
            "messages": [
                {"role": "user", "content": f"¿Hay {number}?"},
                {"role": "assistant", "content": f"Sí, {number}."},
            ]
        }
        for number in range(12)
    )
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def test_a_job_from_file_to_model(server: OpenAIServer, train: Path) -> None:
    asked = ("--model", BASE, "--train", str(train), "--epochs", "2")
    created = run(server, "create_job.py", *asked, "--valid", str(train))
    assert created.returncode == 0, created.stderr
    job_id = created.stdout.strip()
    followed = run(server, "follow_job.py", job_id, "--seconds", "0.01")
    assert followed.returncode == 0, followed.stderr
    *events, model = followed.stdout.splitlines()
    assert model.startswith("ft:")
    assert events
    assert len(events) == len(set(events))


def test_a_file_that_is_refused(server: OpenAIServer, tmp_path: Path) -> None:
    bad = tmp_path / "train.jsonl"
    bad.write_text('{"messages": []}\n')
    created = run(server, "create_job.py", "--model", BASE, "--train", str(bad))
    followed = run(server, "follow_job.py", created.stdout.strip(), "--seconds", "0.01")
    assert followed.returncode == 1
    assert "failed" in followed.stderr


def test_what_cannot_be(server: OpenAIServer, train: Path, tmp_path: Path) -> None:
    nothing = run(
        server, "create_job.py", "--model", BASE, "--train", str(tmp_path / "no")
    )
    assert (nothing.returncode, nothing.stdout) == (1, "")
    unknown = run(server, "create_job.py", "--model", "nobody", "--train", str(train))
    assert unknown.returncode == 1
    assert "nobody" in unknown.stderr
    assert run(server, "follow_job.py", "ftjob-none").returncode == 1
