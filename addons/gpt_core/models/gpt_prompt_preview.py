# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class GptPromptPreview(models.AbstractModel):
    """Shows what would be sent, masked; nothing is sent."""

    _name = "gpt.prompt.preview"
    _description = "GPT Prompt Preview"

    @api.model
    def _first_prompt(self, chain, values, record=None):
        """Return the masked prompt of the first step of a chain; nothing is sent."""
        from ..engine.chain.preview import first_prompt

        service = self.env["gpt.service"]
        version = service._published_version(chain)
        spec = version._spec()
        service._check_values(spec, values)
        values = service._plain_values(values)
        none = self.env["gpt.request"]
        masker = self.env["gpt.masking"]._masker(spec, none, record, values)
        few_shot = self.env["gpt.example.selection"]._few_shot(
            version._chain_id(), spec, record
        )
        return first_prompt(spec, values, masker, few_shot)

    @api.model
    def _step_prompts(self, chain, spec, values, record=None):
        """Return the masked messages of every step, and what was masked in them.

        :return: (list of :class:`~..engine.chain.preview.StepPrompt`, placeholders)
        """
        from ..engine.chain.preview import step_prompts

        values = self.env["gpt.service"]._plain_values(values)
        masker = self._masker(spec, record, values)
        few_shot = self.env["gpt.example.selection"]._few_shot(chain.id, spec, record)
        prompts = step_prompts(spec, values, masker, few_shot)
        texts = [text for prompt in prompts for _role, text in prompt.messages]
        return prompts, masker.used_in(*texts) if masker else {}

    @api.model
    def _masker(self, spec, record, values):
        """Return the masker of a request still to be made, ``None`` if it is off."""
        # sudo: gpt.request - of none: only administrators may read what one masked
        none = self.env["gpt.request"].sudo()
        return self.env["gpt.masking"]._masker(spec, none, record, values)
