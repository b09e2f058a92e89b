# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Handing a chat over to a person, and back."""

from odoo import models
from odoo.exceptions import AccessError, UserError

from .. import compat
from ..engine import chat


class GptLivechatSession(models.Model):
    # One subject per file.
    _inherit = "gpt.livechat.session"  # pylint: disable=consider-merging-classes-inherited

    def _effect_call_person(self, effect, _request):
        user = self._find_person(effect.purpose)
        if effect.purpose == "pick_up":
            if not user:
                return
            event = chat.PersonFound()
        elif effect.purpose == "replace":
            event = chat.PersonReplaced(bool(user))
        else:
            self.handoff_reason = effect.reason
            self._take_known_contact()
            event = chat.PersonCalled(bool(user), effect.reason, effect.message)
        # The machine first: when the person comes in, it knows that they were called.
        self._handle_event(event)
        if user and self.person_called:
            self._bring_in(user)
            self._show_summary()

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

    def _find_person(self, purpose="call"):
        """Return who is to answer the visitor, empty if nobody is there.

        It is the operator whom Odoo's own rules pick, but for those who were called
        and did not answer: they are called again when nobody else is there, if the
        visitor asks for it, and when they come back.

        :param purpose: see :class:`~..engine.chat.effects.CallPerson`
        """
        if purpose == "replace":
            self.silent_user_ids |= self.operator_id
            here = self._people_here().user_ids.filtered("active")
            for user in here - self.silent_user_ids:
                if not self._offline_seconds(user.partner_id):
                    return user
        livechat = self.channel_id.livechat_channel_id
        silent = self.silent_user_ids | self._visitor_partner().user_ids
        options = {
            "lang": self.env.lang, "country_id": self.channel_id.country_id.id
        }  # fmt: skip
        found = self.env["res.users"]
        if livechat:
            found = livechat._gpt_find_operator(silent, **options)
            if not found and purpose == "call" and self.silent_user_ids:
                self.silent_user_ids = False
                silent = self._visitor_partner().user_ids
                found = livechat._gpt_find_operator(silent, **options)
        return found

    def _people_here(self):
        """Return the employees in the chat."""
        return self.channel_id.channel_member_ids.partner_id.filtered(self._is_person)

    def _bring_in(self, user):
        """Let an operator into the chat, and make it his."""
        channel = self.channel_id
        self.operator_id = user
        is_new = user.partner_id not in channel.channel_member_ids.partner_id
        # Before he comes: what is sent to the chat then does not reach him yet.
        compat.remove_bot(channel, self.agent_id.partner_id)
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
            if user.partner_id == stored._visitor_partner():
                raise UserError(
                    self.env._(
                        "You are the visitor of this chat. To try it alone, be the "
                        "visitor in a private window of your browser."
                    )
                )
            stored._handle_event(chat.TakenOver())
            stored.handoff_reason = stored.handoff_reason or "person"
            stored._in_visitor_lang()._bring_in(user)
            stored._show_summary()
        return self._open_chat()

    def action_give_back(self):
        """Give the chat back to the assistant."""
        for session in self:
            # sudo: gpt.livechat.session - operators read sessions; buttons write them
            stored = session._checked_for_operator().sudo()
            if not compat.is_open(stored.channel_id):
                raise UserError(self.env._("This chat is closed."))
            stored._handle_event(chat.GivenBack())
        return True

    def _checked_for_operator(self):
        """Return the session, for those who may answer visitors and may read it."""
        self.check_access("read")
        if not self.env.user.has_group("im_livechat.im_livechat_group_user"):
            raise AccessError(
                self.env._("Only operators of the live chat may do this.")
            )
        return self

    def _restore_assistant(self):
        """Make the chat the assistant's again."""
        bot = self.agent_id.partner_id
        channel = self.channel_id
        if bot not in channel.with_context(active_test=False).channel_partner_ids:
            channel._add_members(partners=bot, post_joined_message=False)
        self._hold(bot, bot.name)
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
        """Take a person's word for it that the chat is theirs now."""
        self._handle_event(chat.PersonWrote())
        self.handoff_reason = self.handoff_reason or "person"
        user = partner.user_ids[:1]
        self.silent_user_ids -= user
        if user and self.operator_id != user:
            self.operator_id = user
        if self.channel_id.livechat_operator_id != partner:
            self._hold(partner, user.livechat_username or partner.name)
            compat.remove_bot(self.channel_id, self.agent_id.partner_id)

    # What happens in the chat's list of members

    def _on_person_joined(self, partner):
        for session in self.filtered(lambda s: s.state != "closed"):
            is_persons = session._is_with_person()
            was_called = is_persons and partner == session.operator_id.partner_id
            if was_called or not session._is_person(partner):
                continue
            if not is_persons:
                session.handoff_reason = session.handoff_reason or "person"
                session.operator_id = partner.user_ids[:1]
            session._handle_event(chat.PersonJoined())
            # They came to see for themselves, or were invited: nothing is summed up,
            # and paid, for that.
            session._send_summary(partner)

    def _on_person_left(self, partner):
        for session in self.filtered(lambda s: s.state in ("human", "waiting")):
            if not session._is_person(partner):
                continue
            if not compat.is_open(session.channel_id):
                continue
            others = session._people_here()
            if not others:
                session._in_visitor_lang()._handle_event(chat.PersonLeft())
            elif session._is_with_person():
                if partner == session.operator_id.partner_id:
                    session._in_visitor_lang()._pass_on_to(others)

    def _pass_on_to(self, others):
        """Make the chat that of a colleague who is in it, instead of who is gone.

        :param others: partners of the employees who are in the chat
        """
        here = others.filtered(lambda p: not self._offline_seconds(p))
        partner = (here or others)[:1]
        user = partner.user_ids[:1]
        self.operator_id = user
        has_written = self._messages().filtered(lambda m: m.author_id == partner)
        # Whoever only thanked is not told that somebody will answer.
        if not has_written and not self._is_content():
            self._handle_event(chat.Reassigned())
        self._hold(partner, user.livechat_username or partner.name)
        self._show_summary()

    def _is_content(self):
        """Tell whether the visitor thanked the person, and wants nothing more."""
        return (
            self.state == "human"
            and bool(self._pending_messages())
            and not self._waiting_messages()
        )

    # What time does, called by the cron in a transaction per session

    def _pick_up(self):
        # Who is gone may be called when they come back.
        self.silent_user_ids = self.silent_user_ids.filtered(
            lambda user: not self._offline_seconds(user.partner_id)
        )
        self._handle_event(chat.PersonAvailable())

    def _note_closed(self):
        self._lock()
        self._handle_event(chat.ChatClosed())
