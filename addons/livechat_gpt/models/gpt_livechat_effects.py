# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a session does when the engine says so."""

from markupsafe import Markup, escape

from odoo import fields, models

from odoo.addons.gpt_core.utils.enqueue import delayed
from odoo.addons.gpt_core.utils.transaction import clean_superuser

from ..compat import POST_CONTEXT, close, is_open
from ..engine.reply_text import pieces

# A post that saw a person in charge, and enqueued no job, is committed by then.
CATCH_UP_SECONDS = 3


class GptLivechatSession(models.Model):
    # One subject per file.
    _inherit = "gpt.livechat.session"  # pylint: disable=consider-merging-classes-inherited

    def _effect_ask(self, _effect, _request):
        """Leave it to the job that fed the event: it asks while no cursor is open."""

    def _effect_post(self, _effect, request):
        # One question at a time: none is added to an answer that asks something.
        asks = (request.data or {}).get("action") == "ask"
        question = "" if asks else self._question_to_add()
        text = self._reply_of(request, room_for=question)
        self._note_first_answer()
        message = self._post(f"{text}\n{question}".strip())
        self.env["gpt.livechat.answer"].create(self._answer_values(request, message))
        self._set_typing(False)

    def _effect_say(self, effect, _request):
        if is_open(self.channel_id):
            self._note_first_answer()
            question = self._question_to_add() if effect.text == "thanks" else ""
            self._post(f"{self.agent_id._text(effect.text)}\n{question}".strip())
        self._set_typing(False)

    def _question_to_add(self):
        """Return what to ask the visitor beside an answer; other addons know what."""
        return ""

    def _effect_catch_up(self, _effect, _request):
        delayed(
            clean_superuser(self),
            eta=self.agent_id.debounce_seconds + CATCH_UP_SECONDS,
            identity_key=f"gpt-livechat-catch-up-{self.id}-{self.epoch}",
            description=self.env._("Look for unanswered messages"),
        )._catch_up_job()

    def _effect_stop_typing(self, _effect, _request):
        self._set_typing(False)

    def _effect_return(self, _effect, _request):
        self._restore_assistant()

    def _effect_close_chat(self, _effect, _request):
        close(self.channel_id)

    def _note_first_answer(self):
        """Keep how long the visitor waited for the first word."""
        if self.first_answer_seconds:
            return
        first = self._visitor_messages()[:1]
        if first:
            waited = fields.Datetime.now() - first.create_date
            # Never 0, which means that nothing was said yet.
            self.first_answer_seconds = max(waited.total_seconds(), 0.001)

    def _post(self, text):
        # What a model wrote is text, whatever it looks like.
        hosts = self.agent_id._hosts()
        body = Markup("<br/>").join(
            self._line_html(line, hosts) for line in text.splitlines()
        )
        return self.channel_id.with_context(**POST_CONTEXT).message_post(
            author_id=self.agent_id.partner_id.id,
            body=Markup("<p>%s</p>") % body,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def _line_html(self, line, hosts):
        link = Markup('<a href="%s" target="_blank" rel="noreferrer noopener">%s</a>')
        return Markup("").join(
            link % (piece.url, piece.text) if piece.url else escape(piece.text)
            for piece in pieces(line, hosts)
        )

    def _set_typing(self, is_typing):
        bot = self.agent_id.partner_id
        self.channel_id.channel_member_ids.filtered(
            lambda member: member.partner_id == bot
        )._notify_typing(is_typing)
