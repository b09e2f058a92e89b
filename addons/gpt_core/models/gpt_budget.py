# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from typing import NamedTuple

from odoo import SUPERUSER_ID, api, fields, models, tools
from odoo.exceptions import ValidationError

from ..engine.errors import GptError
from ..utils.budget_scope import LEDGER_MEASURES, Terms, period_start
from ..utils.transaction import one_at_a_time, transaction_id

# So many requests at most begin at the same moment: PostgreSQL has fewer connections.
PARALLEL = 100


class Forecast(NamedTuple):
    """What a budget says of a plan: its shares in percent, with the plan and now."""

    share: float
    share_now: float
    name: str


class GptBudget(models.Model):
    """How much may be spent, and what happens on the way there.

    The ladder: at one share of the limit somebody is told, at another a cheaper model
    is asked, and at the limit nobody is asked any more: whoever waits then gets what is
    due when there is no answer. What runs already is not stopped, but what it will
    probably cost counts from its first moment on, so that many at a time do not spend
    what is left more than once.
    """

    _name = "gpt.budget"
    _description = "GPT Budget"
    _inherit = ["mail.thread", "gpt.cached.mixin", "gpt.link.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    description = fields.Text(
        translate=True, help="What the limit is for, and how it was chosen."
    )
    chain_id = fields.Many2one("gpt.chain", help="Empty: all chains together.")
    per_conversation = fields.Boolean(
        help="Each conversation has the limit for itself."
    )
    per_user = fields.Boolean(help="Each user has a limit of their own.")
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

    @api.depends(
        "period",
        "measure",
        "chain_id",
        "company_id",
        "limit",
        "per_conversation",
        "per_user",
    )
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
        return self.sudo().browse(self._applicable_terms(company.id, chain.id))

    @api.model
    @tools.ormcache("company_id", "chain_id")
    def _applicable_terms(self, company_id, chain_id):
        """Return the :class:`~..utils.budget_scope.Terms` of these budgets, by id.

        Every request asks for them, and they seldom change.
        """
        # sudo: gpt.budget - as in _applicable()
        budgets = self.sudo().with_context(active_test=True)
        found = budgets.search(
            [("company_id", "=", company_id), ("chain_id", "in", [False, chain_id])]
        )
        return {budget.id: budget._terms() for budget in found}

    def _terms(self):
        self.ensure_one()
        return Terms(
            company_id=self.company_id.id,
            chain_id=self.chain_id.id or 0,
            per_conversation=self.per_conversation,
            per_user=self.per_user,
            period=self.period,
            measure=self.measure,
            first_threshold=self._first_threshold(),
        )

    @api.model
    def _admit(self, request, expected):
        """Let a request begin, and count it from now on.

        :param expected: a function that returns what it will probably take, as a dict
            of ``cost`` and ``tokens``
        :return: the cheaper model to ask instead, empty for the chain's own
        :raises GptError: ``budget`` when one is used up
        """
        terms = self._applicable_terms(request.company_id.id, request.chain_id.id)
        terms = [each for each in terms.values() if each.hold_for(request)]
        if not terms:
            return self.env["gpt.model"]
        amounts = {**expected(), "requests": 1}
        reservation = self.env["gpt.reservation"]._values(request, amounts)
        if self._admit_far_from_limits(request, terms, amounts, reservation):
            return self.env["gpt.model"]
        budgets = self._applicable(request.company_id, request.chain_id)
        scopes = budgets._scopes(request)
        xid = transaction_id(self.env.cr)
        with one_at_a_time(self.env, self._name, request.company_id.id) as env:
            shares = {
                budget: budget._share(budget._spent_by_all(scope, env, xid, request))
                for budget, scope in scopes.items()
            }
            used_up = next((b for b, share in shares.items() if share >= 100), None)
            for budget, share in shares.items():
                if budget.warn_at and share >= budget.warn_at:
                    # Not in the caller's transaction, which may conflict with others';
                    # except for a budget that nobody else can see yet.
                    (budget.with_env(env).exists() or budget)._warn(share)
            if used_up is None:
                env["gpt.reservation"]._reserve(reservation)
        if used_up is not None:
            raise GptError("budget", used_up.name)
        return next(
            (
                budget.cheaper_model_id
                for budget, share in shares.items()
                if budget.cheaper_at and share >= budget.cheaper_at
            ),
            self.env["gpt.model"],
        )

    @api.model
    def _admit_far_from_limits(self, request, terms, amounts, reservation):
        """Let a request begin at once if nothing can happen to any budget meanwhile.

        Nobody is waited for then. Others may do the same at this moment and not be seen
        yet, but not more of them than there are connections to the database.

        :param terms: of the budgets that hold for it
        :param amounts: what the request will probably take, by measure
        :return: whether it was let in; if not, it is to wait for its turn
        """
        spent = {}
        with self.env.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            views = [env["gpt.reservation"]]
            if self.env["gpt.request"]._created_in_transaction() > 1:
                # What this transaction wrote, only its own cursor sees.
                views.append(self.env["gpt.reservation"])
            for each in terms:
                scope = each.scope(request)
                key = scope.subject()
                if key not in spent:
                    spent[key] = [view._spent_and_under_way(scope) for view in views]
                so_far = max(sums[scope.measure] for sums in spent[key])
                if so_far + PARALLEL * amounts[scope.measure] > each.first_threshold:
                    return False
            env["gpt.reservation"]._reserve(reservation)
        return True

    def _first_threshold(self):
        """Return the amount at which something happens: somebody is told, at least."""
        shares = (self.warn_at, self.cheaper_at, 100)
        return self.limit * min(share for share in shares if share) / 100

    @api.model
    def _is_used_up(self, request):
        """Tell whether a request like this one would be refused now.

        :param request: may be one that is in memory only
        """
        budgets = self._applicable(request.company_id, request.chain_id)
        return any(
            budget._share(budget._in_ledger(self.env, scope.domain())) >= 100
            for budget, scope in budgets._scopes(request).items()
        )

    @api.model
    def _forecast(self, company, chain, amounts):
        """Return the :class:`Forecast` of the budget that is filled most by amounts.

        :param amounts: what is planned, by measure
        :return: ``None`` without a budget; those of one user or one conversation are
            left aside
        """
        forecasts = []
        for budget in self._applicable(company, chain):
            if budget.per_conversation or budget.per_user:
                continue
            spent = budget._spent()
            forecasts.append(
                Forecast(
                    budget._share(spent + amounts[budget.measure]),
                    budget._share(spent),
                    budget.name,
                )
            )
        return max(forecasts, default=None)

    def _scopes(self, request):
        """Return the budgets that count now, with what each counts.

        :return: budget → :class:`~..utils.budget_scope.Scope`
        """
        terms = {budget: budget._terms() for budget in self}
        return {
            budget: each.scope(request)
            for budget, each in terms.items()
            if each.hold_for(request)
        }

    def _scope(self, request):
        return self._terms().scope(request)

    def _share(self, spent):
        return 100 * spent / self.limit if self.limit else 0

    def _spent(self):
        """Return what was spent in the running period, in the budget's measure."""
        self.ensure_one()
        if self.per_conversation or self.per_user:
            return 0  # of which one?
        # sudo: gpt.request - as for every sum here
        nobody = self.env["gpt.request"].sudo()
        return self._in_ledger(self.env, self._scope(nobody).domain())

    def _spent_by_all(self, scope, env, xid, request):
        """Return what was spent, and will be by what runs now.

        Three parts make it up: what everybody has committed, what is under way, and
        what this transaction has spent itself, which nobody else sees.

        :param env: an environment that was opened just now
        :param xid: the number of our own transaction
        :param request: the row that is being admitted: it has spent nothing yet
        """
        ended = scope.domain(running=False)
        if self.measure == "requests":
            # Another try of it is the same request.
            ended.append(("id", "!=", request.id))
        committed = self._in_ledger(env, ended)
        under_way, own_ids = env["gpt.reservation"]._under_way(scope, xid, request.id)
        own = self._in_ledger(self.env, [*scope.domain(), ("id", "in", own_ids)])
        # Rows that were written by hand in this transaction have no reservation.
        visible = self._in_ledger(self.env, [*ended, ("id", "!=", request.id)])
        return max(committed + under_way + own, visible)

    def _in_ledger(self, env, domain):
        # sudo: gpt.request - the sum of all, whoever asks
        ledger = env["gpt.request"].sudo()
        (totals,) = ledger._read_group(domain, [], LEDGER_MEASURES[self.measure])
        return sum(total or 0 for total in totals)

    def _warn(self, share):
        """Tell the followers, once per period; one transaction at a time does so.

        Where nobody follows, as those that a company starts with, managers are told.
        """
        if self.warned_on and self.warned_on >= period_start(self.period):
            return
        self.warned_on = fields.Datetime.now()
        managers = self.company_id._gpt_managers()
        if self.message_partner_ids:
            managers = managers.browse()
        self.message_post(
            body=self.env._(
                "%(share)s %% of the budget %(name)s are spent.",
                share=round(share),
                name=self.name,
            ),
            subtype_xmlid="mail.mt_comment",
            partner_ids=managers.partner_id.ids,
        )
