# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A visitor asks the assistant a few things, and the ledger says what it cost."""

from __future__ import annotations

from ...client.visitor import visitor
from ...common.console import say
from ..stage import Stage
from .dialogue import ask

_QUESTIONS = (
    "¡Hola!",
    "¿Cuánto cuesta el envío a Mérida y cuánto tarda?",
    "¿Qué garantía tienen las máquinas de espresso?",
    "¿Qué datos necesitan para la factura?",
)


def play(stage: Stage) -> None:
    """A visitor asks the assistant a few things."""
    someone = visitor(stage.series, stage.url, stage.livechat_channel)
    someone.open_site()
    someone.open_chat()
    for question in _QUESTIONS:
        ask(someone, question)
    _print_ledger(stage)


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
