# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..engine.person_replies import person_replies

THUMB, OPERATOR = "thumb", "operator"
# A visitor may take a thumb back, or give the other one.
THUMB_SECONDS = 60
# More of one chat would crowd the review board.
MAX_REPLIES = 3


class GptLivechatExample(models.AbstractModel):
    """Proposes examples out of chats: visitors' thumbs, and the replies of people."""

    _name = "gpt.livechat.example"
    _description = "GPT Live Chat: Proposals of Examples"
    _inherit = ["gpt.example.source"]

    @api.model
    def _on_thumb(self, answer):
        """Have an answer proposed that a visitor has rated; called as superuser."""
        if self._is_wanted(answer.session_id.agent_id.chain_id):
            self._enqueue(answer, "_propose_example_job", THUMB_SECONDS)

    @api.model
    def _on_closed(self, session):
        """Have the replies of the person proposed who had this chat."""
        if session.operator_id and self._is_wanted(session.agent_id.chain_id):
            self._enqueue(session, "_propose_examples_job")

    @api.model
    def _propose_rated(self, answer):
        """Propose an answer with its thumb, or withdraw it if the thumb is gone."""
        request = answer.request_id
        if not answer.rating:
            self._withdraw(request, THUMB)
            return
        values = self._values(request, THUMB, liked=answer.rating)
        if values and self._is_wanted(request.chain_id):
            self._propose(request, values)

    @api.model
    def _propose_replies(self, session):
        """Propose what a person answered, as far as nobody has done it before."""
        chain = session.agent_id.chain_id
        history = session.env["gpt.livechat.history"]
        messages = session.channel_id._gpt_messages()
        turns = [history._turn(session, message) for message in messages]
        replies = person_replies(turns)[-MAX_REPLIES:]
        if not replies or not self._is_wanted(chain):
            return
        conversation = session._conversation()
        examples = session.env["gpt.example"]
        domain = [("conversation_id", "=", conversation.id), ("source", "=", OPERATOR)]
        if examples.search_count(domain, limit=1):
            return
        mask = self._mask(session, conversation)
        examples._propose(
            [
                {
                    "kind": "chat",
                    "chain_id": chain.id,
                    "company_id": session.company_id.id,
                    "messages": [
                        {"role": "user", "content": mask(asked)},
                        {"role": "assistant", "content": mask(answered)},
                    ],
                    "source": OPERATOR,
                    "conversation_id": conversation.id,
                    "partner_id": conversation.partner_id.id,
                    "res_model": session._name,
                    "res_id": session.id,
                }
                for asked, answered in replies
            ]
        )

    @api.model
    def _mask(self, session, conversation):
        """Return what masks a text of a chat, also where its chain does not mask."""
        from odoo.addons.gpt_core.engine.privacy.masking import Masker

        names = self.env["gpt.masking"]._names_to_mask(session)
        return Masker(conversation.placeholders, names).mask
