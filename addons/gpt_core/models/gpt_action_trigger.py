# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""When a server action asks, when it does not, and who is told."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.errors import GptError
from ..utils.action_chain import MAX_ACTIONS, ActionChain
from ..utils.enqueue import delayed
from ..utils.transaction import best_effort, clean_superuser

# About one record, an action asks no more than this within an hour.
MAX_RECORD_HOUR = 12
# Of the same problem the managers are told once in so long.
REPORT_EVERY = timedelta(days=1)


class GptActionTrigger(models.AbstractModel):
    """Has the server actions of the kind "GPT Chain" ask, as often as they may."""

    _name = "gpt.action.trigger"
    _description = "GPT Action Trigger"

    @api.model
    def _ask_safely(self, action, record):
        """Ask about ``record``; report what is wrong instead of raising it."""
        with best_effort(self.env, f"GPT action {action.id}") as attempt:
            return self._ask(action, record)
        with best_effort(self.env, f"Report of GPT action {action.id}"):
            self._report(action, record, attempt.error)
        return "failed"

    @api.model
    def _ask(self, action, record):
        """Enqueue a request about ``record``, if it says anything new.

        Whatever else happens to the record in this transaction is part of the same
        request. What was answered already is not asked again.

        :return: ``asked``, ``unchanged``, or ``own`` for what its own answer changed
        :raises UserError: for an action that cannot run
        :raises GptError: when a limit is reached
        """
        chain = ActionChain.of(record.env)
        if chain.action_ids[-1:] == (action.id,):
            return "own"
        service = self.env["gpt.service"]
        values = action._gpt_values(record)
        version = service._published_version(action.sudo().gpt_chain_id)
        service._check_values(version._spec(), values)
        # sudo: gpt.request - requests of all users, whoever sets it off now
        ledger = clean_superuser(self.env["gpt.request"])
        plain = service._plain_values(values)
        fingerprint = ledger._fingerprint(plain, record, version)
        last = ledger.search(
            [*self._about(action, record), ("state", "!=", "failed")], limit=1
        )
        if last.fingerprint == fingerprint:
            return "unchanged"
        if last.state == "pending" and last.create_date == self.env.cr.now():
            last.write({"pending_values": plain, "fingerprint": fingerprint})
            return "asked"
        self._check_limits(action, ledger, record, chain)
        self.env["gpt.request.queue"]._delay(
            version,
            values,
            record=record,
            action_id=action.id,
            fingerprint=fingerprint,
            payload={"actions": chain.action_ids, "sudo": record.env.su},
            options={"description": action.name},
        )
        return "asked"

    @api.model
    def _about(self, action, record):
        """Return the domain of an action's requests about ``record``."""
        return [
            ("action_id", "=", action.id),
            ("res_model", "=", record._name),
            ("res_id", "=", record.id),
        ]

    @api.model
    def _check_limits(self, action, ledger, record, chain):
        if not chain.admits(action.id):
            raise GptError(
                "loop",
                self.env._(
                    "%(action)s was set off by answers of: %(others)s. At most "
                    "%(most)s actions may follow one another, and none itself.",
                    action=action.name,
                    others=", ".join(
                        action.sudo().browse(chain.action_ids).exists().mapped("name")
                    ),
                    most=MAX_ACTIONS,
                ),
            )
        since = fields.Datetime.now() - timedelta(hours=1)
        recent = [("action_id", "=", action.id), ("create_date", ">=", since)]
        limit = action.sudo().gpt_max_hour
        if limit and ledger.search_count(recent, limit=limit) >= limit:
            raise GptError(
                "budget",
                self.env._(
                    "%(action)s has made its %(limit)s requests of this hour.",
                    action=action.name,
                    limit=limit,
                ),
            )
        about = [*recent, *self._about(action, record)]
        if ledger.search_count(about, limit=MAX_RECORD_HOUR) >= MAX_RECORD_HOUR:
            raise GptError(
                "loop",
                self.env._(
                    "%(action)s asked %(count)s times about one record within an hour.",
                    action=action.name,
                    count=MAX_RECORD_HOUR,
                ),
            )

    # What is wrong, and who is told

    @api.model
    def _error_text(self, error):
        if isinstance(error, GptError):
            return error.detail
        if isinstance(error, UserError):
            return str(error)
        return f"{type(error).__name__}: {error}"

    @api.model
    def _report(self, action, record, error, code=None):
        """Leave a line in the ledger and tell the managers, once a day.

        :param code: of the error table, where ``error`` has none
        """
        if not code:
            code = error.code if isinstance(error, GptError) else "not_configured"
        # sudo: gpt.request - the ledger is written for users who may only read it
        ledger = self.env["gpt.request"].sudo()
        known = [
            ("action_id", "=", action.id),
            ("error_code", "=", code),
            ("attempts", "=", 0),
            ("create_date", ">=", fields.Datetime.now() - REPORT_EVERY),
        ]
        if ledger.search_count(known, limit=1):
            return
        request = self.env["gpt.request.preparation"]._write_row(
            None,
            record=record,
            action_id=action.id,
            chain_version_id=action.sudo().gpt_chain_id.published_version_id.id,
            state="failed",
            attempts=0,
            error_code=code,
            error_message=self._error_text(error),
        )
        delayed(
            clean_superuser(self),
            description=self.env._("Tell that a GPT action does not work"),
        )._tell_managers(action.id, request.id)

    @api.model
    def _tell_managers(self, action_id, request_id):
        """Tell the GPT managers of a company what is wrong with an action; a job."""
        request = self.env["gpt.request"].browse(request_id).exists()
        action = self.env["ir.actions.server"].browse(action_id).exists()
        if not request or not action:
            return
        managers = request.company_id._gpt_managers()
        action.gpt_chain_id.message_notify(
            partner_ids=managers.partner_id.ids,
            subject=self.env._("%(action)s does not work", action=action.name),
            body=self.env._(
                "The action %(action)s asked nothing about a record, whose own changes "
                "were saved: %(reason)s %(details)s",
                action=action.name,
                reason=request.env["gpt.request.error"]._label(request.error_code),
                details=request.error_message or "",
            ),
        )
