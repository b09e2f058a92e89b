# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Sofía, who answers in the chat of the website and knows what the site says."""

from typing import Any

from .catalogue import price_lines
from .records import image, own, read, upsert

_WELCOME = "¡Hola! Soy Sofía, la asistente de Molienda. ¿En qué te puedo ayudar?"
_FAILURE = (
    "Perdón, en este momento no puedo responder. Escríbeme de nuevo en unos minutos o "
    "déjanos tu correo y te contactamos."
)


def load(env: Any) -> None:
    """Create the assistant and make her an operator of the website's live chat."""
    values = {
        "name": "Sofía",
        "knowledge": "\n".join(facts(env)),
        "failure_message": _FAILURE,
        "image_1920": image("sofia"),
    }
    agent = upsert(env, "gpt.agent", "agent_sofia", values)
    channel = env.ref("im_livechat.im_livechat_channel_data")
    channel.write(
        {
            "name": read("company")["name"],
            "button_text": "¿Tienes una pregunta? Chatea con nosotros",
            "default_message": _WELCOME,
            "gpt_agent_id": agent.id,
            "user_ids": [(6, 0, [own(env, f"user_{name}").id for name in _OPERATORS])],
        }
    )
    env.ref("website.default_website").channel_id = channel


_OPERATORS = ("mariana", "diego")


def facts(env: Any) -> list[str]:
    """Return what she knows, one fact per line: the same as the site says."""
    lines = list(read("company")["about"])
    for policy in read("policies"):
        lines += policy["lines"]
    return lines + price_lines(env)
