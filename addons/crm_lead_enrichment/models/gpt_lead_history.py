# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from odoo import api, fields, models

from odoo.addons.gpt_core.utils.transaction import (
    is_connection_lost,
    own_transaction,
)
from odoo.addons.gpt_core.utils.unique import add_unique_constraint
from odoo.addons.queue_job.exception import RetryableJobError

from ..engine.sources import MAX_SUMMARY_CHARS, Source, sources_block

_logger = logging.getLogger(__name__)

CHAIN_CODE = "lead_history"
# Less than this is not worth a call: it is only said that it is left out.
MIN_NEW_CHARS = 1_500
# What one call reads, and how often a run calls.
MAX_CALL_CHARS = 14_000
MAX_CALLS = 8
# How many messages are read to fill one call.
BATCH = 150


class GptLeadHistory(models.Model):
    """The summary of those messages of a long lead that a prompt has no room for.

    It is made when something falls out, and extended by what falls out later. It is
    never evidence: the model wrote it.
    """

    _name = "gpt.lead.history"
    _description = "Summary of a Lead's Earlier Messages"
    _inherit = ["gpt.consumer.mixin"]
    _rec_name = "lead_id"

    lead_id = fields.Many2one("crm.lead", required=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True)
    text = fields.Text(string="Summary")
    last_message_id = fields.Integer(help="The newest message that it sums up.")
    message_count = fields.Integer(string="Messages")
    fingerprint = fields.Char(help="Of the messages that it sums up.")

    def init(self):
        add_unique_constraint(self, "lead_id")

    # For the reader of leads

    @api.model
    def _source(self, lead, between):
        """Return what a prompt says in the place of messages it has no room for.

        :param between: these messages
        """
        # sudo: gpt.lead.history - read for the company, not for whoever happens to ask
        history = self.sudo().search([("lead_id", "=", lead.id)])._if_true(lead)
        last = history.last_message_id
        more = len(between.filtered(lambda message: message.id > last))
        left_out = lead.env._("%s messages are left out here.", more)
        if not history.text:
            label = lead.env._("Between the first and the newest messages")
            return Source("summary", label, left_out, is_evidence=False)
        label = lead.env._("Summary of %s earlier messages", history.message_count)
        text = f"{history.text}\n{left_out}" if more else history.text
        return Source("summary", label, text, is_evidence=False)

    def _if_true(self, lead):
        """Return this summary if all it sums up is still there, as it was."""
        is_true = self and self.fingerprint == self._fingerprint(
            lead, self.last_message_id
        )
        return self if is_true else self.browse()

    @api.model
    def _fingerprint(self, lead, last_message_id):
        """Return a digest of the messages up to one, without reading them all."""
        domain = lead.env["gpt.lead.reader"]._messages_domain(lead, last_message_id)
        # sudo: mail.message - a digest of what the reader of leads reads
        messages = lead.env["mail.message"].sudo().search(domain)
        messages.flush_model(["body"])
        self.env.cr.execute(
            """
            SELECT md5(string_agg(id || md5(COALESCE(body, '')), ',' ORDER BY id))
              FROM mail_message WHERE id = ANY(%s)
            """,
            [messages.ids],
        )
        return self.env.cr.fetchone()[0]

    # Before a run asks

    @api.model
    def _catch_up(self, run):
        """Sum up what a run has no room for; the run goes on without, if that fails."""
        reached = -1
        for _call in range(MAX_CALLS):
            try:
                behind = self._behind(run.id)
                # A call that failed is not made again.
                if not behind or behind[1] == reached:
                    return
                history_id, reached = behind
                # Within the job of the run, which is alone already.
                self.browse(history_id)._gpt_run_phases("_prepare_summary", ())
            except RetryableJobError:
                raise
            except Exception as error:
                if is_connection_lost(error):
                    raise
                _logger.exception("the history of a lead could not be summed up")
                return

    @own_transaction
    def _behind(self, run_id):
        """Return the id of a history that is to be extended, and how far it is."""
        run = self.env["gpt.lead.run"].browse(run_id).exists()
        if not run or not self._is_ready(run):
            return None
        lead = run.lead_id.with_company(run.company_id)._gpt_localized()
        between = lead.env["gpt.lead.reader"]._between(lead)
        if not between:
            return None
        history = self.search([("lead_id", "=", lead.id)])
        if history and not history._if_true(lead):
            history.write({"text": False, "last_message_id": 0, "message_count": 0})
        _messages, texts = history._next(lead, between)
        if len(texts) < MIN_NEW_CHARS:
            return None
        if not history:
            values = {"lead_id": lead.id, "company_id": run.company_id.id}
            history = self.create(values)
        return history.id, history.last_message_id

    @api.model
    def _is_ready(self, run):
        """Tell whether there is a chain for it."""
        # sudo: gpt.chain - which chain there is, whoever asks
        chains = self.env["gpt.chain"].sudo()
        domain = [
            ("code", "=", CHAIN_CODE),
            ("published_version_id", "!=", False),
            ("company_id", "in", [False, run.company_id.id]),
        ]
        return bool(chains.search_count(domain, limit=1))

    def _next(self, lead, between):
        """Return the next messages to sum up, and what they say."""
        after = self.last_message_id
        fresh = between.filtered(lambda message: message.id > after)[:BATCH]
        sources = lead.env["gpt.lead.correspondence"]._sources(lead, fresh)
        chosen, size = [], 0
        for source in sources:
            size += len(source.rendered()) + 2
            if chosen and size > MAX_CALL_CHARS:
                break
            chosen.append(source)
        if len(chosen) < len(sources):
            last = chosen[-1].reference
            fresh = fresh.filtered(lambda message: message.id <= last)
        said = [source for source in chosen if source.text]
        return fresh, sources_block(said)[:MAX_CALL_CHARS]

    # The consumer

    def _prepare_summary(self):
        lead = self.lead_id.with_company(self.company_id)._gpt_localized()
        between = lead.env["gpt.lead.reader"]._between(lead)
        messages, texts = self._next(lead, between)
        if not messages or not texts:
            return None
        last = messages[-1].id
        read = between.filtered(lambda message: message.id <= last)
        return {
            "chain": CHAIN_CODE,
            "values": {
                "earlier": self.text or "",
                "messages": texts,
                "language": lead.env["gpt.lead.reader"]._language_name(lead),
            },
            "record": lead,
            "payload": {
                "last_message_id": last,
                "message_count": len(read),
                "fingerprint": self._fingerprint(lead, last),
            },
        }

    def _gpt_earlier_request(self, job_uuid):
        """Return a paid answer that an earlier run of the job could not use any more.

        One job makes several calls: those that were used are none of it.
        """
        return self.env["gpt.request"].search(
            [
                ("job_uuid", "=", job_uuid or ""),
                ("job_uuid", "!=", False),
                ("res_model", "=", "crm.lead"),
                ("res_id", "=", self.lead_id.id),
                ("chain_id.code", "=", CHAIN_CODE),
                ("state", "=", "done"),
                ("applied_at", "=", False),
            ],
            limit=1,
        )

    def _gpt_finish(self, request_id, retry_in):
        # The run waits for it, and rather goes on without.
        return super()._gpt_finish(request_id, None)

    def _gpt_apply(self, request):
        text = (request.answer or "").strip()[:MAX_SUMMARY_CHARS]
        if text and request.payload:
            self.write({"text": text, **request.payload})
