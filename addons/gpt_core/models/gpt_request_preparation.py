# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Turns a chain and its values into a row of the ledger and a run of the engine."""

from functools import partial

from odoo import api, models
from odoo.exceptions import UserError

from ..engine.errors import GptError
from ..engine.text.storable import storable
from ..utils.prepared_run import PreparedRun


class GptRequestPreparation(models.AbstractModel):
    """Prepares requests: what is asked, of which models, within which budgets."""

    _name = "gpt.request.preparation"
    _description = "GPT Request Preparation"

    @api.model
    def _prepare(
        self,
        chain,
        values=None,
        *,
        record=None,
        conversation=None,
        payload=None,
        request=None,
        job_uuid=False,
        retriever=None,
        given=None,
        cite=False,
        outputs=None,
        columns=None,
    ):
        """Write the ledger's row and return ``(request, PreparedRun)``.

        Nothing is sent yet, but the row says that the model is being asked. What cannot
        work, for want of a chain, a key or a model, is prepared all the same and fails
        with ``not_configured`` when it is run: who waits for the answer then gets what
        is due when there is none.

        :param payload: what the record needs to know when the answer comes, as JSON
        :param request: the row of an earlier try of the same action
        :param job_uuid: of the job that asks, if one does
        :param retriever: the engine's :class:`~..engine.retrieval.retriever.Retriever`
        :param given: the ``Retrieval`` of which the value ``passages`` was made
        :param cite: the answer is to name the passages that it rests on
        :param outputs: names of the outputs to ask for, of a chain of one step;
            ``None``: all
        :param columns: further values of the row, of the addon that asks
        """
        service = self.env["gpt.service"]
        values = service._plain_values(values or {})
        try:
            version = service._published_version(chain)
            spec = version._spec()
            spec = spec.only(outputs) if outputs else spec
            service._check_values(spec, values)
        except UserError as error:
            problem = GptError("not_configured", str(error))
            version = spec = None
        else:
            problem = None
        row = self._write_row(
            version,
            record=record,
            conversation=conversation,
            payload=payload,
            request=request,
            fingerprint=self.env["gpt.request"]._fingerprint(values, record, version),
            state="running",
            attempts=request.attempts + 1 if request else 1,
            job_uuid=job_uuid or (request.job_uuid if request else False),
            **(columns or {}),
        )
        if problem:
            return row, PreparedRun(given=given, problem=problem)
        few_shot = self.env["gpt.example.selection"]._few_shot(
            version._chain_id(), spec, record, conversation, row.purpose == "case"
        )
        try:
            estimate = self.env["gpt.request.estimate"]
            expected = partial(estimate._expected, spec, row, values, few_shot)
            # sudo: gpt.budget - it holds for users who cannot read it
            instead = self.env["gpt.budget"].sudo()._admit(row, expected)
            step_models = self._step_models(spec, instead)
            if instead:
                row.model_id = instead
        except GptError as error:
            return row, PreparedRun(spec, given=given, problem=error)
        masker = self.env["gpt.masking"]._masker(spec, row, record, values)
        if cite:
            from ..engine.retrieval.cited_passages import citing

            spec = citing(spec)
        return row, PreparedRun(
            spec, step_models, values, masker, retriever, given, few_shot
        )

    @api.model
    def _write_row(
        self, version, *, record=None, conversation=None, request=None, **values
    ):
        """Create the row of an action, or bring that of an earlier try up to date."""
        # sudo: gpt.request - the ledger is written for users who may only read it
        ledger = self.env["gpt.request"].sudo()
        if version:
            spec = version._spec()
            values |= {
                "chain_version_id": version.id,
                "model_id": self._spec_model(spec, spec.steps[-1]).id,
                "max_chars": spec.max_chars,
            }
        if request:
            request.write(values)
            return request
        if values.get("payload"):
            values["payload"] = storable(values["payload"])
        values = {
            "company_id": self.env.company.id,
            "user_id": self.env.uid,
            "conversation_id": conversation.id if conversation else False,
            "partner_id": self._partner_of(record, conversation).id,
            "res_model": record._name if record else False,
            "res_id": record.id if record else False,
            **values,
        }
        return ledger.create(values)

    @api.model
    def _partner_of(self, record, conversation):
        """Return the contact whom a request is about, empty if there is none."""
        if conversation and conversation.partner_id:
            return conversation.partner_id
        if record and record._name == "res.partner":
            return record
        field = record._fields.get("partner_id") if record else None
        if field and field.comodel_name == "res.partner":
            # sudo: the record - its contact is noted, whoever asks
            return record.sudo().partner_id[:1]
        return self.env["res.partner"]

    @api.model
    def _step_models(self, spec, instead):
        """Return each step's :class:`~..engine.chain.asking.StepModel`, by its name.

        :param instead: a model to ask instead of the chain's own, if any
        """
        from ..engine.chain.asking import StepModel

        # What a step finds out, the next one knows.
        learned = {}

        def build(step, model, fallback=None):
            temperature = step.temperature
            if temperature is None:
                temperature = spec.temperature
            if temperature is None:
                temperature = self.env["gpt.service"]._default_temperature()
            chat = model._get_chat_model(
                temperature=temperature, max_tokens=self._max_tokens(spec, step)
            )
            return StepModel(chat, model.id, fallback, model._capabilities(), learned)

        result = {}
        # sudo: gpt.model - whichever models the chain names, whoever runs it
        catalogue = self.env["gpt.model"].sudo()
        fallback = catalogue._known(spec.fallback_model_id)
        for step in spec.steps:
            if not step.asks_model:
                continue
            model = instead or self._spec_model(spec, step)
            if not model:
                raise GptError("not_configured")
            second = build(step, fallback) if fallback and fallback != model else None
            result[step.name] = build(step, model, second)
        return result

    @api.model
    def _spec_model(self, spec, step):
        # sudo: gpt.model - whichever model the chain names, whoever runs it
        catalogue = self.env["gpt.model"].sudo()
        model = catalogue._known(step.model_id or spec.model_id)
        return model or catalogue._get_default()

    @api.model
    def _max_tokens(self, spec, step):
        default = self.env["gpt.service"]._param("max_tokens")
        return step.max_tokens or spec.max_tokens or int(default or 0)
