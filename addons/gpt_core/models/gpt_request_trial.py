# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Requests that only try a chain: marked, with every step's call kept."""

from odoo import api, fields, models


class GptRequest(models.Model):
    _inherit = "gpt.request"

    purpose = fields.Selection(
        selection=[
            ("live", "In use"),
            ("trial", "Manual test"),
            ("case", "Case of a chain"),
        ],
        default="live",
        required=True,
        index=True,
    )
    # The inputs as the prompts got them: masked. A case can be made of them.
    masked_values = fields.Json(
        groups="gpt_core.group_gpt_manager", copy=False, prefetch=False
    )
    # Calls and passages, one by one; kept of what was tried, masked like the prompt.
    trace = fields.Json(groups="gpt_core.group_gpt_manager", copy=False, prefetch=False)

    def _outcome_values(self, outcome):
        values = super()._outcome_values(outcome)
        values["masked_values"] = dict(outcome.inputs) or False
        if self.purpose != "live":
            values["trace"] = self._trace(outcome)
        return values

    def _trace(self, outcome):
        """Return what each call sent and got, and what was looked up, as JSON."""
        models_ = self.env["gpt.model"].browse(
            {call.model_id for call in outcome.recorder.calls if call.model_id}
        )
        catalogue = {model.id: model for model in models_.exists()}
        mask = outcome.masker.mask if outcome.masker else str
        return {
            "calls": [
                self._call_values(call, catalogue.get(call.model_id))
                for call in outcome.recorder.calls
            ],
            "passages": [
                {**passage, "text": mask(passage["text"])}
                for passage in outcome.passages
            ],
        }

    @api.model
    def _call_values(self, call, model):
        return {
            "step": call.step,
            "model": model.name if model else "",
            "messages": call.messages,
            "answer": call.answer,
            "input_tokens": call.usage.input_tokens,
            "output_tokens": call.usage.output_tokens,
            "cost": model._prices().cost(call.usage) if model else 0.0,
            "ms": round(call.seconds * 1000),
        }

    def _gpt_finish(self, env, request_id, retry_in):
        # Who tries a chain wants to see the error now, not to wait for better weather.
        if env["gpt.request"].browse(request_id).purpose == "trial":
            retry_in = None
        return super()._gpt_finish(env, request_id, retry_in)

    def _gpt_apply(self, request):
        # The record is only what is talked about: nothing of it is changed.
        return None if request.purpose == "trial" else super()._gpt_apply(request)

    def _gpt_failed(self, request):
        return None if request.purpose == "trial" else super()._gpt_failed(request)

    def _gpt_crashed(self, *args):
        result = super()._gpt_crashed(*args)
        # Whoever looks at the trial, or waits for the case, sees that it is over.
        if self.purpose != "live" and self.state in ("pending", "running"):
            self.write({"state": "failed", "error_code": "internal"})
            self._gpt_failed(self)
        return result

    def action_add_case(self):
        """Open a new case of the chain, with the values of this request."""
        self.ensure_one()
        self.check_access("read")
        self.env["gpt.chain.case"].check_access("create")
        # sudo: gpt.request - the values are masked, and the rule of the case decides
        # who may read them
        values = self.sudo().masked_values or {}
        return self.env["gpt.chain.case"]._open_new(self.chain_id, values, self)
