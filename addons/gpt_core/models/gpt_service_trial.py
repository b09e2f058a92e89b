# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class GptService(models.AbstractModel):
    _inherit = "gpt.service"

    @api.model
    def _delay_trial(
        self, version, values, *, purpose, record=None, channel=None, description=None
    ):
        """Run a version that need not be published, in a job; return its request.

        :param purpose: as ``gpt.request.purpose``: it marks the row in the ledger
        """
        self._check_caller()
        self._check_values(version._spec(), values)
        request = self._delay(
            version,
            values,
            record=record,
            purpose=purpose,
            options={"channel": channel, "description": description},
        )
        return request.sudo(self.env.su)

    @api.model
    def _preview_steps(self, spec, values, record=None):
        """Return the masked messages of every step, and what was masked in them.

        :return: (list of :class:`~..engine.chain.preview.StepPrompt`, placeholders)
        """
        from ..engine.chain.preview import step_prompts

        values = self._plain_values(values)
        masker = self._trial_masker(spec, record, values)
        prompts = step_prompts(spec, values, masker)
        texts = [text for prompt in prompts for _role, text in prompt.messages]
        return prompts, masker.used_in(*texts) if masker else {}

    @api.model
    def _trial_masker(self, spec, record, values):
        """Return the masker of a request still to be made, ``None`` if it is off."""
        # sudo: gpt.request - of none: only administrators may read what one masked
        return self._masker(spec, self.env["gpt.request"].sudo(), record, values)
