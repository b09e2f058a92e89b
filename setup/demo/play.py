# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Plays every scene; one whose addon is not installed is left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..client.visitor import ChatRefused
from ..common.console import say, warn
from .scenes import chat, documents, handoff, lead
from .stage import Stage


@dataclass(frozen=True)
class Scene:
    """A scene and the addon it shows."""

    title: str
    addon: str
    play: Callable[[Stage], None]


def play_all(stage: Stage) -> None:
    """Play every scene that can be played; a failing one is said, and is no end."""
    for scene in SCENES:
        if not stage.rpc.installed(scene.addon):
            continue
        say(f"\n--- {scene.title} ---")
        before = stage.newest_job()
        try:
            scene.play(stage)
        except ChatRefused as refusal:
            warn(f"This did not work: {refusal}")
        for failure in stage.failures_since(before):
            warn(failure)


SCENES = (
    Scene("A visitor asks in the chat of the website", "livechat_gpt", chat.play),
    Scene("A visitor asks for a person", "livechat_gpt", handoff.play),
    Scene("A visitor asks what a manual says", "kb_rag", documents.play),
    Scene("A lead comes in by the form", "crm_lead_enrichment", lead.play),
)
