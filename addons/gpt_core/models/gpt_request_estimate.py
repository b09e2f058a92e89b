# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a request will probably cost, before it is made."""

from odoo import api, models
from odoo.tools import SQL

from ..engine.provider.usage import Usage, estimated_tokens

# How many of the last answers tell what the next one will cost.
SAMPLE = 20


class GptRequestEstimate(models.AbstractModel):
    """Estimates what budgets reserve."""

    _name = "gpt.request.estimate"
    _description = "GPT Request Estimate"

    @api.model
    def _expected(self, spec, request, values, few_shot=None):
        """Return the ``cost`` and ``tokens`` that a request will probably take.

        They are the average of the chain's last answers; a chain that was never asked
        is thought to give the longest answers that it may.

        :param few_shot: the examples that it may show, the engine's ``FewShot``
        """
        query = SQL(
            """
            SELECT AVG(cost), AVG(total_tokens) FROM (
                SELECT cost, total_tokens FROM gpt_request
                 WHERE chain_version_id = %s AND state = 'done'
              ORDER BY id DESC LIMIT %s) last
            """,
            request.chain_version_id.id,
            SAMPLE,
        )
        request.flush_model(["chain_version_id", "state", "cost", "total_tokens"])
        self.env.cr.execute(query)
        cost, tokens = self.env.cr.fetchone()
        if cost is None:
            return self._longest(spec, values, few_shot)
        return {"cost": cost, "tokens": round(tokens)}

    @api.model
    def _longest(self, spec, values, few_shot=None):
        preparation = self.env["gpt.request.preparation"]
        texts = sum(estimated_tokens(str(value)) for value in values.values())
        cost = tokens = 0
        for step in spec.steps:
            if not step.asks_model:
                continue
            prompt = estimated_tokens(step.system_prompt + step.user_prompt)
            if few_shot and few_shot.step == step.name:
                prompt += few_shot.most_tokens()
            model = preparation._spec_model(spec, step)
            limit = model._longest_answer(preparation._max_tokens(spec, step))
            usage = Usage(input_tokens=prompt + texts, output_tokens=limit)
            cost += model._prices().cost(usage) if model else 0
            tokens += usage.input_tokens + usage.output_tokens
        return {"cost": cost, "tokens": tokens}
