# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from odoo import api, fields, models

from odoo.addons.gpt_core.engine.conversation.transcript import (
    MAX_TURNS,
    Turn,
    transcript,
)
from odoo.addons.gpt_core.utils.transaction import (
    is_connection_lost,
    own_transaction,
)
from odoo.addons.gpt_core.utils.unique import add_unique_constraint
from odoo.addons.queue_job.exception import RetryableJobError

_logger = logging.getLogger(__name__)

CHAIN_CODE = "discuss_history"
# As many messages fall out before the summary is extended.
MIN_NEW = 10
# What one call reads, and how often a job calls.
BATCH = 250
MAX_CALL_CHARS = 18_000
MAX_LINE_CHARS = 600
MAX_CALLS = 12
MAX_SUMMARY_CHARS = 2_000


class GptDiscussHistory(models.Model):
    """The summary of those messages of a channel that a prompt has no room for.

    It is made when messages fall out, and extended by what falls out later.
    """

    _name = "gpt.discuss.history"
    _description = "Summary of a Channel's Earlier Messages"
    _inherit = ["gpt.consumer.mixin"]
    _rec_name = "membership_id"

    membership_id = fields.Many2one(
        "gpt.discuss.membership", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True)
    text = fields.Text(string="Summary")
    last_message_id = fields.Integer(help="The newest message that it sums up.")
    fingerprint = fields.Char(help="Of the messages that it sums up.")

    def init(self):
        add_unique_constraint(self, "membership_id")

    # What a prompt gets

    @api.model
    def _comments(self, membership):
        """Return the domain of what people and the assistant said in a channel."""
        comment = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment")
        return [
            ("model", "=", "discuss.channel"),
            ("res_id", "=", membership.channel_id.id),
            ("message_type", "=", "comment"),
            ("subtype_id", "=", comment),
        ]

    @api.model
    def _of(self, membership):
        """Return the summary of a channel if all it sums up is still as it was."""
        history = self.search([("membership_id", "=", membership.id)])
        last = history.last_message_id
        is_true = last and history.fingerprint == self._fingerprint(membership, last)
        return history if is_true else history.browse()

    @api.model
    def _fingerprint(self, membership, last_message_id):
        """Return a digest of the messages up to one, without reading them all."""
        domain = [*self._comments(membership), ("id", "<=", last_message_id)]
        messages = self.env["mail.message"].search(domain)
        messages.flush_model(["body"])
        self.env.cr.execute(
            """
            SELECT md5(string_agg(id || md5(COALESCE(body, '')), ',' ORDER BY id))
              FROM mail_message WHERE id = ANY(%s)
            """,
            [messages.ids],
        )
        return self.env.cr.fetchone()[0]

    @api.model
    def _turn(self, membership, message):
        bot = membership.agent_id.partner_id
        author = message.author_id.name or message.author_guest_id.name or "?"
        speaker = "Assistant" if message.author_id == bot else author
        return Turn(speaker, message._gpt_text())

    # Before a question is answered

    @api.model
    def _catch_up(self, question):
        """Sum up what has no room; the answer goes on without, if that fails."""
        reached = -1
        for _call in range(MAX_CALLS):
            try:
                behind = self._behind(question.id)
                # A call that failed is not made again.
                if not behind or behind[1] == reached:
                    return
                history_id, reached = behind
                self.browse(history_id)._gpt_run_job("_prepare_summary", question.id)
            except RetryableJobError:
                raise
            except Exception as error:
                if is_connection_lost(error):
                    raise
                _logger.exception("the history of a channel could not be summed up")
                return

    @own_transaction
    def _behind(self, question_id):
        """Return the id of a history that is to be extended, and how far it is."""
        question = self.env["gpt.discuss.question"].browse(question_id).exists()
        if not question or question.private_of_id or question.state != "waiting":
            return None
        membership = question.membership_id
        history = self.search([("membership_id", "=", membership.id)])
        if history.last_message_id and not self._of(membership):
            history.write({"text": False, "last_message_id": 0})
        if len(self._fallen_out(membership, question, history)) < MIN_NEW:
            return None
        if not self._is_ready(question.company_id):
            return None
        if not history:
            history = self.create(
                {"membership_id": membership.id, "company_id": question.company_id.id}
            )
        return history.id, history.last_message_id

    @api.model
    def _is_ready(self, company):
        """Tell whether there is a chain for it."""
        # sudo: gpt.chain - which chain there is, whoever asks
        chains = self.env["gpt.chain"].sudo()
        domain = [
            ("code", "=", CHAIN_CODE),
            ("published_version_id", "!=", False),
            ("company_id", "in", [False, company.id]),
        ]
        return bool(chains.search_count(domain, limit=1))

    @api.model
    def _fallen_out(self, membership, question, history):
        """Return the next messages that are neither summed up nor have room."""
        messages = self.env["mail.message"]
        domain = [*self._comments(membership), ("id", "<", question.message_id.id)]
        newest = messages.search(domain, order="id desc", limit=MAX_TURNS)
        if len(newest) < MAX_TURNS:
            return messages
        between = [
            *domain,
            ("id", "<", newest[-1].id),
            ("id", ">", history.last_message_id),
        ]
        return messages.search(between, order="id", limit=BATCH)

    # The consumer

    def _prepare_summary(self, question_id):
        question = self.env["gpt.discuss.question"].browse(question_id).exists()
        if not question:
            return None
        membership = self.membership_id
        lines, size, last = [], 0, 0
        for message in self._fallen_out(membership, question, self):
            line = transcript([self._turn(membership, message)])[:MAX_LINE_CHARS]
            size += len(line) + 1
            if lines and size > MAX_CALL_CHARS:
                break
            last = message.id
            if message._gpt_has_content():
                lines.append(line)
        if not last:
            return None
        return {
            "chain": CHAIN_CODE,
            "values": {"earlier": self.text or "", "messages": "\n".join(lines)},
            "conversation": self.env["gpt.discuss.answer.job"]._conversation(
                membership, question
            ),
            "payload": {
                "last_message_id": last,
                "fingerprint": self._fingerprint(membership, last),
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
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("state", "=", "done"),
                ("applied_at", "=", False),
            ],
            limit=1,
        )

    def _gpt_finish(self, request_id, retry_in):
        # The question waits for it, and rather goes on without.
        return super()._gpt_finish(request_id, None)

    def _gpt_apply(self, request):
        text = (request.answer or "").strip()[:MAX_SUMMARY_CHARS]
        if text and request.payload:
            self.write({"text": text, **request.payload})

    def _gpt_names(self):
        """Return the names to mask: of everybody in the channel."""
        members = self.membership_id.channel_id.channel_member_ids
        bots = self.env["gpt.agent"]._discuss_bots()
        people = members.partner_id.filtered(lambda partner: partner.id not in bots)
        people -= self.env["gpt.masking"]._ourselves()
        return [*people.mapped("name"), *members.guest_id.mapped("name")]
