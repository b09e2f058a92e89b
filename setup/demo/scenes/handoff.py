# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A visitor asks for a person; Mariana takes the chat over, and gives it back."""

from __future__ import annotations

import time
from typing import Any

from ...client.rpc import OdooRpc
from ...client.visitor import visitor
from ...common.console import say
from ..stage import Stage
from .dialogue import ask, hear, print_line

_QUESTION_FOR_A_PERSON = "¿Pueden instalar dos máquinas en mi cafetería de Mérida?"
_CONTACT = "Soy Laura, mi correo es laura@cafetal.example"
_ANSWER_OF_A_PERSON = "Hola, Laura. Sí, la próxima semana; te mando la propuesta hoy."
_QUESTION_AFTERWARDS = "¿Y cuánto cuesta el envío?"
_SUMMARY = {
    "handoff_summary": "Resumen",
    "handoff_facts": "Datos",
    "handoff_question": "Pregunta",
    "handoff_reply": "Propuesta",
}
_SUMMARY_SECONDS = 30


def play(stage: Stage) -> None:
    """Ask for a person; one takes over, and gives the chat back."""
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
    session.print_summary()
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

    def print_summary(self) -> None:
        """Print the hand-off summary, which a job makes; visitors do not see it."""
        deadline = time.monotonic() + _SUMMARY_SECONDS
        while not self.read("handoff_summary") and time.monotonic() < deadline:
            time.sleep(0.3)
        say("Mariana alone sees:")
        for field, title in _SUMMARY.items():
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
