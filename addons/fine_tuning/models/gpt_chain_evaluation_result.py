# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.gpt_core.utils.html_diff import side_by_side_html


class GptChainEvaluationResult(models.Model):
    """Where the model is gone that answered before, its kept answer is compared."""

    _inherit = "gpt.chain.evaluation.result"

    @api.depends("case_id.golden_answer")
    def _compute_diff(self):
        res = super()._compute_diff()
        for result in self:
            golden = result.case_id.golden_answer
            if golden and not result.baseline_id.answer:
                result.diff = side_by_side_html(
                    golden,
                    result.answer or result.problem or "",
                    result.case_id.golden_model or "",
                    result.version_id.display_name,
                )
        return res
