# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager

from odoo import api, fields, models

from odoo.addons.gpt_core.utils.transaction import own_transaction

from ..compat import keep_note
from ..engine import chat

# How the columns of a session are called in the engine's chat state.
STATE_COLUMNS = {
    "state": "state",
    "epoch": "epoch",
    "answered_message_id": "answered",
    "dropped_answers": "dropped",
    "person_called": "called",
    "person_wanted": "wanted",
    "questions_asked": "questions",
    "late_message_id": "late",
    "late_epoch": "late_epoch",
    "person_calls": "calls",
}
# The service and its method that carry out an effect: (session, effect, request).
EFFECTS = {
    chat.PostAnswer: ("gpt.livechat.posting", "_post_answer"),
    chat.Say: ("gpt.livechat.posting", "_say"),
    chat.StopTyping: ("gpt.livechat.posting", "_stop_typing"),
    chat.CallPerson: ("gpt.livechat.handoff", "_call_person"),
    chat.TakeContact: ("gpt.livechat.handoff", "_take_contact"),
    chat.RestoreAssistant: ("gpt.livechat.handoff", "_restore_assistant"),
    chat.CloseChat: ("gpt.livechat.handoff", "_close_chat"),
    chat.TellColleagues: ("gpt.livechat.notice", "_tell_colleagues"),
    chat.CatchUp: ("gpt.livechat.answer.job", "_enqueue_catch_up"),
}
# What is personal, or may be. Who had the chat, and why, stays: it is nobody's.
PERSONAL = ("contact_email", "contact_phone", "visitor_key")


