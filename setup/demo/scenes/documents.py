# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A manual is indexed by a job, and a visitor is answered from it, with the page."""

from __future__ import annotations

import time

from ...client.visitor import ChatRefused, visitor
from ...common.console import say
from ..stage import Stage
from .dialogue import ask

_DOCUMENT = "gpt_demo.document_manual"
_QUESTIONS = (
    "¿Cada cuánto se descalcifica la Duo 58?",
    "¿Qué significa que la luz roja parpadee tres veces?",
)
_NOT_IN_IT = "¿Quién ganó el mundial de futbol de 2022?"
_TIMEOUT_SECONDS = 90


def play(stage: Stage) -> None:
    """Index the manual, and ask what it says and what it does not say."""
    _index(stage)
    someone = visitor(stage.series, stage.url, stage.livechat_channel)
    someone.open_site()
    someone.open_chat()
    for question in (*_QUESTIONS, _NOT_IN_IT):
        ask(someone, question)


def _index(stage: Stage) -> None:
    document = stage.rpc.ref(_DOCUMENT)
    stage.rpc.call("gpt.kb.document", "action_index", [document])
    deadline = time.monotonic() + _TIMEOUT_SECONDS
    while time.monotonic() < deadline:
        names = ["name", "state", "problem_detail", "page_count", "indexed_chunks"]
        (found,) = stage.rpc.call("gpt.kb.document", "read", [document], names)
        if found["state"] in ("indexed", "error"):
            break
        time.sleep(0.3)
    if found["state"] != "indexed":
        raise ChatRefused(f"it was not indexed: {found['problem_detail']}")
    say(
        f"Indexed: {found['name']}, {found['page_count']} pages, "
        f"{found['indexed_chunks']} passages"
    )
