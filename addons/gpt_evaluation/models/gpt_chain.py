# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class GptChain(models.Model):
    """Cases, and what they have to say before a chain is published."""

    _inherit = "gpt.chain"

    case_ids = fields.One2many(
        "gpt.chain.case",
        "chain_id",
        copy=True,
        gpt_unversioned="examples belong to the chain, whatever its version",
    )
    evaluation_ids = fields.One2many(
        "gpt.chain.evaluation",
        "chain_id",
        gpt_unversioned="what came of the examples",
    )
    case_count = fields.Integer(compute="_compute_case_count")

    @api.depends("case_ids")
    def _compute_case_count(self):
        for chain in self:
            chain.case_count = len(chain.case_ids)

    def _compute_keeps_cases(self):
        self.keeps_cases = True

    def _new_case(self, values, request=None):
        self.env["gpt.chain.case"].check_access("create")
        return self.env["gpt.chain.case"]._open_new(self, values, request)

    def action_run_cases(self):
        """Run the cases on the draft, and show how they go.

        Those of which it is not known how they go on the version in use are run on
        that one, too: a comparison needs both.
        """
        self.ensure_one()
        if not self.case_ids:
            raise UserError(
                self.env._(
                    "The chain has no cases yet. Add some on the tab Cases, or press "
                    "Add as Case after trying it."
                )
            )
        Evaluation = self.env["gpt.chain.evaluation"]
        draft = self._frozen_draft()
        published = self.published_version_id
        if published and published.fingerprint != draft.fingerprint:
            not_run = self.case_ids.filtered(
                lambda case: not case._result_on(published.fingerprint)
            )
            if not_run:
                Evaluation._start(published, not_run)
        return Evaluation._start(draft, self.case_ids)._open()

    def _broken_results(self):
        """Return the results that failed on the draft of cases that passed before."""
        self.ensure_one()
        broken = self.env["gpt.chain.evaluation.result"]
        published = self.published_version_id
        if not published or self.state == "published":
            return broken
        draft_fingerprint = self._frozen_draft().fingerprint
        for case in self.case_ids:
            if case._result_on(published.fingerprint).state == "passed":
                now = case._result_on(draft_fingerprint)
                broken += now.filtered(lambda result: result.state == "failed")
        return broken

    def _publish_gate(self):
        """Return what the settings say: ``warn``, ``refuse`` or ``ignore``."""
        # sudo: ir.config_parameter - administrators set it, managers publish
        params = self.env["ir.config_parameter"].sudo()
        return params.get_param("gpt_evaluation.publish_gate") or "warn"

    def _ask_before_publishing(self):
        question = super()._ask_before_publishing()
        gate = self._publish_gate()
        if question or gate == "ignore" or not self.case_ids:
            return question
        broken = self._broken_results()
        if not broken:
            return None
        if gate == "refuse":
            raise UserError(
                self.env._(
                    "The draft breaks cases that passed before:\n%(cases)s\n\nMend the "
                    "prompts, or change the cases if they are no longer right.",
                    cases="\n".join(f"• {name}" for name in _names(broken)),
                )
            )
        return self.env["gpt.chain.publish"]._open(self)


def _names(results):
    return results.case_id.mapped("name")