class GptLivechatSession(models.Model):
    """An assistant's part in one chat: who is to write in it, and what was answered.

    It is a row of its own, not of the chat's: answers are written here while visitors
    write there, and neither must make the other fail. What becomes of it is decided by
    ``engine.chat`` alone: :meth:`_handle_event` hands an event to it, and has the
    services of :data:`EFFECTS` carry out what is to be done.
    """

    _name = "gpt.livechat.session"
    _description = "GPT Live Chat Session"
    _inherit = ["gpt.consumer.mixin"]
    _order = "id desc"

    channel_id = fields.Many2one(
        "discuss.channel", string="Chat", required=True, ondelete="cascade", index=True
    )
    agent_id = fields.Many2one(
        "gpt.agent", string="Assistant", required=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True)
    lang = fields.Char(string="Language of the Website")
    spoken = fields.Char(
        string="Language Spoken", help="What the visitor writes in, as the model says."
    )
    state = fields.Selection(
        selection=[
            ("bot", "Assistant"),
            ("waiting", "Waiting for a person"),
            ("human", "Person"),
            ("closed", "Closed"),
        ],
        default="bot",
        required=True,
        index=True,
    )
    epoch = fields.Integer(
        help="Fencing token, raised whenever the chat is assigned to somebody else."
    )
    answered_message_id = fields.Integer(
        help="The visitor's last message that was answered."
    )
    dropped_answers = fields.Integer(
        help="Answers in a row that were outdated by a newer message."
    )
    person_called = fields.Boolean(
        help="A person was called into the chat and has not written yet."
    )
    person_wanted = fields.Boolean(help="A person was wanted, and none has come yet.")
    wanted_since = fields.Datetime(string="Waiting Since")
    assigned_since = fields.Datetime(
        default=fields.Datetime.now,
        required=True,
        help="When the chat was assigned to who has it now.",
    )
    promised_until = fields.Datetime(
        help="The visitor was asked for patience until then."
    )
    late_message_id = fields.Integer(
        help="A message of the visitor whose answer took too long."
    )
    late_epoch = fields.Integer(help="The epoch when it did.")
    person_calls = fields.Integer(
        help="People called in a row, none of whom has written."
    )
    silent_user_ids = fields.Many2many(
        "res.users",
        "gpt_livechat_session_silent_user_rel",
        string="Called in Vain",
        help="They did not answer, and are called again only if nobody else is there.",
    )
    questions_asked = fields.Integer(
        help="Questions in a row that the assistant asked instead of answering."
    )
    operator_id = fields.Many2one("res.users", string="Person")
    told_on = fields.Datetime(string="Colleagues Told On")
    handoff_reason = fields.Selection(
        selection=[
            ("asked", "The visitor asked for a person"),
            ("model", "The model decided"),
            ("confidence", "The model was not sure"),
            ("missing", "Data was missing"),
            ("no_source", "No document answered the question"),
            ("repeated", "The question was repeated"),
            ("limit", "Too many messages"),
            ("error", "The model gave no answer"),
            ("budget", "The budget was used up"),
            ("timeout", "The answer took too long"),
            ("person", "A person came of their own accord"),
        ],
        string="Reason",
    )
    contact_state = fields.Selection(
        selection=[
            ("asked", "Asked"),
            ("asked_again", "Asked again"),
            ("given", "Given"),
        ],
        string="Contact",
    )
    contact_email = fields.Char(string="E-mail Left")
    contact_phone = fields.Char(string="Telephone Left")
    first_answer_seconds = fields.Float(
        string="First Answer (seconds)", aggregator="avg"
    )
    visitor_key = fields.Char(
        index="btree_not_null", groups="base.group_system", copy=False
    )
    conversation_id = fields.Many2one("gpt.conversation", ondelete="set null")
    cost = fields.Float(related="conversation_id.cost")
    answer_ids = fields.One2many("gpt.livechat.posted.answer", "session_id")
    summary_id = fields.Many2one(
        "gpt.livechat.handoff.summary", string="Hand-Off Summary", copy=False
    )
    handoff_summary = fields.Text(related="summary_id.summary", related_sudo=False)
    handoff_facts = fields.Text(related="summary_id.facts", related_sudo=False)
    handoff_question = fields.Text(
        related="summary_id.open_question", related_sudo=False
    )
    handoff_reply = fields.Text(related="summary_id.reply", related_sudo=False)
    handoff_sources = fields.Text(related="summary_id.sources", related_sudo=False)
    transcript = fields.Text(compute="_compute_transcript")

    @api.depends("channel_id.name")
    def _compute_display_name(self):
        for session in self:
            # sudo: discuss.channel - the name of a chat, not what was said in it
            session.display_name = session.sudo().channel_id.name

    def _compute_transcript(self):
        history = self.env["gpt.livechat.history"]
        for session in self:
            # sudo: mail.message - whoever may read the session may read the chat
            session.transcript = history._transcript(session.sudo())

    def _handoff_reason_label(self):
        """Return why a person was called, in the language of the context."""
        labels = self._fields["handoff_reason"]._description_selection(self.env)
        return dict(labels).get(self.handoff_reason)

    # The state machine

    def _handle_event(self, event, request=None):
        """Hand an event to the machine and carry out its effects; return them.

        It is done in one transaction, in which nobody else can decide about this chat.

        :param request: the ``gpt.request`` whose answer the event is about
        """
        self.ensure_one()
        before = self._chat_state()
        if chat.transition(before, event) == (before, (chat.AskModel(),)):
            # Nothing is decided yet: the answer is judged when it comes.
            return (chat.AskModel(),)
        self._lock()
        before = self._chat_state()
        after, effects = chat.transition(before, event)
        self._store_state(before, after)
        session = self._in_visitor_lang()
        for effect in effects:
            if isinstance(effect, chat.AskModel):
                continue  # by the job, while no cursor is open
            service, method = EFFECTS[type(effect)]
            getattr(session.env[service], method)(session, effect, request)
        return effects

    def _lock(self):
        """Let one transaction at a time decide about this session."""
        self.flush_recordset()
        self.env.cr.execute(
            "SELECT id FROM gpt_livechat_session WHERE id = %s FOR NO KEY UPDATE",
            [self.id],
        )
        self.invalidate_recordset()

    def _chat_state(self):
        """Return the session as the engine sees it."""
        self.ensure_one()
        values = {name: self[column] for column, name in STATE_COLUMNS.items()}
        # What an employee wrote answers all that was before it.
        values["answered"] = max(values["answered"], self._last_message_of_employee())
        return chat.ChatState(**values, contact=self.contact_state or "")

    def _store_state(self, before, after):
        values = {name: getattr(after, key) for name, key in STATE_COLUMNS.items()}
        values["contact_state"] = after.contact or False
        changed = {
            column: value
            for column, value in values.items()
            if (self[column] or False) != (value or False)
        }
        if after.wanted and not before.wanted:
            changed["wanted_since"] = fields.Datetime.now()
        if after.epoch != before.epoch:
            changed["assigned_since"] = fields.Datetime.now()
        if changed:
            self.write(changed)
        if after.state == "closed" != before.state:
            self.env["gpt.livechat.example"]._on_closed(self)

    def write(self, vals):
        """Raise the epoch of chats whose state is set by hand, too."""
        if "state" not in vals or "epoch" in vals:
            return super().write(vals)
        for session in self:
            more = {"epoch": session.epoch}
            if session.state != vals["state"]:
                more = {
                    "epoch": session.epoch + 1,
                    "assigned_since": fields.Datetime.now(),
                }
            super(GptLivechatSession, session).write(vals | more)
        return True

    def _is_with_person(self):
        return self.state == "human" or (self.state == "waiting" and self.person_called)

    def _in_visitor_lang(self):
        """Return the session in the language that the visitor is spoken to."""
        self.ensure_one()
        agents = self.env["gpt.agent"]
        lang = agents._visitor_lang(self.spoken, self.lang)
        return self.with_company(self.company_id).with_context(lang=lang)

    @own_transaction
    def _in_own_transaction(self, service, method, *args):
        """Return what a method of a service gives for this session, if it is there."""
        session = self.exists()
        return session and getattr(self.env[service], method)(session, *args)

    # What was said

    def _bot_partners(self):
        return self.agent_id.partner_id | self.channel_id._gpt_odoobot()

    def _pending_messages(self):
        """Return the visitor's messages that nobody has answered yet."""
        answered = self._chat_state().answered
        written = self.channel_id._gpt_visitor_messages()
        return written.filtered(lambda m: m.id > answered)

    def _newest_message(self):
        """Return the id of the visitor's newest message; 0: there is none."""
        return self.channel_id._gpt_visitor_messages()[-1:].id or 0

    def _last_message_of_employee(self):
        """Return the id of the last message that an employee wrote; 0: none has."""
        channel = self.channel_id
        others = self._bot_partners() | channel._gpt_visitor_partner()
        written = channel._gpt_messages().filtered(
            lambda m: m.author_id and m.author_id not in others
        )
        people = {a for a in written.author_id if channel._gpt_is_employee(a)}
        return max(written.filtered(lambda m: m.author_id in people).ids, default=0)

    def _conversation(self):
        """Return the conversation that the requests of this chat are grouped in."""
        if not self.conversation_id:
            self.conversation_id = self.env["gpt.conversation"].create(
                {
                    "name": self.channel_id.name,
                    "company_id": self.company_id.id,
                    "user_id": False,
                    "partner_id": self.channel_id._gpt_visitor_partner().id,
                }
            )
        return self.conversation_id

    # Buttons, which operators press

    def action_take_over(self):
        """Take the chat over as the user who presses the button."""
        return self.env["gpt.livechat.handoff"]._take_over(self)

    def action_give_back(self):
        """Give the chat back to the assistant."""
        return self.env["gpt.livechat.handoff"]._give_back(self)

    # Jobs and the cron

    def _answer_job(self, message_id):
        """Answer the visitor's messages up to ``message_id``, unless a newer one came.

        Every message has its job, and the job of the last one answers all of a burst.
        """
        self.env["gpt.livechat.answer.job"]._run(self, message_id)

    def _catch_up_job(self):
        """Answer what was left while a person had the chat, if anything was."""
        self.env["gpt.livechat.answer.job"]._run_catch_up(self)

    def _propose_examples_job(self):
        """Propose what a person answered in this chat as examples."""
        for session in self.exists():
            self.env["gpt.livechat.example"]._propose_replies(session)

    @api.model
    def _cron_process_due(self):
        """Tell every chat what time it is, and whether somebody has come online."""
        self.env["gpt.livechat.clock"]._process_due()
        self.env["gpt.livechat.runner.watch"]._look()

    # A consumer of the model's answers: see gpt.consumer.mixin

    def _prepare_answer(self, message_id):
        return self.env["gpt.livechat.answer.job"]._prepare(self, message_id)

    @contextmanager
    def _gpt_while_asking(self, message_id):
        answering = self.env["gpt.livechat.answer.job"]
        with super()._gpt_while_asking(message_id):
            with answering._while_asking(self, message_id):
                yield

    def _gpt_hand_over(self, request, retry_in):
        """Tell the visitor at once when the next try comes too late."""
        wait = super()._gpt_hand_over(request, retry_in)
        session = self.exists()
        if wait and session:
            self.env["gpt.livechat.clock"]._tick(session, ahead=wait)
        return wait

    def _gpt_apply(self, request):
        self.env["gpt.livechat.answer.job"]._apply(self, request)

    def _gpt_failed(self, request):
        self.env["gpt.livechat.answer.job"]._fail(self, request)

    def _gpt_crashed(self, message_id):
        self.env["gpt.livechat.answer.job"]._crash(self, message_id)

    def _gpt_asker(self):
        opener = self.channel_id.create_uid
        return self.env.ref("base.public_user") if opener._is_public() else opener

    def _gpt_names(self):
        return self.env["gpt.livechat.history"]._names(self)

    def _forget(self):
        """Erase what is known of the visitors of these chats."""
        self.write(dict.fromkeys(PERSONAL, False))
        self.summary_id.unlink()
        for channel in self.channel_id:
            keep_note(channel, False)
