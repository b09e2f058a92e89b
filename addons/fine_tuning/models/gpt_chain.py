# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.gpt_core.engine.digest import digest
from odoo.addons.gpt_evaluation.engine.expectations import likely

# So many answers are recorded at once, out of the newest so many requests.
MOST_GOLDEN, LOOKED_AT = 30, 500
# Days before the end from which a chain is shown in red.
URGENT = 30


class GptChain(models.Model):
    """A chain whose model retires: how long it has, and what to record in time."""

    _inherit = "gpt.chain"

    retiring_model_id = fields.Many2one(
        "gpt.model", string="Model That Retires", compute="_compute_retirement"
    )
    retires_on = fields.Date(
        string="Switched Off On",
        compute="_compute_retirement",
        search="_search_retires_on",
    )
    retires_in = fields.Integer(string="Days Left", compute="_compute_retirement")
    golden_count = fields.Integer(
        string="Golden Answers", compute="_compute_golden_count"
    )

    def _retiring_models(self):
        """Return the chain's models that will be switched off, the next one first."""
        self.ensure_one()
        # sudo: gpt.model - until when they answer, whoever reads the chain
        chain = self.sudo()
        asked = chain._draft_models() | chain.published_version_id._asked_models()
        if chain._uses_default_model():
            asked |= chain.env["gpt.model"]._get_default(
                chain.company_id or self.env.company
            )
        return asked.filtered("retires_on").sorted("retires_on")

    @api.depends(
        "model_id", "fallback_model_id", "step_ids.model_id", "published_version_id"
    )
    def _compute_retirement(self):
        today = fields.Date.context_today(self)
        for chain in self:
            model = chain._retiring_models()[:1]
            chain.retiring_model_id = model.sudo(self.env.su)
            chain.retires_on = model.retires_on
            days = (model.retires_on - today).days if model else 0
            chain.retires_in = days

    def _search_retires_on(self, operator, value):
        """Find chains by whether a model of theirs retires at all."""
        if operator not in ("=", "!=") or value:
            raise UserError(
                self.env._("Search for chains whose model retires, or not.")
            )
        chains = self.search([("active", "=", True)]).filtered("retires_on")
        return [("id", "in" if operator == "!=" else "not in", chains.ids)]

    @api.depends("case_ids")
    def _compute_golden_count(self):
        for chain in self:
            golden = chain.case_ids.filtered("golden_answer")
            chain.golden_count = len(golden)

    def action_record_golden(self):
        """Keep answers of the ledger as cases, while the model still answers."""
        self.ensure_one()
        self.check_access("write")
        self.env["gpt.chain.case"].check_access("create")
        model = self._retiring_models()[:1]
        if not model:
            raise UserError(
                self.env._(
                    "No model of this chain has a day on which it is switched off."
                )
            )
        made = self._golden_cases(model)
        if not made:
            raise UserError(
                self.env._(
                    "The ledger has no further answers of %(model)s to this chain. Ask "
                    "the chain something with Try, or add cases on its tab Cases.",
                    model=model.name,
                )
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": "gpt.chain.case",
            "domain": [("id", "in", made.ids)],
            "views": [(False, "list"), (False, "form")],
            "name": self.env._("Golden Answers"),
        }

    def _golden_cases(self, model):
        """Return new cases out of the answers that a model gave to this chain."""
        # sudo: gpt.request - masked texts, for managers of the chain
        requests = (
            self.env["gpt.request"]
            .sudo()
            .search(
                [
                    ("chain_id", "=", self.id),
                    ("model_id", "=", model.id),
                    ("state", "=", "done"),
                    ("masked_values", "!=", False),
                    ("company_id", "in", self.env.companies.ids),
                ],
                limit=LOOKED_AT,
            )
        )
        known = set(self.case_ids.mapped("golden_digest"))
        declared = set(self.input_ids.mapped("name"))
        values_list = []
        for request in requests:
            asked = request.masked_values or {}
            found = digest(asked)
            answer = request.masked_answer or ""
            if found in known or not answer or not set(asked) <= declared:
                continue
            known.add(found)
            values_list.append(self._golden_values(request, asked, found))
            if len(values_list) == MOST_GOLDEN:
                break
        return self.env["gpt.chain.case"].create(values_list)

    def _golden_values(self, request, asked, found):
        outputs = self.step_ids.output_ids
        types = {output.name: output.ttype for output in outputs}
        data = {
            name: value
            for name, value in (request.masked_data or {}).items()
            if name in types
        }
        first = next((str(value) for value in asked.values() if value), "")
        return {
            "name": " ".join(first.split())[:60] or f"#{request.id}",
            "chain_id": self.id,
            "golden_answer": request.masked_answer,
            "golden_model": request.model_id.name,
            "golden_digest": found,
            "value_ids": [
                Command.create({"input_name": name, "value": str(value or "")})
                for name, value in asked.items()
            ],
            "expectation_ids": [
                Command.create(
                    {"kind": line.kind, "output_name": line.output, "value": line.value}
                )
                for line in likely(data, types)
            ],
        }

    def action_compare_replacements(self):
        """Open a comparison of models that may take over."""
        self.ensure_one()
        self.check_access("write")
        model = self._retiring_models()[:1]
        if not model:
            raise UserError(
                self.env._(
                    "No model of this chain has a day on which it is switched off."
                )
            )
        return self.env["gpt.replacement"]._open_for(self, model)
