# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..compat import users_of
from ..utils.transaction import best_effort

# Some 8,000 answers of a small model, or a thousand of a large one.
MONEY_A_DAY = 5.0
# For models without a price, whose money is never spent.
TOKENS_A_DAY = 10_000_000


class ResCompany(models.Model):
    """Nobody starts without a limit, which may be changed or deleted."""

    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        with best_effort(self.env, "The limits of a new company"):
            companies._gpt_create_daily_budgets()
        return companies

    @api.model
    def _gpt_init_daily_budgets(self):
        """Give the companies that are there at the installation their limits."""
        # pylint: disable=no-search-all  # there is none that gets no limits
        companies = self.with_context(active_test=False).search([])
        companies._gpt_create_daily_budgets()

    def _gpt_create_daily_budgets(self):
        # sudo: gpt.budget - for whoever may create companies
        budgets = self.env["gpt.budget"].sudo()
        budgets = budgets.with_context(mail_create_nosubscribe=True, lang=None)
        for company in self:
            english = company.with_context(lang=None)
            created = budgets.create(english._gpt_daily_budgets())
            for lang, _name in self.env["res.lang"].get_installed():
                there = company.with_context(lang=lang)._gpt_daily_budgets()
                for budget, values in zip(created, there, strict=True):
                    budget.with_context(lang=lang).write(
                        {name: values[name] for name in ("name", "description")}
                    )

    def _gpt_managers(self):
        """Return the GPT managers who work in this company."""
        self.ensure_one()
        # sudo: res.users - who is told, whoever sets it off
        managers = users_of(self.env.ref("gpt_core.group_gpt_manager").sudo())
        return managers.filtered(lambda user: self in user.company_ids)

    def _gpt_daily_budgets(self):
        """Return the values of the limits that a company starts with."""
        common = {"company_id": self.id, "period": "day", "sequence": 100}
        return [
            common
            | {
                "name": self.env._("Safety limit per day: money"),
                "measure": "cost",
                "limit": MONEY_A_DAY,
                "description": self.env._(
                    "A small company does not reach it: with a small model it is some "
                    "8,000 answers a day, with a large one about a thousand. It is "
                    "there for the day on which somebody, or a mistake, asks without "
                    "end. At the limit visitors are handed over to people, and leads "
                    "and actions are not asked about until midnight (UTC). Raise it, "
                    "or delete it, as you like."
                ),
            },
            common
            | {
                "name": self.env._("Safety limit per day: tokens"),
                "measure": "tokens",
                "limit": TOKENS_A_DAY,
                "description": self.env._(
                    "The same for models that have no price in the catalogue, of which "
                    "nobody knows what they cost: some 3,000 answers a day."
                ),
            },
        ]
