# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from dataclasses import dataclass, field

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..compat import returns_ids
from ..engine.errors import GptError

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class PreparedRun:
    """A run of a chain that needs no cursor any more.

    :param spec: the :class:`~..engine.spec.ChainSpec`, ``None`` with a ``problem``
    :param models: the :class:`~..engine.chain.StepModel` of each step, by its name
    :param problem: why it cannot run; it fails with this without asking anybody
    """

    spec: object = None
    models: dict = field(default_factory=dict)
    values: dict = field(default_factory=dict)
    problem: GptError | None = None

    @property
    def max_chars(self):
        return self.spec.max_chars if self.spec else 0

    def run(self):
        """Ask the model; return an :class:`~..engine.chain.Outcome`."""
        from ..engine.chain import Outcome, run_chain
        from ..engine.recorder import Recorder

        if self.problem:
            return Outcome(Recorder(), error=self.problem)
        outcome = run_chain(self.spec, self.models, self.values)
        if outcome.error and outcome.error.code == "internal":
            _logger.error(
                "chain %s failed", self.spec.code, exc_info=outcome.error.__cause__
            )
        return outcome


class GptService(models.AbstractModel):
    """The door to the models: everything that asks one goes through here."""

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
        self._checked_values(version._spec(), values or {})
        request, run = self._prepare(
            version, values, record=record, conversation=conversation
        )
        request._start(self.env.context.get("job_uuid", False))
        outcome = run.run()
        request._store(outcome, run.max_chars)
        # The row was written on the user's behalf; he gets it with his own rights.
        return request.sudo(self.env.su)

    @api.model
    def _prepare(
        self,
        chain,
        values=None,
        *,
        record=None,
        conversation=None,
        memo=None,
        request=None,
    ):
        """Write the ledger's row and return ``(request, PreparedRun)``.

        Nothing is sent yet. What cannot work, for want of a chain, a key or a model,
        is prepared all the same and fails with ``not_configured`` when it is run: who
        waits for the answer then gets what is due when there is none.

        :param memo: what the record needs to know when the answer comes, as JSON
        :param request: the row of an earlier try of the same action
        """
        row, run = self._prepare_run(chain, values or {})
        row |= {
            "company_id": self.env.company.id,
            "user_id": self.env.uid,
            "conversation_id": conversation.id if conversation else False,
            "res_model": record._name if record else False,
            "res_id": record.id if record else False,
            "memo": memo,
        }
        # sudo: gpt.request - the ledger is written for users who may only read it
        ledger = self.env["gpt.request"].sudo()
        if request:
            request.write(row)
        else:
            request = ledger.create(row)
        return request, run

    @api.model
    def _prepare_run(self, chain, values):
        try:
            version = self._published_version(chain)
            spec = version._spec()
            values = self._checked_values(spec, values)
        except UserError as error:
            return {}, PreparedRun(problem=GptError("not_configured", str(error)))
        row = {
            "chain_version_id": version.id,
            "model_id": self._spec_model(spec, spec.steps[-1]).id,
        }
        try:
            return row, PreparedRun(spec, self._step_models(spec), values)
        except GptError as error:
            return row, PreparedRun(spec, problem=error)

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
    def _checked_values(self, spec, values):
        declared = {declared.name for declared in spec.inputs}
        unknown = sorted(set(values) - declared)
        if unknown:
            raise UserError(
                self.env._(
                    "The chain %(code)s has no input %(unknown)s. It has: %(known)s.",
                    code=spec.code,
                    unknown=", ".join(unknown),
                    known=", ".join(sorted(declared)) or "-",
                )
            )
        return {name: self._plain(value) for name, value in values.items()}

    @api.model
    def _plain(self, value):
        if isinstance(value, models.BaseModel):
            return ", ".join(value.mapped("display_name"))
        return value

    @api.model
    def _step_models(self, spec):
        """Return the :class:`~..engine.chain.StepModel` of each step, by its name."""
        from ..engine.chain import StepModel

        result = {}
        for step in spec.steps:
            model = self._spec_model(spec, step)
            if not model:
                raise GptError("not_configured")
            temperature = step.temperature
            if temperature is None:
                temperature = spec.temperature
            if temperature is None:
                temperature = self._default_temperature()
            result[step.name] = StepModel(
                model.provider_id._get_chat_model(
                    model.name,
                    temperature=temperature if model.supports_temperature else None,
                    max_tokens=self._max_tokens(spec, step),
                ),
                model.id,
            )
        return result

    @api.model
    def _spec_model(self, spec, step):
        # sudo: gpt.model - whichever model the chain names, whoever runs it
        model = (
            self.env["gpt.model"].sudo().browse(step.model_id or spec.model_id).exists()
        )
        return model or self.env["gpt.model"]._get_default()

    @api.model
    def _max_tokens(self, spec, step):
        return (
            step.max_tokens or spec.max_tokens or int(self._param("max_tokens") or 0)
        )

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
