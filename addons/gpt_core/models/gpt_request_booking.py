# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How what came of a run gets into the ledger."""

import json

from odoo import api, models

from ..engine.provider.usage import Usage
from ..utils.transaction import own_transaction

# What is looked at when an outcome is added: not a third of the columns.
ADDED_TO = (
    "chain_id", "company_id", "conversation_id", "purpose", "cost", "duration_ms",
    "input_tokens", "cached_tokens", "output_tokens", "reasoning_tokens",
    "cache_write_tokens",
    "provider_calls", "unanswered_calls", "possible_cost", "price_cost",
    "is_estimated",
)  # fmt: skip
# What is kept of a passage: where it stands, never its text.
KEPT = ("document_id", "source", "page", "score")


class GptRequestBooking(models.AbstractModel):
    """Turns the outcome of a run into columns of its request, and writes them."""

    _name = "gpt.request.booking"
    _description = "GPT Request Booking"

    @own_transaction
    def _keep_outcome(self, request_id, outcome):
        """Keep how a run ended, before anybody uses its answer."""
        request = self.env["gpt.request"].browse(request_id)
        if request.state != "done":  # or else an earlier try of this was committed
            self._store(request, outcome)

    @own_transaction
    def _values_of_new(self, outcome):
        """Return what a row that nobody has seen yet will say of an outcome."""
        return self._outcome_values(self.env["gpt.request"].new(), outcome)

    @api.model
    def _store(self, request, outcome):
        """Keep how a run ended.

        :param outcome: an :class:`~..engine.chain.run.Outcome`
        """
        request.fetch(ADDED_TO)
        self.env["gpt.model"]._learn(outcome.learned)
        self._book(request, self._outcome_values(request, outcome))
        # Only budgets reserve, and what is left of one that went is tidied up.
        if self.env["gpt.budget"]._applicable(request.company_id, request.chain_id):
            self.env["gpt.reservation"]._release(request)

    @api.model
    def _book(self, request, values):
        """Write what :meth:`_outcome_values` returned."""
        request.ensure_one()
        request.write(values)
        if values.get("placeholders"):
            request.conversation_id._keep_placeholders(values["placeholders"])

    @api.model
    def _outcome_values(self, request, outcome):
        """Return the columns that say how a run ended, as JSON.

        An addon that keeps more of an outcome adds it here.
        """
        request.ensure_one()
        values = self._usage_values(request, outcome.recorder)
        values |= self._answering_values(request, outcome.recorder)
        values |= self._result_values(outcome)
        if outcome.masker:
            values["placeholders"] = outcome.masker.used_in(
                values["prompt"] or "",
                values.get("masked_answer") or "",
                json.dumps(values.get("masked_data"), ensure_ascii=False),
            )
        values["masked_values"] = dict(outcome.inputs) or False
        if request.purpose != "live":
            values["trace"] = self._trace(outcome)
        if outcome.recorder.examples:
            values["shown_examples"] = outcome.recorder.examples
        return values

    @api.model
    def _usage_values(self, request, recorder):
        usage = recorder.usage
        prices = self.env["gpt.model"]._prices_of(
            {call.model_id for call in recorder.calls if call.model_id}
        )
        cost = sum(
            prices[call.model_id].cost(call.usage)
            for call in recorder.calls
            if call.model_id in prices
        )
        possible = sum(
            prices[call.model_id].cost(call.unanswered_usage)
            for call in recorder.calls
            if call.model_id in prices
        )
        # Added up, as a request that is tried again was paid for before.
        usage += Usage(
            request.input_tokens,
            request.cached_tokens,
            request.output_tokens,
            request.reasoning_tokens,
            request.cache_write_tokens,
        )
        return {
            "prompt": recorder.prompt or request.prompt,
            "is_estimated": request.is_estimated or recorder.is_estimated,
            "input_tokens": usage.input_tokens,
            "cached_tokens": usage.cached_tokens,
            "output_tokens": usage.output_tokens,
            "reasoning_tokens": usage.reasoning_tokens,
            "cache_write_tokens": usage.cache_write_tokens,
            "provider_calls": request.provider_calls + recorder.tries.made,
            "unanswered_calls": request.unanswered_calls + recorder.tries.unanswered,
            "possible_cost": request.possible_cost + possible,
            "cost": request.cost + cost,
            "duration_ms": round(sum(call.seconds for call in recorder.calls) * 1000),
        }

    @api.model
    def _answering_values(self, request, recorder):
        """Return which model answered, and what it took in the currency of its prices.

        It may be another one than was to be asked: a fallback, or a budget's cheaper
        one. Where nothing was answered, the row stays as it is.
        """
        models_ = self.env["gpt.model"]
        answered = [call for call in recorder.calls if call.model_id and call.answer]
        facts = models_._facts(answered[-1].model_id) if answered else None
        if not facts:
            return {}
        last = answered[-1]
        known = [(call, models_._facts(call.model_id)) for call in answered]
        amount = sum(
            of_call.prices.cost(call.usage)
            for call, of_call in known
            if of_call and of_call.currency_id == facts.currency_id
        )
        return {
            "model_id": last.model_id,
            "answered_model": last.answered_by or False,
            "price_cost": request.price_cost + amount,
            "price_currency_id": facts.currency_id,
        }

    @api.model
    def _result_values(self, outcome):
        if outcome.error:
            return {
                "state": "failed",
                "error_code": outcome.error.code,
                "error_message": outcome.error.detail,
            }
        return {
            "state": "done",
            "pending_values": False,
            "masked_answer": outcome.result.text,
            "masked_data": outcome.result.data,
            "error_code": False,
            "error_message": False,
            "sources": self._sources(outcome) or False,
        }

    @api.model
    def _sources(self, outcome):
        """Return which passages were found, and which the answer rests on, as JSON."""
        return [
            {name: passage[name] for name in KEPT if passage.get(name) is not None}
            | ({"cited": True} if number in outcome.cited else {})
            for number, passage in enumerate(outcome.passages, 1)
        ]

    @api.model
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
