# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from uuid import uuid4

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.gpt_core.utils.unique import add_unique_constraint

from ..engine.tuning.profile import SUFFIX_CHARS, Profile

HYPERPARAMETERS = ("epochs", "batch", "learning_rate", "beta")


class GptTuningProfile(models.Model):
    """What the tuning API of one kind of provider accepts."""

    _name = "gpt.tuning.profile"
    _description = "GPT Tuning Profile"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    host = fields.Char(
        help="Part of the address of such providers, as in openai.azure.com. It is "
        "taken for a job whose provider has it in its base URL."
    )
    methods = fields.Selection(
        selection=[
            ("supervised", "Supervised"),
            ("both", "Supervised and preferences (DPO)"),
        ],
        default="both",
        required=True,
    )
    is_nested = fields.Boolean(
        string="Hyperparameters in the Method",
        default=True,
        help="As OpenAI wants them; otherwise they stand at the top of the request.",
    )
    name_epochs = fields.Char(string="Name of Epochs", default="n_epochs")
    name_batch = fields.Char(string="Name of the Batch Size", default="batch_size")
    name_learning_rate = fields.Char(
        string="Name of the Learning Rate", default="learning_rate_multiplier"
    )
    name_beta = fields.Char(
        string="Name of Beta",
        default="beta",
        help="Names of the hyperparameters at the provider. Empty: it is not sent.",
    )
    suffix_chars = fields.Integer(
        string="Longest Suffix", default=SUFFIX_CHARS, help="0: it takes none."
    )
    suffix_without = fields.Char(
        string="Characters Not in a Suffix", help="Azure takes no dots."
    )
    takes_seed = fields.Boolean(default=True)
    takes_metadata = fields.Boolean(default=True)
    can_pause = fields.Boolean(string="Jobs Can Be Paused", default=True)
    extra_body = fields.Text(
        string="Sent Besides", help="JSON that is added to the request of a job."
    )
    max_megabytes = fields.Integer(
        string="Largest File (MB)", help="0: nobody says so."
    )
    min_examples = fields.Integer(string="Fewest Examples", default=10)
    needs_deployment = fields.Boolean(
        string="Deployed Before Use",
        help="The tuned model answers only after somebody has deployed it.",
    )
    note = fields.Text(
        translate=True, help="What whoever starts a job there has to know."
    )

    def init(self):
        add_unique_constraint(self, "code")

    @api.constrains("extra_body")
    def _check_extra_body(self):
        for profile in self:
            try:
                is_object = isinstance(json.loads(profile.extra_body or "{}"), dict)
            except ValueError:
                is_object = False
            if not is_object:
                raise ValidationError(
                    self.env._(
                        "What is sent besides must be a JSON object, such as "
                        '{"trainingType": "Standard"}.'
                    )
                )

    def copy_data(self, default=None):
        return [
            values | {"code": f"{profile.code}_{uuid4().hex[:6]}"} | (default or {})
            for profile, values in zip(self, super().copy_data(default), strict=True)
        ]

    @api.model
    def _of_provider(self, provider):
        """Return the profile for a provider; without a better one, the last of all."""
        profiles = self.search([("active", "=", True)])
        url = (provider.base_url or "https://api.openai.com").lower()
        named = profiles.filtered(lambda p: p.host and p.host.lower() in url)
        return (named or profiles.filtered(lambda p: not p.host) or profiles)[:1]

    def _profile(self):
        """Return the engine's :class:`Profile`."""
        self.ensure_one()
        names = {name: self[f"name_{name}"] for name in HYPERPARAMETERS}
        both = self.methods == "both"
        return Profile(
            methods=("supervised", "dpo") if both else ("supervised",),
            is_nested=self.is_nested,
            names={ours: theirs for ours, theirs in names.items() if theirs},
            suffix_chars=self.suffix_chars,
            suffix_without=self.suffix_without or "",
            takes_seed=self.takes_seed,
            takes_metadata=self.takes_metadata,
            extra_body=json.loads(self.extra_body or "{}"),
            max_bytes=self.max_megabytes * 1_000_000,
            min_examples=self.min_examples,
        )
