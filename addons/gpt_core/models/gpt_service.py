# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import psycopg2

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..compat import returns_ids
from ..engine.chain.template import RESERVED_NAMES
from ..engine.text.storable import storable, storable_text
from ..utils.transaction import is_connection_lost


class GptService(models.AbstractModel):
    """The door to the models for other addons.

    Jobs go through ``gpt.consumer.mixin``; both use ``gpt.request.preparation``.
    """

    _name = "gpt.service"
    _description = "GPT Service"

    @returns_ids("gpt.request")
    @api.model
    def complete(self, chain, values=None, *, record=None, conversation=None):
        """Run a published chain now and return its ``gpt.request``.

        A call that fails is a request with ``state`` ``failed`` and an ``error_code``;
        it raises nothing. The caller's transaction stays open while the model works:
        what a visitor or a salesperson waits for belongs into a job.

        Example::

            request = env["gpt.service"].complete("summary", {"text": text})
            if request.state == "done":
                print(request.answer, request.cost)

        :param chain: a ``gpt.chain`` record, or its code
        :param values: the chain's declared inputs, by name
        :param record: the record that the request is about
        :param conversation: a ``gpt.conversation`` to add the request to
        :raises UserError: for an unknown or unpublished chain, or an undeclared input
        :raises AccessError: for users who are not employees
        """
        self._check_caller()
        version = self._published_version(chain)
        return self._complete(version, values, record, conversation)

    @returns_ids("gpt.request")
    @api.model
    def retrieve_and_complete(
        self,
        chain,
        query,
        values=None,
        *,
        k=None,
        record=None,
        conversation=None,
    ):
        """Run a chain with passages that answer ``query``; see :meth:`complete`.

        Prompts use them as ``{query}`` and ``{passages}``, which need not be declared.
        A prompt that does not is given them at its end.

        :param k: how many passages; ``None``: four
        """
        from ..engine.retrieval.passages import passages_block

        self._check_caller()
        version = self._published_version(chain)
        values = (values or {}) | {"query": query}
        found = self._retriever().retrieve(
            storable_text(str(query or "")),
            k or 4,
            self._collections(version),
            masker=self._masker_of_query(version, record, values),
        )
        values["passages"] = passages_block(found.passages)
        return self._complete(version, values, record, conversation, given=found)

    @api.model
    def retrieve(self, query, k=4, *, collections=None):
        """Return the ``k`` best passages for ``query`` that this user may read.

        Without an addon that knows documents there are none: it overrides
        :meth:`_retriever`.

        :param collections: ids or a recordset to look in; ``None``: all of them
        :return: dicts as :class:`~..engine.retrieval.passages.Passage` says
        """
        self._check_caller()
        if isinstance(collections, models.BaseModel):
            collections = collections.ids
        query = storable_text(str(query or ""))
        found = self._retriever().retrieve(query, k, collections)
        self._book_retrieval(found)
        return list(found.passages)

    @returns_ids("gpt.request")
    @api.model
    def delay_complete(
        self,
        chain,
        values=None,
        *,
        record=None,
        conversation=None,
        priority=None,
        eta=None,
        channel=None,
        identity_key=None,
        description=None,
        payload=None,
    ):
        """Do the same as :meth:`complete` in a job; return the pending ``gpt.request``.

        When it ends, ``record._gpt_apply(request)`` or ``record._gpt_failed(request)``
        is called, as superuser and in a transaction of its own; ``gpt.consumer.mixin``
        says more. Every other parameter is ``queue_job``'s.

        :param payload: what the record needs to know when the answer comes, as JSON
        :param channel: the job's channel, one of ours; ``None``: where nobody waits
        :param identity_key: a text; while a request of the same user about the same
            record, of the same chain and with the same key waits for its job, it is
            returned, and no other is made
        :raises UserError: for a channel that is none of ours, too
        """
        self._check_caller()
        queue = self.env["gpt.request.queue"]
        queue._check_channel(channel)
        version = self._published_version(chain)
        self._check_values(version._spec(), values or {})
        if identity_key:
            identity_key = queue._identity(version, record, conversation, identity_key)
            waiting = queue._waiting(identity_key)
            if waiting:
                return waiting.sudo(self.env.su)
        request = queue._delay(
            version,
            values or {},
            record=record,
            conversation=conversation,
            payload=payload,
            options={
                "priority": priority,
                "eta": eta,
                "channel": channel,
                "identity_key": identity_key,
                "description": description,
            },
        )
        return request.sudo(self.env.su)

    @api.model
    def _complete(self, version, values, record, conversation, given=None):
        """Run a version now; see :meth:`complete`.

        :param given: the ``Retrieval`` of which the value ``passages`` was made
        """
        self._check_values(version._spec(), values or {})
        request = self._earlier_answer(version, values, record, conversation)
        if not request:
            request = self._run_now(version, values, record, conversation, given)
        # The row was written on the user's behalf; they get it with their own rights.
        return request.sudo(self.env.su)

    @api.model
    def _retriever(self, read=None):
        """Return the :class:`~..engine.retrieval.retriever.Retriever` of this user.

        An addon that knows documents returns its own.

        :param read: calls a function with an environment of this user, and returns what
            it returns. A job's opens a cursor for that long only; ``None``: the
            function is called with this environment, in the caller's transaction
        """
        from ..engine.retrieval.retriever import NoRetriever

        return NoRetriever()

    @api.model
    def _book_retrieval(self, retrieval):
        """Book what a retrieval took that is part of no run.

        An addon whose retriever asks a model does it here.
        """

    @api.model
    def _masker_of_query(self, version, record, values):
        """Return the masker for what is looked up before there is a request."""
        # sudo: gpt.request - none at all: there are no placeholders yet
        nothing = self.env["gpt.request"].sudo()
        values = self._plain_values(values)
        return self.env["gpt.masking"]._masker(version._spec(), nothing, record, values)

    @api.model
    def _collections(self, chain):
        """Return the ids of the collections that a chain looks in, ``None`` for all."""
        return None

    @api.model
    def _run_now(self, version, values, record, conversation, given=None):
        preparation = self.env["gpt.request.preparation"]
        request, run = preparation._prepare(
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
        stored = answers._values(request)
        outcome = run.run()
        booking = request.env["gpt.request.booking"]
        try:
            answered = booking._outcome_values(request, outcome)
        except (psycopg2.OperationalError, psycopg2.InterfaceError) as error:
            if not is_connection_lost(error):
                raise
            answered = booking._values_of_new(outcome)
        # The row goes the way of the caller's transaction; what was paid for does not.
        answers._keep(stored, answered)
        booking._book(request, answered)
        self.env["gpt.model"]._learn(outcome.learned)
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
        request = self.env["gpt.request.preparation"]._write_row(
            version, record=record, conversation=conversation, fingerprint=fingerprint
        )
        request.env["gpt.request.booking"]._book(request, answered)
        return request

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
    def _default_temperature(self):
        return float(self._param("temperature") or 0.0)

    @api.model
    def _param(self, name):
        # sudo: ir.config_parameter - users run chains, administrators set defaults
        return self.env["ir.config_parameter"].sudo().get_param(f"gpt_core.{name}")

    @api.model
    def _check_caller(self):
        """Refuse visitors and portal users: these methods can be called remotely."""
        if not (self.env.su or self.env.user._is_internal()):
            raise AccessError(self.env._("Only employees may ask the model."))
