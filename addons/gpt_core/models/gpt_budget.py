# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

MEASURES = {
    "cost": "cost:sum",
    "tokens": "total_tokens:sum",
    "requests": "__count",
}


class GptBudget(models.Model):
    """How much may be spent, and what happens on the way there.

    The ladder: at one share of the limit somebody is told, at another a cheaper model
    is asked, and at the limit nobody is asked any more: whoever waits then gets what is
    due when there is no answer. What runs already is not stopped, so each request that
    was under way may go over the limit by its own cost.
    """

    _name = "gpt.budget"
    _description = "GPT Budget"
    _inherit = ["mail.thread"]
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    chain_id = fields.Many2one("gpt.chain", help="Empty: all chains together.")
    per_conversation = fields.Boolean(
        help="Each conversation has the limit for itself."
    )
    period = fields.Selection(
        selection=[
            ("minute", "Minute"),
            ("hour", "Hour"),
            ("day", "Day"),
            ("month", "Month"),
        ],
        default="month",
        required=True,
    )
    measure = fields.Selection(
        selection=[
            ("cost", "Money (USD)"),
            ("tokens", "Tokens"),
            ("requests", "Requests"),
        ],
        default="cost",
        required=True,
    )
    limit = fields.Float(required=True, digits=(16, 6))
    warn_at = fields.Integer(
        string="Warn at (%)",
        default=80,
        help="Share of the limit at which the followers are told. 0: never.",
    )
    cheaper_at = fields.Integer(
        string="Cheaper Model at (%)",
        help="Share of the limit from which the cheaper model is asked. 0: never.",
    )
    cheaper_model_id = fields.Many2one("gpt.model", domain=[("kind", "=", "chat")])
    spent = fields.Float(compute="_compute_spent", digits=(16, 6))
    share = fields.Integer(string="Spent (%)", compute="_compute_spent")
    warned_on = fields.Datetime(readonly=True, copy=False)

    @api.depends("period", "measure", "chain_id", "company_id", "limit")
    def _compute_spent(self):
        for budget in self:
            budget.spent = budget._spent()
            budget.share = round(budget._share(budget.spent))

    @api.constrains("limit", "warn_at", "cheaper_at", "cheaper_model_id")
    def _check_ladder(self):
        for budget in self:
            if budget.limit <= 0:
                raise ValidationError(self.env._("The limit must be positive."))
            if not (0 <= budget.warn_at <= 100 and 0 <= budget.cheaper_at <= 100):
                raise ValidationError(
                    self.env._("Shares of the limit go from 0 to 100.")
                )
            if budget.cheaper_at and not budget.cheaper_model_id:
                raise ValidationError(self.env._("Choose the cheaper model."))

    @api.model
    def _applicable(self, company, chain):
        """Return the budgets that a request of this company and chain falls under."""
        # sudo: gpt.budget - it holds for users who cannot read it
        return self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("chain_id", "in", [False, chain.id]),
            ]
        )

    def _level(self, conversation=None):
        """Return ``stop``, ``cheaper`` or ``ok``; tell the followers if it is time."""
        self.ensure_one()
        share = self._share(self._spent(conversation))
        if self.warn_at and share >= self.warn_at:
            self._warn(share)
        if share >= 100:
            return "stop"
        if self.cheaper_at and share >= self.cheaper_at:
            return "cheaper"
        return "ok"

    def _share(self, spent):
        return 100 * spent / self.limit if self.limit else 0

    def _spent(self, conversation=None):
        """Return what was spent in the running period, in the budget's measure."""
        self.ensure_one()
        if self.per_conversation and not conversation:
            return 0  # there is nothing to share the limit with
        domain = [
            ("company_id", "=", self.company_id.id),
            ("create_date", ">=", self._period_start()),
            # What has not begun is not spent; the row being checked is one of these.
            ("state", "!=", "pending"),
        ]
        if self.chain_id:
            domain.append(("chain_id", "=", self.chain_id.id))
        if self.per_conversation:
            domain.append(("conversation_id", "=", conversation.id))
        # sudo: gpt.request - the sum of all, whoever asks
        ledger = self.env["gpt.request"].sudo()
        ((total,),) = ledger._read_group(domain, [], [MEASURES[self.measure]])
        return total or 0

    def _period_start(self):
        now = fields.Datetime.now()
        midnight = {"hour": 0, "minute": 0, "second": 0, "microsecond": 0}
        return {
            "minute": now - relativedelta(minutes=1),
            "hour": now - relativedelta(hours=1),
            "day": now + relativedelta(**midnight),
            "month": now + relativedelta(day=1, **midnight),
        }[self.period]

    def _warn(self, share):
        """Tell the followers, once per period."""
        if self.warned_on and self.warned_on >= self._period_start():
            return
        # Another transaction may warn at this very moment; one of them is enough.
        self.env.cr.execute(
            "SELECT id FROM gpt_budget WHERE id = %s FOR NO KEY UPDATE SKIP LOCKED",
            [self.id],
        )
        if not self.env.cr.fetchone():
            return
        self.warned_on = fields.Datetime.now()
        self.message_post(
            body=self.env._(
                "%(share)s %% of the budget %(name)s are spent.",
                share=round(share),
                name=self.name,
            ),
            subtype_xmlid="mail.mt_comment",
        )
