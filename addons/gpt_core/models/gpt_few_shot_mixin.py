# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

# More examples in a prompt cost more than they teach.
MAX_COUNT = 20


class GptFewShotMixin(models.AbstractModel):
    """A chain that learns from approved examples, and has others proposed."""

    _name = "gpt.few.shot.mixin"
    _description = "GPT Few-Shot Examples"
    # For the parameters of the fields.
    _inherit = ["gpt.chain.setting.mixin"]

    few_shot_count = fields.Integer(
        string="Examples Shown",
        gpt_setting=True,
        help="So many approved examples, those most like what is asked, are shown to "
        "the model before it answers. 0: none.",
    )
    few_shot_tokens = fields.Integer(
        string="Longest Examples (tokens)",
        default=1000,
        gpt_setting=True,
        help="What all examples of a prompt may take together. One that is too long is "
        "left out, and the next one is shown.",
    )

    # By default: a proposal holds what the ledger holds, masked, and is used by nobody
    # until a person approves it.
    proposes_examples = fields.Boolean(
        string="Propose Examples",
        default=True,
        gpt_unversioned="what is kept of its answers has no effect on them",
        help="What people thought of the answers, and how they changed them, is "
        "proposed as examples by itself: masked, and without effect until approved.",
    )

    @api.constrains("few_shot_count", "few_shot_tokens")
    def _check_few_shot(self):
        for chain in self:
            if min(chain.few_shot_count, chain.few_shot_tokens) < 0:
                raise ValidationError(self.env._("Limits cannot be negative."))
            if chain.few_shot_count > MAX_COUNT:
                raise ValidationError(
                    self.env._(
                        "At most %(number)s examples can be shown in a prompt.",
                        number=MAX_COUNT,
                    )
                )
