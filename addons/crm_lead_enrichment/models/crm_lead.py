# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models, tools

from odoo.addons.gpt_core.utils.transaction import best_effort

from ..compat import is_won
from .gpt_lead_value import SUGGESTED


class CrmLead(models.Model):
    """The five fields, the state of the enrichment, and what salespeople press.

    What is read of a lead: ``gpt.lead.reader``. When it is enriched:
    ``gpt.lead.trigger``. What an answer does to it: ``gpt.lead.writer``.
    """

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
        "values that are grounded in the lead.",
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
    gpt_suggestion_ids = fields.One2many(
        "gpt.lead.value",
        "lead_id",
        string="Suggestions",
        domain=[("is_current", "=", True), ("state", "in", SUGGESTED)],
        groups="base.group_user",
    )
    gpt_has_offers = fields.Boolean(
        compute="_compute_gpt_suggestion_count", groups="base.group_user"
    )
    gpt_suggestion_count = fields.Integer(
        compute="_compute_gpt_suggestion_count", groups="base.group_user"
    )
    gpt_state = fields.Selection(
        selection="_gpt_states",
        string="AI",
        compute="_compute_gpt_state",
        search="_search_gpt_state",
        groups="base.group_user",
    )
    gpt_is_asked = fields.Boolean(
        string="AI Asked by Hand",
        compute="_compute_gpt_state",
        groups="base.group_user",
        help="The model works on this lead, or will as soon as it can.",
    )
    gpt_problem = fields.Char(
        string="Why It Failed", compute="_compute_gpt_state", groups="base.group_user"
    )
    gpt_read_at = fields.Datetime(
        string="Based on Data of",
        compute="_compute_gpt_state",
        groups="base.group_user",
    )
    gpt_has_prompt_injection = fields.Boolean(
        string="Contains Instructions for the AI",
        compute="_compute_gpt_state",
        groups="base.group_user",
    )
    gpt_newer_messages = fields.Integer(
        string="Newer Messages",
        compute="_compute_gpt_newer_messages",
        groups="base.group_user",
    )
    gpt_is_stale = fields.Boolean(
        string="Stale",
        compute="_compute_gpt_newer_messages",
        search="_search_gpt_is_stale",
        groups="base.group_user",
        help="Messages came in after the lead was read by the model.",
    )
    gpt_cost = fields.Float(
        string="AI Cost (USD)",
        compute="_compute_gpt_state",
        digits=(16, 4),
        groups="base.group_user",
    )
    gpt_import_id = fields.Many2one(
        "gpt.lead.batch", compute="_compute_gpt_import_id", groups="base.group_user"
    )

    @api.depends("gpt_suggestion_ids.state")
    def _compute_gpt_suggestion_count(self):
        for lead in self:
            # sudo: gpt.lead.value - how many there are, of a lead that they read
            current = lead.env["gpt.lead.value"].sudo()._current(lead)
            lead.gpt_has_offers = bool(lead._gpt_offers(current))
            waiting = current.filtered(lambda row: row.state in SUGGESTED)
            lead.gpt_suggestion_count = len(waiting)

    @api.depends("x_missing_fields")
    def _compute_gpt_missing_labels(self):
        for lead in self:
            lead.gpt_missing_labels = [
                {"name": name, "label": label}
                for name, label in lead._gpt_labels_of(lead.x_missing_fields)
                if not lead[name]
            ]

    @api.model
    def _gpt_states(self):
        return (
            self.env["gpt.lead.run"]._fields["state"]._description_selection(self.env)
        )

    @api.depends("gpt_run_ids.state", "gpt_run_ids.trigger")
    def _compute_gpt_state(self):
        # sudo: gpt.lead.run - of leads that the user may read
        runs = self.env["gpt.lead.run"].sudo().search([("lead_id", "in", self.ids)])
        of_lead = runs.grouped("lead_id")
        for lead in self:
            own = of_lead.get(lead._origin.sudo(), runs.browse())
            last = own[:1]
            done = own.filtered(lambda run: run.state == "done" and not run.only_field)[
                :1
            ]
            # A run that found nothing new is not shown: the last result is.
            shown = done if last.state == "unchanged" and done else last
            lead.gpt_state = shown.state
            # What waits for more changes, or behind others, can be asked for at once.
            lead.gpt_is_asked = last.state == "running" or (
                last.state == "queued" and last.trigger == "button"
            )
            lead.gpt_problem = shown.problem
            lead.gpt_read_at = done.read_at
            lead.gpt_has_prompt_injection = done.has_prompt_injection
            lead.gpt_cost = sum(own.mapped("cost"))

    @api.model
    def _search_gpt_state(self, operator, value):
        """Search by the state of the last run; no value: never enriched."""
        self.env["gpt.lead.run"].flush_model(["lead_id", "state"])
        self.env.cr.execute(
            "SELECT DISTINCT ON (lead_id) lead_id, state FROM gpt_lead_run "
            "ORDER BY lead_id, id DESC"
        )
        states = dict(self.env.cr.fetchall())
        # One value, or a collection of whichever kind the series has.
        values = {value} if not value or isinstance(value, str | bool) else set(value)
        ids = [lead_id for lead_id, state in states.items() if state in values]
        negative = operator in ("!=", "not in")
        if values & {False, None}:
            never = [("id", "not in", list(states))]
            return ["!", *never] if negative else ["|", *never, ("id", "in", ids)]
        return [("id", "not in" if negative else "in", ids)]

    @api.depends_context("uid")
    def _compute_gpt_import_id(self):
        waiting = self.env["gpt.lead.batch"]._waiting_import(self._origin)
        for lead in self:
            lead.gpt_import_id = waiting.get(lead._origin.id, False)

    def _compute_gpt_newer_messages(self):
        counts = self.env["gpt.lead.reader"]._count_newer(self._origin.ids)
        for lead in self:
            lead.gpt_newer_messages = counts.get(lead._origin.id, 0)
            lead.gpt_is_stale = bool(lead.gpt_newer_messages)

    @api.model
    def _search_gpt_is_stale(self, operator, value):
        ids = list(self.env["gpt.lead.reader"]._count_newer())
        wanted = value if isinstance(value, bool) else True in value
        positive = wanted == (operator in ("=", "in"))
        return [("id", "in" if positive else "not in", ids)]

    @api.model
    def gpt_states(self, ids):
        """Return what a screen shows of these leads' enrichment, to see it change."""
        leads = self.browse(ids).exists()
        return {
            str(lead.id): [lead.gpt_state or "", str(lead.gpt_read_at or "")]
            for lead in leads._filtered_access("read")
        }

    # What people press

    def action_gpt_enrich(self):
        """Enrich this lead in a job, unless it says nothing new."""
        self.ensure_one()
        return self._gpt_notify(self.env["gpt.lead.trigger"]._start(self))

    def action_gpt_accept_offers(self):
        """Fill the empty fields for which the lead itself has a value."""
        self.ensure_one()
        self.check_access("write")
        self._gpt_offers().action_accept()
        return True

    def _gpt_offers(self, current=None):
        """Return the suggestions with evidence whose fields are empty.

        :param current: the lead's values of :meth:`~gpt.lead.value._current`, if known
        """
        self.ensure_one()
        if current is None:
            current = self.env["gpt.lead.value"]._current(self)
        return current.filtered(
            lambda row: row.state == "suggested" and not self[row.field_name]
        )

    @api.model
    def _gpt_notify(self, notice):
        """Return the action that shows a notice, ``True`` without one."""
        if not notice:
            return True
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": notice,
                "type": "info",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_gpt_enrich_selection(self):
        """Show what enriching these leads will cost, before anything is asked."""
        batch = self.env["gpt.lead.batch"]._for_leads(self)
        return batch._get_form_action()

    def action_gpt_enrich_import(self):
        """Show what enriching all leads of this lead's import will cost."""
        return self.gpt_import_id._get_form_action()

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

    # When it is enriched automatically

    @api.model
    def load(self, fields, data):
        """What is imported waits until somebody says what it may cost."""
        own = self.with_context(gpt_lead_import=True)
        return super(CrmLead, own).load(fields, data)

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        self.env["gpt.lead.trigger"]._enrich_later(leads, "create")
        return leads

    def write(self, vals):
        result = super().write(vals)
        trigger = self.env["gpt.lead.trigger"]
        if not self.env.context.get("gpt_own_write") and trigger._concerns(vals):
            with best_effort(self.env, "A change of leads"):
                trigger._after_write(self, vals.keys())
        return result

    def _message_post_after_hook(self, message, msg_vals):
        result = super()._message_post_after_hook(message, msg_vals)
        with best_effort(self.env, "A message of a lead"):
            lead = self.sudo()  # sudo: crm.lead - visitors post, too
            signs = self.env["gpt.lead.screening"]._signs_of(self.env)
            if signs:
                # sudo: mail.message - noted for whoever receives the mail
                message.sudo().gpt_automatic = signs[0].kind
            elif self.env["gpt.lead.reader"]._is_read(lead, message):
                self.env["gpt.lead.trigger"]._enrich_later(self, "message")
        return result

    # The consumer of the ledger's rows

    def _gpt_apply(self, request):
        """Hand an answer over to the run that asked."""
        request.lead_run_id._gpt_apply(request)

    def _gpt_failed(self, request):
        """Tell the run that asked, also when its job was lost."""
        request.lead_run_id._gpt_failed(request)

    def _gpt_write(self, vals):
        """Write values that are ours: they neither start a run nor are an edit."""
        # Tracking reads and compares all that is tracked, even what does not change.
        tracked = self._track_get_fields() & vals.keys()
        lead = self.with_context(gpt_own_write=True, mail_notrack=not tracked)
        return lead.write(vals)

    # What others ask of a lead

    def _gpt_unwanted(self):
        """Return why this lead is not enriched, ``False`` if it is."""
        self.ensure_one()
        if not self.active:
            return "archived"
        return "won" if is_won(self) else False

    def _gpt_company(self):
        """Return the company that pays: the lead's, or its salesperson's."""
        self.ensure_one()
        # One field of a user is not worth reading all of them.
        user = self.user_id.with_context(prefetch_fields=False)
        company = self.company_id or user.company_id or self.env.company
        return company.with_env(self.env)

    def _gpt_localized(self):
        """Return this lead in the company that pays, as its salesperson would see it.

        That is: in the language and the time zone of who works on the lead.
        """
        self.ensure_one()
        company = self._gpt_company()
        if self.user_id:
            # Odoo keeps these for each user, and knows what else there is to fall on.
            context = self.env["res.users"].with_user(self.user_id).context_get()
        else:
            partner = company.with_context(prefetch_fields=False).partner_id
            context = {"lang": partner.lang or self.env.lang or "en_US"}
        return self.with_company(company).with_context(
            lang=context["lang"], tz=context.get("tz") or "UTC"
        )

    def _gpt_names(self):
        """Return the names to mask: the people who are not contacts yet."""
        return [name for name in (self.contact_name, self.partner_name) if name]

    def _gpt_missing_names(self, preferred=(), offered=()):
        """Return the names of the fields that should be known and are empty.

        :param preferred: names that come first, in this order
        :param offered: names of fields whose values only have to be accepted
        """
        self.ensure_one()
        known = self._fields
        wanted = self.env["gpt.lead.input"]._wanted_names()
        empty = [
            name
            for name in wanted
            if name in known and not self[name] and name not in offered
        ]
        first = [name for name in preferred if name in empty]
        return list(dict.fromkeys([*first, *empty]))

    @api.model
    @tools.ormcache("self.env.lang")
    def _gpt_labels(self):
        """Return what people call the fields of a lead, by the fields' names."""
        return {
            name: field._description_string(self.env)
            for name, field in self._fields.items()
        }

    @api.model
    def _gpt_labels_of(self, names):
        """Return ``(name, label)`` of each field in a list with commas."""
        labels = self._gpt_labels()
        parts = [part.strip() for part in (names or "").split(",")]
        return [(name, labels[name]) for name in parts if name in labels]
