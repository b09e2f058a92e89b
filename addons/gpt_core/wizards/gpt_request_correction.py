# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.errors import GptError

SOURCE = "corrected"


class GptRequestCorrection(models.TransientModel):
    """The answer that would have been right, written by a manager.

    It becomes a proposed example: the right answer beside the model's own.
    """

    _name = "gpt.request.correction"
    _description = "Correction of a GPT Answer"
    _inherit = ["gpt.link.mixin"]
    _rec_name = "request_id"

    request_id = fields.Many2one(
        "gpt.request", required=True, readonly=True, ondelete="cascade"
    )
    question = fields.Text(compute="_compute_question", string="What Was Asked")
    is_structured = fields.Boolean(compute="_compute_question")
    answer = fields.Text(
        string="Right Answer",
        compute="_compute_answer",
        compute_sudo=False,
        store=True,
        readonly=False,
        help="What stands in double brackets, such as [[NAME_1]], takes the place of "
        "personal data. Leave it as it is.",
    )

    @api.depends("request_id")
    def _compute_question(self):
        sources = self.env["gpt.example.source"]
        for correction in self:
            correction.question = sources._question(correction.request_id)
            correction.is_structured = bool(correction.request_id.masked_data)

    @api.depends("request_id")
    def _compute_answer(self):
        for correction in self:
            request = correction.request_id
            correction.answer = (
                json.dumps(request.masked_data, ensure_ascii=False, indent=2)
                if request.masked_data
                else request.masked_answer
            )

    def action_save(self):
        """Propose the corrected answer, and open it on the review board."""
        self.ensure_one()
        request = self.request_id
        request.check_access("read")
        sources = self.env["gpt.example.source"]
        wrong = sources._answer(request)
        right = self._checked(self.answer or "")
        if right == wrong:
            raise UserError(
                self.env._("Change the answer first: it is as the model gave it.")
            )
        values = sources._values(
            request, SOURCE, kind="preference", preferred=right, rejected=wrong
        )
        if not values:
            raise UserError(
                self.env._(
                    "The ledger does not know any more what was asked, so no example "
                    "can be made. Texts are kept as long as the settings say."
                )
            )
        example = sources._propose(request, values)
        return {
            "type": "ir.actions.act_window",
            "res_model": "gpt.example",
            "res_id": example.id,
            "views": [(False, "form")],
        }

    def _checked(self, text):
        """Return the answer as the chain has to give it."""
        if not text.strip():
            raise UserError(self.env._("Write the right answer."))
        if not self.is_structured:
            return text.strip()
        from ..engine.chain.output import parse_output

        request = self.request_id
        given = request.masked_data
        outputs = request.chain_version_id._spec().answering_step.outputs
        try:
            data = parse_output(text, tuple(o for o in outputs if o.name in given))
        except GptError as error:
            raise UserError(
                self.env._(
                    "The fields cannot be read: %(problem)s\nChange the values only, "
                    "and leave names, quotes and brackets as they are.",
                    problem=error.detail or error,
                )
            ) from error
        return json.dumps(data, ensure_ascii=False, default=str)
