# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the demo plays, one small function per scene.

A scene whose addon is not installed is left out.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..common.console import say, warn
from ..client.rpc import OdooRpc
from .scenes import documents as document_scene, lead as lead_scene
from .scenes.dialogue import ask, hear, print_line
from ..client.visitor import ChatRefused, visitor

_LIVECHAT = "im_livechat.im_livechat_channel_data"
_QUESTIONS = (
    "¡Hola!",
    "¿Cuánto cuesta el envío a Mérida y cuánto tarda?",
    "¿Qué garantía tienen las máquinas de espresso?",
    "¿Qué datos necesitan para la factura?",
)
_QUESTION_FOR_A_PERSON = "¿Pueden instalar dos máquinas en mi cafetería de Mérida?"
_CONTACT = "Soy Laura, mi correo es laura@cafetal.example"
_ANSWER_OF_A_PERSON = "Hola, Laura. Sí, la próxima semana; te mando la propuesta hoy."
_QUESTION_AFTERWARDS = "¿Y cuánto cuesta el envío?"
_CARD = {
    "card_summary": "Resumen",
    "card_facts": "Datos",
    "card_question": "Pregunta",
    "card_reply": "Propuesta",
}
_CARD_SECONDS = 30


@dataclass(frozen=True)
class Stage:
    """Where a scene is played: a running site, and a look behind it."""

    series: str
    url: str
    rpc: OdooRpc

    @property
    def livechat_channel(self) -> int:
        """The id of the website's ``im_livechat.channel``."""
        return self.rpc.ref(_LIVECHAT)

    def newest_job(self) -> int:
        """Return the id of the newest job, 0 when there is none."""
        found = self.rpc.call("queue.job", "search", [], limit=1, order="id desc")
        return found[0] if found else 0

    def failures_since(self, job: int) -> list[str]:
        """Return a line for each job after ``job``, and its request, that failed."""
        jobs = self.rpc.call(
            "queue.job",
            "search_read",
            [("id", ">", job)],
            fields=["uuid", "state", "name", "exc_message"],
        )
        requests = self.rpc.call(
            "gpt.request",
            "search_read",
            [("state", "=", "failed"), ("job_uuid", "in", [j["uuid"] for j in jobs])],
            fields=["error_code"],
        )
        lines = [
            f"The job {found['name']} failed: {found['exc_message']}"
            for found in jobs
            if found["state"] == "failed"
        ]
        lines += [
            f"The model gave no answer: {found['error_code']}" for found in requests
        ]
        return lines


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


def chat(stage: Stage) -> None:
    """A visitor asks the assistant a few things."""
    someone = visitor(stage.series, stage.url, stage.livechat_channel)
    someone.open_site()
    someone.open_chat()
    for question in _QUESTIONS:
        ask(someone, question)
    _print_ledger(stage)


def hand_off(stage: Stage) -> None:
    """A visitor asks for a person: he is noted, Mariana takes over, and gives back."""
    someone = visitor(stage.series, stage.url, stage.livechat_channel)
    someone.open_site()
    someone.open_chat()
    ask(someone, _QUESTION_FOR_A_PERSON)
    ask(someone, "/asesor")
    session = _Session(stage)
    if session.read("contact_state") == "asked":  # nobody of the team is online
        ask(someone, _CONTACT)
        _print_lead(stage)
    session.call("action_take_over")
    hear(someone, "Sofía")
    session.print_card()
    session.write_as_person(_ANSWER_OF_A_PERSON)
    hear(someone, "Mariana")
    session.call("action_give_back")
    hear(someone, "Sofía")
    ask(someone, _QUESTION_AFTERWARDS)


class _Session:
    """The newest chat, as Mariana sees it in the backend."""

    def __init__(self, stage: Stage) -> None:
        self._rpc = OdooRpc(stage.url, stage.rpc.database, "mariana", "mariana")
        (self._id,) = self.call_model("search", [], limit=1, order="id desc")

    def call_model(self, method: str, *arguments: object, **named: object) -> Any:
        return self._rpc.call("gpt.livechat.session", method, *arguments, **named)

    def call(self, button: str) -> None:
        """Press a button of the chat's form."""
        self.call_model(button, [self._id])

    def read(self, field: str) -> Any:
        (row,) = self.call_model("read", [self._id], [field])
        return row[field]

    def write_as_person(self, text: str) -> None:
        channel, _name = self.read("channel_id")
        self._rpc.call(
            "discuss.channel",
            "message_post",
            [channel],
            body=text,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def print_card(self) -> None:
        """Print what she is told, and the visitor is not; it is summed up by a job."""
        deadline = time.monotonic() + _CARD_SECONDS
        while not self.read("card_summary") and time.monotonic() < deadline:
            time.sleep(0.3)
        say("Mariana alone sees:")
        for field, title in _CARD.items():
            text = " ".join((self.read(field) or "").split())
            if text:
                print_line(title, text)


def _print_lead(stage: Stage) -> None:
    """Print the lead that the chat became, if the CRM is there for it."""
    if not stage.rpc.installed("livechat_gpt_crm"):
        return
    (lead,) = stage.rpc.call(
        "crm.lead", "search_read", [], fields=["name", "email_from"], limit=1,
        order="id desc",
    )  # fmt: skip
    say(f'In the CRM: the lead "{lead["name"]}", {lead["email_from"]}')


def _print_ledger(stage: Stage) -> None:
    """Print what the chat cost, from the ledger."""
    fields = ["input_tokens", "output_tokens", "cost"]
    conversations = stage.rpc.call(
        "gpt.conversation", "search_read", [], fields=fields, limit=1, order="id desc"
    )
    for found in conversations:
        say(
            f"In the ledger: {found['input_tokens']} tokens in, "
            f"{found['output_tokens']} out, cost {found['cost']:.6f} USD"
        )


SCENES = (
    Scene("A visitor asks in the chat of the website", "livechat_gpt", chat),
    Scene("A visitor asks for a person", "livechat_gpt", hand_off),
    Scene("A visitor asks what a manual says", "kb_rag", document_scene.play),
    Scene("A lead comes in by the form", "crm_lead_enrichment", lead_scene.play),
)
