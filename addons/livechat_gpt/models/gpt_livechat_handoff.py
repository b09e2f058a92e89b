# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Handing a chat over to a person, and back."""

from odoo import models
from odoo.exceptions import AccessError, UserError

from .. import compat
from ..engine import turns


class GptLivechatSession(models.Model):
    # One subject per file.
    _inherit = "gpt.livechat.session"  # pylint: disable=consider-merging-classes-inherited

    def _effect_call_person(self, effect, _request):
        user = self._find_person()
        if effect.is_pick_up and not user:
            return
        if not effect.is_pick_up:
            self.handoff_reason = effect.reason
            self._take_known_contact()
        event = (
            turns.PickedUp()
            if effect.is_pick_up
            else turns.Called(bool(user), effect.reason, effect.message)
        )
        # The machine first: when the person comes in, it knows that he was called.
        self._feed(event)
        if user and self.person_called:
            self._bring_in(user)
            self._show_card()

    def _take_known_contact(self):
        """Do not ask a visitor who is signed in for what he has told us before."""
        visitor = self._visitor_partner()
        if not self.contact_state and (visitor.email or visitor.phone):
            self.write(
                {
                    "contact_state": "given",
                    "contact_email": visitor.email,
                    "contact_phone": visitor.phone,
                }
            )

    def _find_person(self):
        """Return the operator whom Odoo's own rules pick, empty if nobody is there."""
        nobody = self.env["res.users"]
        livechat = self.channel_id.livechat_channel_id
        if not livechat:
            return nobody
        found = livechat._get_operator(
            lang=self.env.lang, country_id=self.channel_id.country_id.id
        )
        visitor = self._visitor_partner()
        return found if found and found.partner_id != visitor else nobody

    def _bring_in(self, user):
        """Let an operator into the chat, and make it his."""
        channel = self.channel_id
        self.operator_id = user
        is_new = user.partner_id not in channel.channel_member_ids.partner_id
        # Before he comes: what is sent to the chat then does not reach him yet.
        compat.unseat(channel, self.agent_id.partner_id)
        if is_new:
            # Who presses the button comes by himself; others are called by Sofía.
            comes = user == self.env.user
            caller = user.partner_id if comes else self.agent_id.partner_id
            compat.bring_in(channel, user, caller)
        self._hold(user.partner_id, user.livechat_username or user.name)
        if is_new:
            channel._broadcast(user.partner_id.ids)
        compat.ask_for_help(channel, False)

    def _hold(self, partner, name):
        """Make the chat that of an operator, or of the assistant."""
        visitor = self._visitor_partner().display_name
        visitor = visitor or compat.visitor_name(self.channel_id) or ""
        compat.make_operator(self.channel_id, partner, f"{visitor} {name}".strip())

    def _effect_take_contact(self, _effect, _request):
        texts = [self._message_text(message) for message in self._pending_messages()]
        found = self.agent_id._reader().contact("\n".join(texts) or self._last_text())
        self.write({"contact_email": found.email, "contact_phone": found.phone})
        self._on_contact()

    def _last_text(self):
        return self._message_text(self._visitor_messages()[-1:])

    def _on_contact(self):
        """Do something with a visitor who can be reached now; other addons do."""

    # Buttons

    def action_take_over(self):
        """Take the chat over as the user who presses the button."""
        user = self.env.user
        for session in self:
            # sudo: gpt.livechat.session - operators read sessions; buttons write them
            stored = session._checked_for_operator().sudo()
            if not compat.is_open(stored.channel_id):
                raise UserError(self.env._("This chat is closed."))
            stored._feed(turns.TakenOver())
            stored.handoff_reason = stored.handoff_reason or "person"
            stored._speaking()._bring_in(user)
            stored._show_card()
        return self._open_chat()

    def action_give_back(self):
        """Give the chat back to the assistant."""
        for session in self:
            # sudo: gpt.livechat.session - operators read sessions; buttons write them
            stored = session._checked_for_operator().sudo()
            if not compat.is_open(stored.channel_id):
                raise UserError(self.env._("This chat is closed."))
            stored._seat_assistant()
            stored._feed(turns.GivenBack())
        return True

    def _checked_for_operator(self):
        """Return the session, for those who may answer visitors and may read it."""
        self.check_access("read")
        if not self.env.user.has_group("im_livechat.im_livechat_group_user"):
            raise AccessError(
                self.env._("Only operators of the live chat may do this.")
            )
        return self

    def _seat_assistant(self):
        """Make the chat the assistant's again."""
        face = self.agent_id.partner_id
        channel = self.channel_id
        if face not in channel.with_context(active_test=False).channel_partner_ids:
            channel._add_members(partners=face, post_joined_message=False)
        self._hold(face, face.name)
        compat.ask_for_help(channel, False)

    def _open_chat(self):
        if len(self) != 1:
            return True
        # The record of the button would be taken for that of a chat.
        active = {"active_id": f"discuss.channel_{self.sudo().channel_id.id}"}
        return {
            "type": "ir.actions.client",
            "tag": "mail.action_discuss",
            "params": active,
            "context": active,
        }

    def _on_person_wrote(self, partner):
        """Take a person's word for it that the chat is his now."""
        self._feed(turns.PersonWrote())
        self.handoff_reason = self.handoff_reason or "person"
        user = partner.user_ids[:1]
        if user and self.operator_id != user:
            self.operator_id = user
        if self.channel_id.livechat_operator_id == self.agent_id.partner_id:
            self._hold(partner, user.livechat_username or partner.name)
            compat.unseat(self.channel_id, self.agent_id.partner_id)

    # What happens in the chat's list of members

    def _on_person_joined(self, partner):
        for session in self.filtered(lambda s: s.state != "closed"):
            expected = session.person_called or session.state == "human"
            if session._is_person(partner) and not expected:
                session.handoff_reason = session.handoff_reason or "person"
                session._feed(turns.PersonJoined())
                if not session.operator_id:
                    session.operator_id = partner.user_ids[:1]
                # He came to see for himself: nothing is summed up, and paid, for that.
                session._send_card(partner)

    def _on_person_left(self, partner):
        for session in self.filtered(lambda s: s.state in ("human", "waiting")):
            if not session._is_person(partner):
                continue
            partners = session.channel_id.channel_member_ids.partner_id
            if any(session._is_person(partner) for partner in partners):
                continue
            if compat.is_open(session.channel_id):
                session._seat_assistant()
                session._feed(turns.PersonLeft())

    # What time does, called by the cron in a transaction per session

    def _pick_up(self):
        self._feed(turns.Appeared())

    def _stop_waiting(self):
        self._seat_assistant()
        self._feed(turns.Overdue())

    def _close_idle(self):
        self._lock()
        if compat.is_open(self.channel_id):
            compat.close(self.channel_id)
        self._feed(turns.ChatClosed())
