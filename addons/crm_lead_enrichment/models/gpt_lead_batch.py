# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

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
# What a user imports within so long is one import.
SAME_IMPORT = timedelta(minutes=15)


def _rounded_up(cost):
    """Return a cost as people read it, never as nothing."""
    return f"{max(cost, 0.01):.2f}"


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
    is_import = fields.Boolean(string="Imported", readonly=True)
    offer = fields.Char(compute="_compute_offer")
    budget_text = fields.Char(string="Budget", compute="_compute_budget_text")
    is_over_budget = fields.Boolean(compute="_compute_budget_text")
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

    @api.depends("lead_count", "state", "is_import", "offer")
    @api.depends_context("lang")
    def _compute_name(self):
        for batch in self:
            if batch.is_import and batch.state == "draft":
                batch.name = batch.offer
            else:
                batch.name = self.env._("Enrichment of %s leads", batch.lead_count)

    @api.depends("lead_count", "expected_cost")
    def _compute_offer(self):
        for batch in self:
            batch.offer = self.env._(
                "Enrich %(count)s imported leads (about $%(cost)s)",
                count=batch.lead_count,
                cost=_rounded_up(batch.expected_cost),
            )

    @api.depends("company_id", "lead_count", "expected_cost", "expected_tokens")
    def _compute_budget_text(self):
        for batch in self:
            chain = self.env["gpt.lead.chain"].with_company(batch.company_id)._chain()
            forecast = self.env["gpt.budget"]._forecast(
                batch.company_id,
                chain,
                {
                    "cost": batch.expected_cost,
                    "tokens": batch.expected_tokens,
                    "requests": batch.lead_count,
                },
            )
            batch.is_over_budget = bool(forecast) and forecast.share > 100
            batch.budget_text = forecast and self.env._(
                "%(name)s: %(before)s %% are spent, afterwards %(after)s %%",
                name=forecast.name,
                before=round(forecast.share_now),
                after=round(forecast.share),
            )

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

    # What was imported

    @api.model
    def _hold_import(self, leads, user_id):
        """Have imported leads wait for one click of whoever imports them.

        A file is imported piece by piece: all of it is one batch.

        :param leads: in the environment of the superuser
        """
        user = leads.env["res.users"].browse(user_id)
        for company, own in leads.grouped(lambda lead: lead._gpt_company()).items():
            batch = self._open_import(user, company)
            own |= batch.lead_ids
            values = {
                "lead_ids": [fields.Command.set(own.ids)],
                "lead_count": len(own),
                **self.with_company(company)._estimate_values(own),
            }
            if batch:
                batch.write(values)
            else:
                owner = {"user_id": user_id, "company_id": company.id}
                batch = self.create(values | owner | {"is_import": True})
            batch._offer_to(user)

    @api.model
    def _open_import(self, user, company):
        """Return the import of a user that has just begun and still waits, if any."""
        since = fields.Datetime.now() - SAME_IMPORT
        return self.search(
            [
                ("is_import", "=", True),
                ("state", "=", "draft"),
                ("user_id", "=", user.id),
                ("company_id", "=", company.id),
                ("write_date", ">=", since),
            ],
            limit=1,
        )

    def _offer_to(self, user):
        """Show whoever imports, on their screen, what enriching it all would cost."""
        batch = self.with_context(lang=user.lang)
        user._bus_send(
            "gpt_lead_import",
            {
                "batch_id": self.id,
                "message": batch.env._(
                    "%s imported leads wait to be enriched.", self.lead_count
                ),
                "offer": batch.offer,
            },
        )

    @api.model
    def _waiting_import(self, leads):
        """Return the import of this user that waits, by the id of each lead of it."""
        # sudo: gpt.lead.batch - the user's own, also of one who may not see others
        waiting = self.sudo().search(
            [
                ("is_import", "=", True),
                ("state", "=", "draft"),
                ("user_id", "=", self.env.uid),
                ("lead_ids", "in", leads.ids),
            ],
            order="id",
        )
        return {
            lead_id: batch.sudo(self.env.su)
            for batch in waiting
            for lead_id in set(batch.lead_ids.ids) & set(leads.ids)
        }

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
