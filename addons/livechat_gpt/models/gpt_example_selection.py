# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo import api, models

from .gpt_livechat_example import OPERATOR

# A person's reply as the model should have given it.
_AS_ANSWERED = {
    "action": "answer",
    "kind": "answer",
    "cited": [],
    "confidence": 1.0,
    "missing": [],
}


class GptExampleSelection(models.AbstractModel):
    _inherit = "gpt.example.selection"

    @api.model
    def _messages(self, example):
        """Return an operator's reply in the fields that the assistant answers in.

        Where an answer needs a source, it stays a text, which no such prompt shows:
        people cite none.
        """
        messages = super()._messages(example)
        if example.source != OPERATOR or not self._may_answer_freely(example.chain_id):
            return messages
        session = self.env[example.res_model].browse(example.res_id).exists()
        spoken = session.spoken or session.lang or ""
        *before, answer = messages
        data = {**_AS_ANSWERED, "language": spoken[:2], "answer": answer["content"]}
        content = json.dumps(data, ensure_ascii=False)
        return [*before, {"role": answer["role"], "content": content}]

    @api.model
    def _may_answer_freely(self, chain):
        """Tell whether a chain answers in fields, and needs no source for it."""
        version = chain.published_version_id
        if not version or not version._spec().answering_step.outputs:
            return False
        strict = [("chain_id", "=", chain.id), ("needs_source", "=", True)]
        # sudo: gpt.agent - of the chain, whoever runs it
        agents = self.env["gpt.agent"].sudo()
        return not version._spec().needs_source and not agents.search(strict, limit=1)
