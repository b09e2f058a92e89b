# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..engine import chat

# How the columns of a session are called in the engine.
COLUMNS = {
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
# The method that carries out an effect: (effect, request) → nothing.
EFFECTS = {
    chat.AskModel: "_effect_ask",
    chat.PostAnswer: "_effect_post",
    chat.Say: "_effect_say",
    chat.CallPerson: "_effect_call_person",
    chat.TellColleagues: "_effect_tell_colleagues",
    chat.TakeContact: "_effect_take_contact",
    chat.CatchUp: "_effect_catch_up",
    chat.StopTyping: "_effect_stop_typing",
    chat.RestoreAssistant: "_effect_return",
    chat.CloseChat: "_effect_close_chat",
}


class GptLivechatSession(models.Model):
    """An assistant's part in one chat: who is to write in it, and what was answered.

    It is a row of its own, not of the chat's: answers are written here while visitors
    write there, and neither must make the other fail. What becomes of it is decided by
    ``engine.chat`` alone; here events are handed to it, and its effects carried out.
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
    answer_ids = fields.One2many("gpt.livechat.answer", "session_id")

    @api.depends("channel_id.name")
    def _compute_display_name(self):
        for session in self:
            # sudo: discuss.channel - the name of a chat, not what was said in it
            session.display_name = session.sudo().channel_id.name

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
            getattr(session, EFFECTS[type(effect)])(effect, request)
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
        values = {name: self[column] for column, name in COLUMNS.items()}
        # What a person wrote answers all that was before it.
        values["answered"] = max(values["answered"], self._last_message_of_person())
        return chat.ChatState(**values, contact=self.contact_state or "")

    def _store_state(self, before, after):
        values = {column: getattr(after, name) for column, name in COLUMNS.items()}
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

    def _in_visitor_lang(self):
        """Return the session in the language that the visitor is spoken to."""
        self.ensure_one()
        agents = self.env["gpt.agent"]
        lang = agents._visitor_lang(self.spoken, self.lang)
        return self.with_company(self.company_id).with_context(lang=lang)
