# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.tools import html2plaintext

from odoo.addons.gpt_core.transaction import clean_superuser, in_own_transaction

from ..compat import POST_CONTEXT, is_open
from ..engine.transcript import Turn, transcript

# A visitor who never stops writing is answered all the same after so many drafts.
MAX_DROPPED_DRAFTS = 2


class GptLivechatSession(models.Model):
    """An assistant's part in one chat: whose turn it is, and what was answered.

    It is a row of its own, not of the chat's: answers are written here while visitors
    write there, and neither must make the other fail.

    ``fence`` is raised by every change of ``state``. A job carries the value it began
    with, and what it brings is dropped when the value is another by then.
    """

    _name = "gpt.livechat.session"
    _description = "GPT Live Chat Session"
    _inherit = ["gpt.consumer.mixin"]
    _order = "id desc"

    channel_id = fields.Many2one(
        "discuss.channel", string="Chat", required=True, ondelete="cascade", index=True
    )
    agent_id = fields.Many2one("gpt.agent", required=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True)
    lang = fields.Char(string="Visitor's Language")
    state = fields.Selection(
        selection=[
            ("bot", "Assistant"),
            ("waiting", "Waiting for a person"),
            ("human", "Person"),
            ("closed", "Closed"),
        ],
        default="bot",
        required=True,
    )
    fence = fields.Integer(help="Raised whenever it becomes another one's turn.")
    answered_message_id = fields.Integer(
        help="The visitor's last message that was answered."
    )
    dropped_drafts = fields.Integer(
        help="Answers in a row that were outrun by a newer message."
    )
    conversation_id = fields.Many2one("gpt.conversation", ondelete="set null")
    cost = fields.Float(related="conversation_id.cost")

    @api.depends("channel_id.name")
    def _compute_display_name(self):
        for session in self:
            session.display_name = session.channel_id.name

    def write(self, vals):
        if "state" not in vals:
            return super().write(vals)
        for session in self:
            raised = session.fence + (session.state != vals["state"])
            super(GptLivechatSession, session).write({**vals, "fence": raised})
        return True

    # What happens in the chat

    def _on_message(self, message):
        """React to a message that is being posted in the chat; called as superuser."""
        for session in self:
            if session._is_from_visitor(message):
                if session.state == "bot" and is_open(session.channel_id):
                    session._enqueue_answer(message)
            elif session.state != "human" and session._is_from_operator(message):
                session.state = "human"

    def _enqueue_answer(self, message):
        session = clean_superuser(self)
        session.with_delay(
            eta=session.agent_id.debounce_seconds,
            identity_key=f"gpt-livechat-answer-{message.id}",
            description=self.env._("Answer in the chat %s", self.channel_id.name),
        )._answer_job(message.id)

    @api.model
    def _is_comment(self, message):
        comment = self.env.ref("mail.mt_comment")
        return message.message_type == "comment" and message.subtype_id == comment

    def _is_from_visitor(self, message):
        """Tell whether the visitor of this chat wrote ``message`` by hand.

        It is a list of who may be answered, not of who may not: whatever else writes
        here, now or in an addon to come, is never answered, so there are no loops.
        """
        self.ensure_one()
        if not self._is_comment(message):
            return False
        if message.author_guest_id:
            return (
                message.author_guest_id in self.channel_id.channel_member_ids.guest_id
            )
        return bool(message.author_id) and message.author_id == self._visitor_partner()

    def _visitor_partner(self):
        """Return the partner of a visitor who is signed in, empty for a guest."""
        opener = self.channel_id.create_uid
        return opener.partner_id if not opener._is_public() else opener.partner_id[:0]

    def _is_from_operator(self, message):
        users = message.author_id.user_ids
        return (
            self._is_comment(message)
            and any(user._is_internal() for user in users)
            and message.author_id
            not in (self._visitor_partner() | self._bot_partners())
        )

    def _bot_partners(self):
        root = self.env.ref("base.partner_root")
        return self.agent_id.partner_id | root

    # The job that answers

    def _answer_job(self, message_id):
        """Answer the visitor's messages up to ``message_id``, unless a newer one came.

        Every message has its job, and the job of the last one answers all of a burst.
        """
        # Committed on its own: preparing takes a second in a worker that never asked
        # a model before, and the visitor should not wait for a sign of life.
        in_own_transaction(self.env, self._show_typing, message_id)
        self._gpt_run_job("_prepare_answer", message_id)

    def _show_typing(self, env, message_id):
        session = self.with_env(env).exists()
        if session and session._is_wanted(message_id):
            session._set_typing(True)

    def _prepare_answer(self, message_id):
        """Return what to ask for; ``None`` when it is not this job's turn."""
        self.ensure_one()
        session = self.with_company(self.company_id).with_context(lang=self.lang)
        if not session._is_wanted(message_id) or session._newer_message(message_id):
            return None
        if not session.conversation_id:
            session.conversation_id = self.env["gpt.conversation"].create(
                {
                    "name": session.channel_id.name,
                    "company_id": session.company_id.id,
                    "user_id": False,
                    "partner_id": session._visitor_partner().id,
                }
            )
        return {
            "chain": session.agent_id.chain_id,
            "values": session._chain_values(),
            "conversation": session.conversation_id,
            "memo": {"message_id": message_id, "fence": session.fence},
        }

    def _chain_values(self):
        """Return the values of the chain's inputs; other addons add theirs.

        An administrator's own chain may declare fewer of them.
        """
        messages = self.channel_id.message_ids.sorted("id")
        pending = messages.filtered(
            lambda m: m.id > self.answered_message_id and self._is_from_visitor(m)
        )
        earlier = messages.filtered(lambda m: m not in pending and self._is_comment(m))
        agent = self.agent_id
        values = {
            "question": "\n".join(html2plaintext(m.body) for m in pending),
            "conversation": transcript([self._turn(m) for m in earlier]),
            "facts": agent.knowledge,
            "agent": agent.name,
            "company": self.company_id.name,
        }
        declared = agent.sudo().chain_id.published_version_id.snapshot or {}
        names = {item["name"] for item in declared.get("inputs", [])}
        return {name: value for name, value in values.items() if name in names}

    def _turn(self, message):
        if self._is_from_visitor(message):
            speaker = "Visitor"
        elif message.author_id == self.agent_id.partner_id:
            speaker = "Assistant"
        else:
            speaker = "Employee"
        return Turn(speaker, html2plaintext(message.body))

    def _is_wanted(self, message_id):
        self.ensure_one()
        return (
            self.state == "bot"
            and self.answered_message_id < message_id
            and is_open(self.channel_id)
        )

    def _newer_message(self, message_id):
        newer = self.channel_id.message_ids.filtered(lambda m: m.id > message_id)
        return newer.filtered(self._is_from_visitor)[:1]

    def _gpt_asker(self):
        opener = self.channel_id.create_uid
        return self.env.ref("base.public_user") if opener._is_public() else opener

    def _gpt_names(self):
        people = self.channel_id.channel_member_ids.partner_id - self._bot_partners()
        return people.mapped("name")

    # What comes of it

    def _gpt_apply(self, request):
        self._reply(request.memo, request.answer)

    def _gpt_failed(self, request):
        session = self.with_context(lang=self.lang)
        session._reply(request.memo, session.agent_id.failure_message)

    def _gpt_crashed(self, message_id):
        session = self.with_context(lang=self.lang)
        memo = {"message_id": message_id, "fence": session.fence}
        session._reply(memo, session.agent_id.failure_message)

    def _reply(self, memo, text):
        """Post ``text`` if it is the assistant's turn, and no newer message came."""
        self._lock()
        message_id, fence = memo["message_id"], memo["fence"]
        if fence != self.fence or not self._is_wanted(message_id):
            self._set_typing(False)
            return
        if self._newer_message(message_id) and self.dropped_drafts < MAX_DROPPED_DRAFTS:
            # The newer message has its own job, which answers this one as well.
            self.dropped_drafts += 1
            return
        self.write({"answered_message_id": message_id, "dropped_drafts": 0})
        self._post(text)
        self._set_typing(False)

    def _lock(self):
        """Let one transaction at a time decide about this session."""
        self.env.cr.execute(
            "SELECT id FROM gpt_livechat_session WHERE id = %s FOR NO KEY UPDATE",
            [self.id],
        )
        self.invalidate_recordset()

    def _post(self, text):
        # What a model wrote is text, whatever it looks like.
        body = Markup("<br/>").join(escape(line) for line in text.splitlines())
        return self.channel_id.with_context(**POST_CONTEXT).message_post(
            author_id=self.agent_id.partner_id.id,
            body=Markup("<p>%s</p>") % body,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def _set_typing(self, is_typing):
        bot = self.agent_id.partner_id
        self.channel_id.channel_member_ids.filtered(
            lambda member: member.partner_id == bot
        )._notify_typing(is_typing)
