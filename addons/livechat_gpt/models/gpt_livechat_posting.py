# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup, escape

from odoo import api, fields, models

from odoo.addons.gpt_core.engine.conversation.reply_text import pieces, reply_text
from odoo.addons.gpt_core.engine.text.numbers import as_share

from ..compat import POST_CONTEXT, is_open

# No answer is longer, whatever a chain allows.
MAX_REPLY_CHARS = 900


class GptLivechatPosting(models.AbstractModel):
    """Posting of what the assistant says: the model's answers, and its own texts."""

    _name = "gpt.livechat.posting"
    _description = "GPT Live Chat: Posting of Replies"

    def _post_answer(self, session, _effect, request):
        """Post the model's answer."""
        # One question at a time: none is added to an answer that asks something.
        asks = (request.data or {}).get("action") == "ask"
        question = "" if asks else self._question_to_add(session)
        text = self._answer_text(session, request, room_for=question)
        self._note_first_answer(session)
        message = self._post(session, f"{text}\n{question}".strip())
        values = self._answer_values(session, request, message)
        self.env["gpt.livechat.posted.answer"].create(values)
        self._set_typing(session, False)

    def _say(self, session, effect, _request):
        """Post one of the assistant's own texts."""
        if is_open(session.channel_id):
            self._note_first_answer(session)
            thanks = effect.text == "thanks"
            question = self._question_to_add(session) if thanks else ""
            text = session.env["gpt.livechat.fixed.text"]._text(
                session.agent_id, effect.text
            )
            self._post(session, f"{text}\n{question}".strip())
        self._set_typing(session, False)

    def _stop_typing(self, session, _effect, _request):
        self._set_typing(session, False)

    def _question_to_add(self, session):
        """Return what to ask the visitor beside an answer; other addons know what."""
        return ""

    def _note_first_answer(self, session):
        """Keep how long the visitor waited for the first word."""
        if session.first_answer_seconds:
            return
        first = session.channel_id._gpt_visitor_messages()[:1]
        if first:
            waited = fields.Datetime.now() - first.create_date
            # Never 0, which means that nothing was said yet.
            session.first_answer_seconds = max(waited.total_seconds(), 0.001)

    def _post(self, session, text):
        # What a model wrote is text, whatever it looks like.
        hosts = session.agent_id._hosts()
        body = Markup("<br/>").join(
            self._line_html(line, hosts) for line in text.splitlines()
        )
        return session.channel_id.with_context(**POST_CONTEXT).message_post(
            author_id=session.agent_id.partner_id.id,
            body=Markup("<p>%s</p>") % body,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    @api.model
    def _line_html(self, line, hosts):
        link = Markup('<a href="%s" target="_blank" rel="noreferrer noopener">%s</a>')
        return Markup("").join(
            link % (piece.url, piece.text) if piece.url else escape(piece.text)
            for piece in pieces(line, hosts)
        )

    def _set_typing(self, session, is_typing):
        bot = session.agent_id.partner_id
        session.channel_id.channel_member_ids.filtered(
            lambda member: member.partner_id == bot
        )._notify_typing(is_typing)

    # The text of an answer

    def _answer_text(self, session, request, room_for=""):
        """Return the text to post of an answer: cut, with safe links and sources.

        :param room_for: what will be added to it
        """
        limit = min(request.max_chars or MAX_REPLY_CHARS, MAX_REPLY_CHARS)
        data = request.data
        return reply_text(
            str(data["answer"]) if data else request.answer or "",
            limit - (len(room_for) + 1 if room_for else 0),
            hosts=session.agent_id._hosts(),
            sources={
                number: self._source_name(source)
                for number, source in request._cited_sources().items()
            },
            heading=session.env._("Sources:"),
            removed=session.env._("[link removed]"),
        )

    @api.model
    def _source_name(self, source):
        name = source.get("source") or self.env._("document")
        page = source.get("page")
        return f"{name}, p. {page}" if page else name

    def _sources_text(self, session):
        """Return the names of the documents that answers named as their sources."""
        found = [
            self._source_name(source)
            for request in session.answer_ids.request_id
            for source in request._cited_sources().values()
        ]
        return "\n".join(dict.fromkeys(found))

    def _answer_values(self, session, request, message):
        """Return the row that keeps a posted answer."""
        data = request.data or {}
        return {
            "session_id": session.id,
            "message_id": message.id,
            "request_id": request.id,
            "confidence": as_share(data.get("confidence")),
            "is_question": data.get("action") == "ask",
        }
