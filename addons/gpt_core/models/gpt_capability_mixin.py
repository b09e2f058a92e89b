# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class GptCapabilityMixin(models.AbstractModel):
    """What a model's server takes; what it refuses is remembered here."""

    _name = "gpt.capability.mixin"
    _description = "GPT Capabilities"

    supports_temperature = fields.Boolean(
        default=True, help="Otherwise the temperature is not sent."
    )
    structured_output = fields.Selection(
        selection=[
            ("schema", "JSON schema, which the server keeps to"),
            ("json", "JSON mode, with the schema in the prompt"),
            ("tool", "Tool call"),
            ("prompt", "The prompt alone"),
        ],
        default="schema",
        required=True,
        help="How the model is asked for fields. Test Connection finds the best way; "
        "where the server refuses it, the next one is taken and kept here.",
    )
    limit_name = fields.Selection(
        selection=[
            ("max_completion_tokens", "max_completion_tokens"),
            ("max_tokens", "max_tokens"),
        ],
        string="Name of the Limit",
        default="max_completion_tokens",
        required=True,
        help="What the server calls the longest answer in Chat Completions. Where it "
        "refuses the name, the other one is taken and kept here.",
    )
    reasoning_effort = fields.Selection(
        selection=[
            ("none", "None"),
            ("minimal", "Minimal"),
            ("low", "Low"),
            ("medium", "Medium"),
            ("high", "High"),
        ],
        help="Of models that think before they answer. Empty: as the provider does.",
    )
    reasoning_tokens = fields.Integer(
        string="Room to Think",
        help="Tokens that are added to the longest answer, for models that think "
        "before they answer: what they think counts, and would leave no room.",
    )

    @api.constrains("reasoning_tokens")
    def _check_reasoning_tokens(self):
        if any(model.reasoning_tokens < 0 for model in self):
            raise ValidationError(self.env._("The room to think is 0 or more."))

    def _longest_answer(self, max_tokens):
        """Return the limit of an answer with the room to think; 0 stays without one."""
        facts = self._facts(self.id) if self else None
        return max_tokens and max_tokens + (facts.reasoning_tokens if facts else 0)

    def _capabilities(self):
        """Return what is known of what the model's server takes.

        :rtype: ~..engine.provider.capabilities.Capabilities
        """
        from ..engine.provider.capabilities import Capabilities

        facts = self._facts(self.id)
        return Capabilities(
            way=facts.structured_output,
            limit_name=facts.limit_name,
            temperature=facts.supports_temperature,
        )

    @api.model
    def _learn(self, learned):
        """Keep what was found out of what models' servers take.

        :param learned: ``Capabilities`` by the id of the model
        """
        for model_id, found in learned.items():
            # sudo: gpt.model - it is a fact of the server, whoever found it
            model = self.sudo().browse(model_id or ()).exists()
            values = {
                "structured_output": found.way,
                "limit_name": found.limit_name,
            }
            if not found.temperature:
                values["supports_temperature"] = False
            if not found.effort:
                values["reasoning_effort"] = False
            changed = {
                name: value for name, value in values.items() if model[name] != value
            }
            if model and changed:
                model.write(changed)
