# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.gpt_core.utils.enqueue import delayed
from odoo.addons.gpt_core.utils.transaction import clean_superuser

from ..compat import direct_message
from ..engine.mentions import is_broadcast, is_named, linked_partners
from ..engine.replies import accepts_offer


class GptDiscussIncoming(models.AbstractModel):
    """Which messages of Discuss are for an assistant, and make a question and a job."""

    _name = "gpt.discuss.incoming"
    _description = "GPT Discuss: Messages to Assistants"

    # A message is posted

    @api.model
    def _on_message(self, channel, message):
        """React to a message that is being posted where an assistant is."""
        if not self._is_by_somebody(channel, message):
            return
        memberships = self.env["gpt.discuss.membership"].search(
            [("channel_id", "=", channel.id), ("agent_id.active", "=", True)]
        )
        if self._take_offer(memberships, message):
            return
        addressed = memberships.filtered(
            lambda membership: self._is_addressed(membership, message)
        )
        for membership in addressed or memberships:
            always = membership.answers == "always" and not addressed
            asked = membership in addressed and membership.answers != "never"
            if (always or asked) and self._may_wake(membership, message):
                self._enqueue(self._new_question(membership, message))

    @api.model
    def _is_by_somebody(self, channel, message):
        """Tell whether a person wrote the message by hand, here.

        It is a list of who may be answered, not of who may not: no bot, mail or
        notification is ever answered, so there are no loops.
        """
        if not message._gpt_is_comment():
            return False
        guest, author = message.author_guest_id, message.author_id
        if guest:
            return guest in channel.channel_member_ids.guest_id
        odoobot = self.env["ir.model.data"]._xmlid_to_res_id("base.partner_root")
        return (
            bool(author.user_ids)
            and author.id != odoobot
            and author.id not in self.env["gpt.agent"]._discuss_bots()
        )

    @api.model
    def _is_addressed(self, membership, message):
        """Tell whether a message mentions this assistant, or replies to it."""
        bot = membership.agent_id.partner_id
        if message.parent_id.author_id == bot:
            return True
        body = message.body or ""
        if bot.id in linked_partners(body):
            return True
        text = message._gpt_text()
        if is_named(text, membership.agent_id.name) or is_named(text, bot.name):
            return True
        mentioned = message.partner_ids.ids
        people = membership.channel_id.channel_member_ids.partner_id
        people = (people - bot - message.author_id).filtered("user_ids")
        return bot.id in mentioned and not is_broadcast(text, mentioned, people.ids)

    @api.model
    def _may_wake(self, membership, message):
        return (
            membership.waker == "everybody" or message.author_id in membership.waker_ids
        )

    @api.model
    def _new_question(self, membership, message, **values):
        user = message.author_id.user_ids[:1]
        company = membership.agent_id.company_id or user.company_id
        company = company or self.env.ref("base.main_company")
        return self.env["gpt.discuss.question"].create(
            {
                "membership_id": membership.id,
                "company_id": company.id,
                "message_id": message.id,
                "asker_id": message.author_id.id,
                "guest_id": message.author_guest_id.id,
                **values,
            }
        )

    @api.model
    def _enqueue(self, question):
        clean = clean_superuser(question).with_company(question.company_id)
        name = question.membership_id.channel_id.name
        delayed(clean, description=self.env._("Answer in %s", name))._answer_job()

    # A private answer

    @api.model
    def _take_offer(self, memberships, message):
        """Answer privately when the message accepts that; tell whether it does."""
        replied = message.parent_id
        if not replied or not accepts_offer(message._gpt_text()):
            return False
        offered = self.env["gpt.discuss.question"].search(
            [
                ("membership_id", "in", memberships.ids),
                ("answer_id", "=", replied.id),
                ("state", "=", "offered"),
                ("asker_id", "=", message.author_id.id),
                ("asker_id", "!=", False),
            ],
            limit=1,
        )
        if not offered:
            return False
        offered.state = "answered"
        agent, user = offered.membership_id.agent_id, offered.asker_id.user_ids[:1]
        # sudo: the user's own channels, in which they may write to the assistant
        channels = self.env["discuss.channel"].with_user(user)
        channel = direct_message(channels, agent.partner_id).sudo()
        private = agent.membership_ids.filtered(lambda m: m.channel_id == channel)
        question = self._new_question(
            private, offered.message_id, private_of_id=offered.id
        )
        self._enqueue(question)
        return True
