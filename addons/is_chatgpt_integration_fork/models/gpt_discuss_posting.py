# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup, escape

from odoo import api, models

from odoo.addons.gpt_core.engine.conversation.reply_text import reply_text

from ..compat import POST_CONTEXT

# No answer is longer, whatever a chain allows.
MAX_REPLY_CHARS = 900


class GptDiscussPosting(models.AbstractModel):
    """Posting of what the assistant says in Discuss."""

    _name = "gpt.discuss.posting"
    _description = "GPT Discuss: Posting of Replies"

    @api.model
    def _post(self, question, text):
        """Post a text as the assistant; what a model wrote is text, not HTML."""
        membership = question.membership_id
        channel = membership.channel_id
        body = Markup("<br/>").join(escape(line) for line in text.splitlines())
        is_here = question.message_id.res_id == channel.id
        return channel.with_context(**POST_CONTEXT).message_post(
            author_id=membership.agent_id.partner_id.id,
            body=Markup("<p>%s</p>") % body,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            # In a direct message it is plain what is answered.
            parent_id=question.message_id.id
            if is_here and channel.channel_type != "chat"
            else False,
        )

    @api.model
    def _answer_text(self, question, request, room_for=""):
        """Return the text to post of an answer: cut, with its sources.

        :param room_for: what will be added to it
        """
        limit = min(request.max_chars or MAX_REPLY_CHARS, MAX_REPLY_CHARS)
        data = request.data
        return reply_text(
            str(data.get("answer") or "") if data else request.answer or "",
            limit - (len(room_for) + 1 if room_for else 0),
            sources={
                number: self._source_name(question, source)
                for number, source in request._cited_sources().items()
            },
            heading=question.env._("Sources:"),
            removed=question.env._("[link removed]"),
        )

    @api.model
    def _source_name(self, question, source):
        name = source.get("source") or question.env._("document")
        page = source.get("page")
        return f"{name}, p. {page}" if page else name

    @api.model
    def _set_typing(self, question, is_typing):
        question.membership_id.member_id._notify_typing(is_typing)
