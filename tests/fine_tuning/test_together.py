# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A provider's own check of files, where its package is installed.

It is no requirement of anything here. Where ``together`` is installed beside the others
these tests are run; up to 1.6 its check looks into the messages, later ones leave that
to its server.
"""

import importlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from odoo.addons.fine_tuning.engine.dataset.collection import Collection, Settings
from odoo.addons.fine_tuning.engine.dataset.layout import Layout
from odoo.addons.fine_tuning.engine.dataset.source import SourceExample

from .test_collection import PREFERENCE, examples, said

pytest.importorskip("together", reason="the package together is not installed")


def _files() -> Any:
    try:
        return importlib.import_module("together.utils.files")
    except ModuleNotFoundError:
        return importlib.import_module("together.lib.utils.files")


LOOKS_INTO_MESSAGES = hasattr(_files(), "validate_messages")
CHAT = Layout("chat", {"messages": "$messages"})


def written(folder: Path, made: list[SourceExample], settings: Settings) -> list[Path]:
    paths = [folder / "train.jsonl", folder / "valid.jsonl"]
    with Collection(settings) as collection:
        for example in made:
            collection.add(example)
        collection.split()
        for path, validation in zip(paths, (False, True), strict=True):
            with path.open("wb") as file:
                collection.write_to(file, validation)
    return paths


def report(path: Path) -> dict[str, Any]:
    os.environ.setdefault("TOGETHER_API_KEY", "none")
    return _files().check_file(path, purpose="fine-tune")


def test_chats_pass(tmp_path: Path) -> None:
    made = examples(60, system="Sé breve.")
    for path in written(tmp_path, made, Settings(CHAT)):
        found = report(path)
        assert found["is_check_passed"], found
        assert found["num_samples"] > 5


def test_weights_pass(tmp_path: Path) -> None:
    weighted = Layout("chat", CHAT.template, turn_flag="weight")
    for path in written(tmp_path, examples(60), Settings(weighted)):
        assert report(path)["is_check_passed"]


def test_preferences_pass(tmp_path: Path) -> None:
    made = [
        SourceExample(**{**vars(example), "rejected": "No sé."})
        for example in examples(60)
    ]
    for path in written(tmp_path, made, Settings(PREFERENCE)):
        found = report(path)
        assert found["is_check_passed"], found


def test_it_refuses_what_is_no_object(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("[]\n")
    assert not report(path)["is_check_passed"]


@pytest.mark.skipif(not LOOKS_INTO_MESSAGES, reason="left to the provider's server")
@pytest.mark.parametrize("role", ["user", "bot"])
def test_it_refuses_messages(tmp_path: Path, role: str) -> None:
    """Two of one speaker in a row, and a role that nobody knows."""
    messages = said("¿Abren?", "Sí.")["messages"]
    messages[1]["role"] = role
    path = tmp_path / "bad.jsonl"
    path.write_text(json.dumps({"messages": messages}))
    assert not report(path)["is_check_passed"]
