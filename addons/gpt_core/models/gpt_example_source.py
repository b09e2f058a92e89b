# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where examples are proposed from: what people made of the answers."""

import json

from odoo import api, models
from odoo.exceptions import UserError

from ..utils.enqueue import delayed
from ..utils.mask_example import masked_text
from ..utils.transaction import best_effort, clean_superuser


class GptExampleSource(models.AbstractModel):
    """Proposes examples of answers that people rated, corrected, or gave themselves.

    An addon enqueues a job with :meth:`_enqueue` when a person did something of the
    kind; the job makes the values and hands them to :meth:`_propose`.
    """

    _name = "gpt.example.source"
    _description = "Source of GPT Examples"

    @api.model
    def _enqueue(self, records, method, seconds=None):
        """Enqueue a job for each record that looks what people made of an answer.

        Whoever did it waits for nothing but this, and no fault of ours undoes it. A
        record has one job at a time: what is done meanwhile, the same job sees.

        :param method: of the records; it has no arguments
        :param seconds: to wait, for people to change their minds
        """
        for record in clean_superuser(records):
            with best_effort(self.env, "A proposal of an example"):
                job = delayed(
                    record,
                    eta=seconds,
                    identity_key=f"gpt-example-{record._name}-{record.id}",
                    description=self.env._("Propose examples"),
                )
                getattr(job, method)()

    @api.model
    def _is_wanted(self, chain):
        """Tell whether examples of a chain are to be proposed."""
        # sudo: gpt.chain - its setting, whoever rates or corrects an answer
        chain = chain.sudo()
        return bool(chain.active and chain.proposes_examples)

    @api.model
    def _question(self, request):
        """Return what the user's half of the answering prompt was, masked.

        It is empty where the ledger does not know it any more.
        """
        from ..engine.chain.recorder import asked_in

        version = request.chain_version_id
        if not version or not request.prompt:
            return ""
        return asked_in(request.prompt, version._spec().answering_step.name)

    @api.model
    def _answer(self, request):
        """Return what the model answered, masked: a text, or fields as JSON."""
        if request.masked_data:
            return json.dumps(request.masked_data, ensure_ascii=False)
        return request.masked_answer or ""

    @api.model
    def _values(self, request, source, **values):
        """Return the values of an example about a request, ``None`` if it cannot be.

        Everything is masked, also what a person wrote, and where the chain masks
        nothing.

        :param source: what made it an example; a key of ``gpt.example.source``
        :param values: further ones; of a preference, ``preferred`` and ``rejected``
        """
        question = self._question(request)
        if not question:
            return None
        masker = self._masker(request)
        turns = [("user", question)]
        if values.get("kind") != "preference":  # that has its two answers apart
            turns.append(("assistant", self._answer(request)))
        for name in ("preferred", "rejected"):
            if values.get(name):
                values[name] = masked_text(masker, values[name])
        return {
            "kind": "structured" if request.masked_data else "chat",
            "messages": [
                {"role": role, "content": masked_text(masker, text)}
                for role, text in turns
            ],
            "chain_id": request.chain_id.id,
            "company_id": request.company_id.id,
            "request_id": request.id,
            "conversation_id": request.conversation_id.id,
            "partner_id": request.partner_id.id,
            "res_model": request.res_model,
            "res_id": request.res_id,
            "source": source,
            **values,
        }

    @api.model
    def _masker(self, request):
        """Return a masker that gives what a request masked the same placeholders."""
        from ..engine.privacy.masking import Masker

        # sudo: gpt.request - what its placeholders stand for is masked, not shown
        known = request.sudo().placeholders or {}
        names = [value for key, value in known.items() if key.startswith("NAME_")]
        record = request.sudo()._record()
        names += self.env["gpt.masking"]._names_to_mask(record) if record else []
        return Masker(known, names)

    @api.model
    def _propose(self, request, values):
        """Propose an example about a request, or bring its proposal up to date.

        What a person decided about stays as it is.

        :param values: as :meth:`_values` gives them
        """
        # sudo: gpt.example - proposed for people who may not read them
        examples = self.env["gpt.example"].sudo()
        known = examples.search(
            [("request_id", "=", request.id), ("source", "=", values["source"])],
            limit=1,
        )
        if not known:
            return examples._propose([values])
        if known.state == "proposed":
            known.write(values)
        return known

    @api.model
    def _propose_chosen(self, requests):
        """Propose the answers that a manager chose in the ledger; show them."""
        examples = self.env["gpt.example"]
        examples.check_access("create")
        for request in requests.filtered(lambda r: r.state == "done" and r.chain_id):
            values = self._values(request, "ledger")
            if values:
                examples |= self._propose(request, values).sudo(False)
        if not examples:
            raise UserError(
                self.env._(
                    "No example can be made of these requests: they have no answer, or "
                    "their texts are not kept any more."
                )
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Proposed Examples"),
            "res_model": examples._name,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", examples.ids)],
        }

    @api.model
    def _withdraw(self, request, source):
        """Take a proposal back that nobody has decided about."""
        # sudo: gpt.example - as when it was proposed
        self.env["gpt.example"].sudo().search(
            [
                ("request_id", "=", request.id),
                ("source", "=", source),
                ("state", "=", "proposed"),
            ]
        ).unlink()
