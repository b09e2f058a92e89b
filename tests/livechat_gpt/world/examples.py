# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Events, wishes and decisions, to have them come in any order."""

from odoo.addons.livechat_gpt.engine import chat

EVENTS: tuple[chat.Event, ...] = (
    chat.PersonJoined(),
    chat.PersonWrote(),
    chat.PersonLeft(),
    chat.TakenOver(),
    chat.GivenBack(),
    chat.PersonAvailable(),
    chat.PersonReplaced(False),
    chat.PersonReplaced(True),
    chat.Reassigned(),
)
WISHES: tuple[chat.Wish, ...] = (
    "answer",
    "person",
    "contact",
    "bad_contact",
    "file",
    "repeated",
    "limit",
)
AT_ONCE: tuple[chat.Wish, ...] = ("person", "contact", "bad_contact", "file")
DECISIONS: tuple[chat.ModelDecision, ...] = (
    chat.ModelDecision(),
    chat.ModelDecision("ask"),
    chat.ModelDecision("handoff", "model"),
    chat.ModelDecision("handoff", "confidence"),
    chat.ModelDecision("handoff", "error"),
    chat.ModelDecision("handoff", "budget"),
)
