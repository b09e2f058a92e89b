# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..field_values import missing_labels


class CrmLead(models.Model):
    """The five fields, and what salespeople press."""

    _inherit = "crm.lead"

    # What a company thinks of its leads is for its own people only.
    x_gpt_summary = fields.Text(
        string="AI Summary", copy=False, groups="base.group_user"
    )
    x_priority = fields.Selection(
        selection=[
            ("0", "Low"),
            ("1", "Medium"),
            ("2", "High"),
            ("3", "Very high"),
        ],
        string="AI Priority",
        copy=False,
        index="btree_not_null",
        groups="base.group_user",
    )
    x_missing_fields = fields.Char(
        string="Missing Data",
        copy=False,
        groups="base.group_user",
        help="Technical names of the fields that should be known and are empty.",
    )
    x_next_step = fields.Text(string="Next Step", copy=False, groups="base.group_user")
    x_confidence = fields.Float(
        string="AI Confidence",
        copy=False,
        digits=(3, 2),
        aggregator="avg",
        groups="base.group_user",
        help="The model's own, from 0 to 1, and never more than the share of its "
        "values that it could prove.",
    )
    gpt_missing_labels = fields.Json(
        compute="_compute_gpt_missing_labels", groups="base.group_user"
    )
    gpt_run_ids = fields.One2many(
        "gpt.lead.run", "lead_id", string="Enrichments", groups="base.group_user"
    )
    gpt_value_ids = fields.One2many(
        "gpt.lead.value",
        "lead_id",
        string="AI Values",
        domain=[("is_current", "=", True)],
        groups="base.group_user",
    )

    @api.depends("x_missing_fields")
    def _compute_gpt_missing_labels(self):
        for lead in self:
            lead.gpt_missing_labels = [
                {"name": name, "label": label}
                for name, label in missing_labels(self.env, lead.x_missing_fields)
                if not lead[name]
            ]

    # What people press

    def action_gpt_enrich(self):
        """Have this lead enriched by a job, unless it says nothing new."""
        self.ensure_one()
        self.check_access("write")
        # sudo: crm.lead - notes and messages are read for whoever may change the lead
        lead = self.sudo()
        reason = lead._gpt_unwanted()
        if reason:
            raise UserError(self._gpt_unwanted_text(reason))
        material = lead._gpt_as_reader()._gpt_material()
        if not material.sources:
            raise UserError(
                self.env._("This lead is empty: there is nothing to read yet.")
            )
        runs = lead.env["gpt.lead.run"]
        working = runs._open_runs(lead, ["running"])
        if working.filtered(lambda run: run.fingerprint == material.fingerprint):
            return self._gpt_notify(self.env._("The model is working on it already."))
        if runs._is_known(lead, material.fingerprint):
            return self._gpt_notify(
                self.env._(
                    "Nothing has changed since the last time, so nothing was asked."
                )
            )
        runs._queue(self, "button", user=self.env.user)
        return True

    def action_gpt_enrich_selection(self):
        """Show what enriching these leads will cost, before anything is asked."""
        batch = self.env["gpt.lead.batch"]._for_leads(self)
        return batch._get_form_action()

    def action_gpt_runs(self):
        """Show every enrichment of this lead, with its cost."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Enrichments"),
            "res_model": "gpt.lead.run",
            "view_mode": "list,form",
            "domain": [["lead_id", "=", self.id]],
        }

    def _gpt_notify(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "info",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    # The consumer of the ledger's rows

    def _gpt_apply(self, request):
        """Hand an answer over to the run that asked."""
        self._gpt_run_of(request)._gpt_apply(request)

    def _gpt_failed(self, request):
        """Tell the run that asked, also when its job was lost."""
        self._gpt_run_of(request)._gpt_failed(request)

    def _gpt_run_of(self, request):
        return self.env["gpt.lead.run"].search([("request_id", "=", request.id)])

    # What is written

    def _gpt_write(self, vals):
        """Write values that are ours: they neither start a run nor are an edit."""
        # Tracking reads and compares all that is tracked, even what does not change.
        tracked = self._track_get_fields() & vals.keys()
        lead = self.with_context(gpt_own_write=True, mail_notrack=not tracked)
        return lead.write(vals)

    def _gpt_lock(self):
        """Hold this lead against other writers until the transaction ends.

        One that was written, merged or deleted since it began makes the transaction be
        repeated here, where nothing was done yet.
        """
        self.flush_recordset()
        query = "SELECT id FROM crm_lead WHERE id = %s FOR UPDATE"
        self.env.cr.execute(query, self._ids)
        self.invalidate_recordset()
