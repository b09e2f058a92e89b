# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Functions of ``is_chatgpt_integration_fork``."""

from odoo.addons.is_chatgpt_integration_fork.engine.record_text import Said, Value

from .ways import CODES, SETTINGS, Try, made, of, parts, then


def _values(text: str) -> list[Value]:
    return [Value(part, part) for part in parts(text)]


def _said(text: str) -> list[Said]:
    return [Said("2026-01-01 10:00", part, part) for part in parts(text)]


TRIED: dict[str, Try] = {
    "is_chatgpt_integration_fork.mentions.linked_partners": Try(of()),
    "is_chatgpt_integration_fork.mentions.is_named": Try(then("ChatGPT"), of("@x")),
    "is_chatgpt_integration_fork.mentions.is_broadcast": Try(then({1}, {2})),
    "is_chatgpt_integration_fork.replies.accepts_offer": Try(of()),
    "is_chatgpt_integration_fork.record_text.record_text": Try(
        made(lambda text: (text, _values(text), _said(text))),
        made(lambda text: ("", [Value("", text)], [Said("", text, text, text)])),
    ),
}
EXCUSED: dict[str, str] = {
    "is_chatgpt_integration_fork.object_template.convert": SETTINGS,
    "is_chatgpt_integration_fork.old_models.catalogue_name": SETTINGS,
    "is_chatgpt_integration_fork.old_models.successor": SETTINGS,
    "is_chatgpt_integration_fork.record_text.RecordText.is_whole": CODES,
}
