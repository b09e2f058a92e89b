# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Turns a chain and its values into a row of the ledger and a run of the engine."""

from functools import partial

import psycopg2

from odoo import SUPERUSER_ID, api, models, tools
from odoo.exceptions import UserError

from ..engine.chain.template import RESERVED_NAMES
from ..engine.errors import GptError
from ..engine.text.storable import storable, storable_text
from ..utils.prepared_run import PreparedRun
from ..utils.transaction import is_connection_lost

# Messages whose authors' names are masked: as many as any consumer reads.
AUTHORS = 50


class GptService(models.AbstractModel):
    _inherit = "gpt.service"

    @api.model
    def _run_now(self, version, values, record, conversation, given=None):
        request, run = self._prepare(
            version,
            values,
            record=record,
            conversation=conversation,
            job_uuid=self.env.context.get("job_uuid", False),
            retriever=self._retriever(),
            given=given,
        )
        # sudo: gpt.stored.answer - written for users who may not even read it
        answers = self.env["gpt.stored.answer"].sudo()
        values = answers._values(request)
        outcome = run.run()
        booking = request.env["gpt.request.booking"]
        try:
            answered = booking._outcome_values(request, outcome)
        except (psycopg2.OperationalError, psycopg2.InterfaceError) as error:
            if not is_connection_lost(error):
                raise
            answered = booking._values_of_new(outcome)
        # The row goes the way of the caller's transaction; what was paid for does not.
        answers._keep(values, answered)
        booking._book(request, answered)
        return request

    @api.model
    def _earlier_answer(self, version, values, record, conversation):
        """Return what an earlier try of the same was answered, if it was paid for.

        A transaction that is undone and tried again, or a job that is run again, does
        not pay again.
        """
        ledger = self.env["gpt.request"].sudo()
        fingerprint = ledger._fingerprint(values or {}, record, version)
        job_uuid = self.env.context.get("job_uuid")
        if job_uuid:
            booked = ledger.search(
                [
                    ("job_uuid", "=", job_uuid),
                    ("state", "=", "done"),
                    ("fingerprint", "=", fingerprint),
                ],
                limit=1,
            )
            if booked:
                return booked
        # sudo: gpt.stored.answer - of an earlier try of the same user's
        answered = self.env["gpt.stored.answer"].sudo()._take(fingerprint)
        if not answered:
            return ledger
        request = self._write_row(
            version, record=record, conversation=conversation, fingerprint=fingerprint
        )
        request.env["gpt.request.booking"]._book(request, answered)
        return request

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
        """
        values = self._plain_values(values or {})
        try:
            version = self._published_version(chain)
            spec = version._spec()
            self._check_values(spec, values)
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
        )
        if problem:
            return row, PreparedRun(given=given, problem=problem)
        try:
            estimate = self.env["gpt.request.estimate"]
            expected = partial(estimate._expected, spec, row, values)
            # sudo: gpt.budget - it holds for users who cannot read it
            instead = self.env["gpt.budget"].sudo()._admit(row, expected)
            step_models = self._step_models(spec, instead)
        except GptError as error:
            return row, PreparedRun(spec, given=given, problem=error)
        masker = self._masker(spec, row, record, values)
        if cite:
            from ..engine.retrieval.grounding import citing

            spec = citing(spec)
        return row, PreparedRun(spec, step_models, values, masker, retriever, given)

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
        values |= {
            "company_id": self.env.company.id,
            "user_id": self.env.uid,
            "conversation_id": conversation.id if conversation else False,
            "partner_id": self._partner_of(record, conversation).id,
            "res_model": record._name if record else False,
            "res_id": record.id if record else False,
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
    def _published_version(self, chain):
        """Return the version to run of a chain, a chain's code, or a version."""
        if isinstance(chain, models.BaseModel) and chain._name == "gpt.chain.version":
            return chain
        # sudo: gpt.chain - users run chains that only their administrators can read
        chains = self.env["gpt.chain"].sudo()
        if isinstance(chain, str):
            found = chains.search(
                [
                    ("code", "=", chain),
                    ("company_id", "in", [False, self.env.company.id]),
                ]
            )
            if not found:
                raise UserError(self.env._("There is no chain %(code)s.", code=chain))
        else:
            found = chain.sudo().ensure_one()
        if not found.active:
            raise UserError(
                self.env._("The chain %(name)s is archived.", name=found.name)
            )
        if not found.published_version_id:
            raise UserError(
                self.env._(
                    "The chain %(name)s was never published. Open it and press "
                    "Publish.",
                    name=found.name,
                )
            )
        return found.published_version_id

    @api.model
    def _check_values(self, spec, values):
        declared = {declared.name for declared in spec.inputs}
        unknown = sorted(set(values) - declared - set(RESERVED_NAMES))
        if unknown:
            raise UserError(
                self.env._(
                    "The chain %(code)s has no input %(unknown)s. It has: %(known)s.",
                    code=spec.code,
                    unknown=", ".join(unknown),
                    known=", ".join(sorted(declared)) or "-",
                )
            )

    @api.model
    def _plain_values(self, values):
        """Return values as JSON: records by their names, the rest as text."""

        def plain(value):
            if isinstance(value, models.BaseModel):
                return ", ".join(value.mapped("display_name"))
            if isinstance(value, str | int | float | list | dict) or value is None:
                return storable(value)
            return storable_text(str(value))

        return {name: plain(value) for name, value in values.items()}

    @api.model
    def _step_models(self, spec, instead):
        """Return the :class:`~..engine.chain.run.StepModel` of each step, by its name.

        :param instead: a model to ask instead of the chain's own, if any
        """
        from ..engine.chain.run import StepModel

        def build(step, model, fallback=None):
            temperature = step.temperature
            if temperature is None:
                temperature = spec.temperature
            if temperature is None:
                temperature = self._default_temperature()
            chat = model._get_chat_model(
                temperature=temperature, max_tokens=self._max_tokens(spec, step)
            )
            return StepModel(chat, model.id, fallback)

        result = {}
        # sudo: gpt.model - whichever models the chain names, whoever runs it
        catalogue = self.env["gpt.model"].sudo()
        fallback = catalogue._known(spec.fallback_model_id)
        for step in spec.steps:
            if step.kind == "retrieve":
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
        return step.max_tokens or spec.max_tokens or int(self._param("max_tokens") or 0)

    @api.model
    def _masker(self, spec, request, record, values=None):
        """Return the masker of the request's conversation, ``None`` if it is off.

        :param values: what will be sent; names beside addresses, and in the headers of
            mails, are masked wherever else they stand in it
        """
        if not spec.mask_pii:
            return None
        from ..engine.privacy.mail_names import mail_names
        from ..engine.privacy.masking import Masker

        known = request.conversation_id.placeholders or request.placeholders or {}
        names = [value for key, value in known.items() if key.startswith("NAME_")]
        names += self._names_to_mask(record)
        for text in (values or {}).values():
            names += mail_names(text) if isinstance(text, str) else []
        return Masker(known, names)

    @api.model
    def _names_to_mask(self, record):
        """Return the names of the people whom ``record`` is about.

        A record that knows more of them has a method ``_gpt_names``.
        """
        if not record:
            return []
        # sudo: the record - names are masked, whether or not the user may read them
        record = record.sudo()
        contacts, users = self._people_fields(record._name)
        users = self.env["res.users"].sudo().union(*(record[name] for name in users))
        users -= users.browse(SUPERUSER_ID)
        # One field of a user is not worth reading all of them.
        users.fetch(["partner_id"])
        people = users.partner_id.union(*(record[name] for name in contacts))
        if record._name == "res.partner":
            people |= record
        addresses = self._address_fields(record._name)
        # These few, not whatever else the record has.
        record.fetch(addresses)
        written = [record[name] or "" for name in addresses]
        if "message_ids" in record._fields:
            # sudo: mail.message - as the record
            messages = self._latest_messages(record)
            people |= messages.author_id
            written += messages.mapped("email_from")
        people -= self._ourselves()
        people.fetch(["name", "commercial_partner_id"])
        people |= people.commercial_partner_id - self._ourselves()
        people.fetch(["name"])
        own = record._gpt_names() if hasattr(record, "_gpt_names") else []
        return [*own, *people.mapped("name"), *_names_beside_addresses(written)]

    @api.model
    def _latest_messages(self, record):
        """Return what people wrote last about a record: their names stand in it."""
        messages = self.env["mail.message"].sudo()
        domain = [
            ("model", "=", record._name),
            ("res_id", "=", record.id),
            ("message_type", "in", ["email", "comment", "email_outgoing"]),
        ]
        found = messages.search_fetch(
            domain, ["author_id", "email_from"], limit=AUTHORS, order="id desc"
        )
        return found

    @api.model
    @tools.ormcache("model_name")
    def _people_fields(self, model_name):
        """Return the names of a model's fields that lead to contacts, and to users."""
        links = [
            field
            for field in self.env[model_name]._fields.values()
            if field.type in ("many2one", "many2many") and field.store
        ]
        return tuple(
            tuple(field.name for field in links if field.comodel_name == comodel)
            for comodel in ("res.partner", "res.users")
        )

    @api.model
    @tools.ormcache("model_name")
    def _address_fields(self, model_name):
        """Return the names of a model's fields that hold addresses, or may."""
        return tuple(
            field.name
            for field in self.env[model_name]._fields.values()
            if field.type == "char" and field.store and "email" in field.name
        )

    @api.model
    def _ourselves(self):
        """Return the contacts that stand for Odoo and for the company: no secret."""
        # sudo: res.company - its contact, for whoever asks
        company = self.env.company.sudo()
        root_id = self.env["ir.model.data"]._xmlid_to_res_id("base.partner_root")
        return company.partner_id | company.partner_id.browse(root_id)

    @api.model
    def _default_temperature(self):
        return float(self._param("temperature") or 0.0)

    @api.model
    def _param(self, name):
        # sudo: ir.config_parameter - users run chains, administrators set defaults
        return self.env["ir.config_parameter"].sudo().get_param(f"gpt_core.{name}")


def _names_beside_addresses(texts):
    """Return the names in texts such as ``María López <maria@example.com>``."""
    from ..engine.privacy.mail_names import mail_names

    return [name for text in filter(None, texts) for name in mail_names(text)]
