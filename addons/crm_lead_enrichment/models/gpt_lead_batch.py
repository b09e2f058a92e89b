# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.gpt_core.engine.provider.usage import Usage, tokens_of_chars

# Leads whose texts are measured; the rest are taken to be like them.
SAMPLE = 25
# Earlier answers whose length is taken for those to come.
RECENT = 200
# What an answer with five values and their quotes usually has.
USUAL_ANSWER_TOKENS = 350
OPEN = ("queued", "running")


class GptLeadBatch(models.Model):
    """Several leads enriched at once: what it will cost, how far it is."""

    _name = "gpt.lead.batch"
    _description = "Enrichment of Several Leads"
    _order = "id desc"

    name = fields.Char(compute="_compute_name")
    user_id = fields.Many2one(
        "res.users", required=True, default=lambda self: self.env.user, readonly=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    lead_ids = fields.Many2many("crm.lead", readonly=True)
    lead_count = fields.Integer(string="Leads", readonly=True)
    skipped_count = fields.Integer(
        string="Left Out", readonly=True, help="Won, lost or archived leads."
    )
    state = fields.Selection(
        selection=[
            ("draft", "To confirm"),
            ("started", "Started"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
    )
    model_id = fields.Many2one("gpt.model", readonly=True)
    expected_tokens = fields.Integer(readonly=True)
    expected_cost = fields.Float(
        string="Expected Cost (USD)", digits=(16, 4), readonly=True
    )
    run_ids = fields.One2many("gpt.lead.run", "batch_id")
    ended_count = fields.Integer(string="Ended", compute="_compute_progress")
    done_count = fields.Integer(string="Enriched", compute="_compute_progress")
    unchanged_count = fields.Integer(string="Nothing New", compute="_compute_progress")
    failed_count = fields.Integer(string="Failed", compute="_compute_progress")
    progress = fields.Float(compute="_compute_progress")
    is_running = fields.Boolean(compute="_compute_progress")
    cost = fields.Float(
        string="Cost so far (USD)", digits=(16, 4), compute="_compute_progress"
    )

    @api.depends("lead_count")
    def _compute_name(self):
        for batch in self:
            batch.name = self.env._("Enrichment of %s leads", batch.lead_count)

    @api.depends("run_ids.state", "state", "lead_count")
    def _compute_progress(self):
        for batch in self:
            # sudo: gpt.lead.run, gpt.request - counts and cost, no contents
            runs = batch.env["gpt.lead.run"].sudo()
            own = [("batch_id", "in", batch.ids)]
            states = dict(runs._read_group(own, ["state"], ["__count"]))
            still_open = sum(states.get(state, 0) for state in OPEN)
            batch.done_count = states.get("done", 0)
            batch.unchanged_count = states.get("unchanged", 0)
            batch.failed_count = states.get("failed", 0)
            batch.ended_count = sum(states.values()) - still_open
            # Leads that were deleted since are not waited for.
            leads = len(batch.sudo().with_context(active_test=False).lead_ids)
            batch.progress = 100 * batch.ended_count / (leads or 1)
            waiting = batch.state == "started" and sum(states.values()) < leads
            batch.is_running = bool(still_open) or waiting
            batch.cost = batch._spent()

    def _spent(self):
        # sudo: gpt.request - the sum of what was asked, not what was said
        requests = self.env["gpt.request"].sudo()
        domain = [("lead_run_id.batch_id", "in", self.ids)]
        ((spent,),) = requests._read_group(domain, [], ["cost:sum"])
        return spent or 0.0

    @api.model
    def _for_leads(self, leads):
        """Return a batch of leads that the user may write, still to be confirmed."""
        leads.check_access("write")
        usable = leads.filtered(lambda lead: not lead._gpt_unwanted())
        if not usable:
            raise UserError(self.env._("These leads were all won, lost or archived."))
        # sudo: gpt.lead.batch - users have no right to write what it counts
        return (
            self.sudo()
            .create(
                {
                    "lead_ids": [fields.Command.set(usable.ids)],
                    "lead_count": len(usable),
                    "skipped_count": len(leads) - len(usable),
                    **self._estimate_values(usable),
                }
            )
            .sudo(False)
        )

    @api.model
    def _estimate_values(self, leads):
        """Return what the requests will probably need, by the texts of some of them."""
        chain = self.env["gpt.lead.chain"]._chain()
        model = chain.model_id or self.env["gpt.model"]._get_default()
        # sudo: crm.lead - texts are measured, not shown
        sample = leads[:SAMPLE].sudo()
        material = [
            lead.env["gpt.lead.reader"]._material(lead)
            for lead in (lead._gpt_localized() for lead in sample)
        ]
        texts = sum(len(read.values.get("lead", "")) for read in material)
        prompts = sum(
            len(step.system_prompt or "") + len(step.user_prompt or "")
            for step in chain.step_ids
        )
        each = Usage(
            input_tokens=tokens_of_chars(texts / len(sample) + prompts),
            output_tokens=self._usual_answer(chain) or USUAL_ANSWER_TOKENS,
        )
        prices = model.sudo()._prices() if model else None
        cost = prices.cost(each) if prices else 0.0
        return {
            "model_id": model.id,
            "expected_tokens": len(leads) * (each.input_tokens + each.output_tokens),
            "expected_cost": len(leads) * cost,
        }

    @api.model
    def _usual_answer(self, chain):
        """Return the mean tokens of the chain's last answers, 0 without any."""
        # sudo: gpt.request - a mean of many, whoever asked
        recent = (
            self.env["gpt.request"]
            .sudo()
            .search([("chain_id", "=", chain.id), ("state", "=", "done")], limit=RECENT)
        )
        return round(sum(recent.mapped("output_tokens")) / len(recent)) if recent else 0

    def action_start(self):
        """Enqueue the jobs."""
        self.ensure_one()
        self._check_owner()
        if self.state != "draft":
            raise UserError(self.env._("This was started already."))
        # sudo: gpt.lead.batch - of the user's own, as checked
        batch = self.sudo()
        batch.state = "started"
        leads = self.lead_ids.exists()
        batch.lead_count = len(leads)
        self.env["gpt.lead.run"]._queue_later(
            leads, "batch", user=self.env.user, batch=batch
        )
        return self._get_form_action()

    def action_cancel(self):
        """Take back what has not begun; what is under way is finished."""
        self.ensure_one()
        self._check_owner()
        # sudo: gpt.lead.run, gpt.lead.batch - of the user's own, as checked
        batch = self.sudo()
        batch.state = "cancelled"
        batch.run_ids.filtered(lambda run: run.state == "queued").state = "cancelled"
        return self._get_form_action()

    def action_show_leads(self):
        """Show the leads of this batch."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "crm.lead",
            "view_mode": "list,form",
            "domain": [("id", "in", self.lead_ids.ids)],
        }

    def _check_owner(self):
        self.check_access("read")
        if self.user_id != self.env.user and not self.env.su:
            raise UserError(self.env._("Only who started it may do this."))

    def _get_form_action(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Enrich with AI"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
