# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import AccessError, UserError

from .. import compat
from ..engine import chat
from ..engine.contact import Contact
from ..engine.reading import MAX_EARLIER


class GptLivechatHandoff(models.AbstractModel):
    """Handing a chat over to a person, and back: who is called, comes and goes."""

    _name = "gpt.livechat.handoff"
    _description = "GPT Live Chat: Hand-Off to a Person"

    # What the state machine wants done

    def _call_person(self, session, effect, _request):
        """Look for a person, tell the machine, and bring them into the chat."""
        user = self._find_person(session, effect.purpose)
        if effect.purpose == "pick_up":
            if not user:
                return
            event = chat.PersonFound()
        elif effect.purpose == "replace":
            event = chat.PersonReplaced(bool(user))
        else:
            session.handoff_reason = effect.reason
            self._take_known_contact(session)
            event = chat.PersonCalled(bool(user), effect.reason, effect.message)
        # The machine first: when the person comes in, it knows that they were called.
        session._handle_event(event)
        if user and session.person_called:
            self._bring_in(session, user)
            self._summaries(session)._show(session)

    def _take_contact(self, session, _effect, _request):
        """Keep the contact that the visitor's messages hold."""
        reader = session.agent_id._reader()
        written = session.channel_id._gpt_visitor_messages()[-MAX_EARLIER:]
        newest_first = (reader.contact(m._gpt_text()) for m in reversed(written))
        found = next(filter(None, newest_first), Contact())
        session.write({"contact_email": found.email, "contact_phone": found.phone})
        self._on_contact(session)

    def _on_contact(self, session):
        """Do something with a visitor who can be reached now; other addons do."""

    def _restore_assistant(self, session, _effect, _request):
        """Make the chat the assistant's again."""
        bot = session.agent_id.partner_id
        channel = session.channel_id
        if bot not in channel.with_context(active_test=False).channel_partner_ids:
            channel._add_members(partners=bot, post_joined_message=False)
        self._set_operator(session, bot, bot.name)
        compat.ask_for_help(channel, False)

    def _close_chat(self, session, _effect, _request):
        compat.close(session.channel_id)

    # Who is called

    def _find_person(self, session, purpose="call"):
        """Return who is to answer the visitor, empty if nobody is there.

        It is the operator whom Odoo's own rules pick, but for those who were called
        and did not answer: they are called again when nobody else is there, if the
        visitor asks for it, and when they come back.

        :param purpose: see :class:`~..engine.chat.effects.CallPerson`
        """
        channel = session.channel_id
        if purpose == "replace":
            session.silent_user_ids |= session.operator_id
            here = channel._gpt_employees().user_ids.filtered("active")
            for user in here - session.silent_user_ids:
                if not user.partner_id._gpt_offline_seconds():
                    return user
        livechat = channel.livechat_channel_id
        visitor = channel._gpt_visitor_partner().user_ids
        silent = session.silent_user_ids | visitor
        options = {
            "lang": session.env.lang, "country_id": channel.country_id.id
        }  # fmt: skip
        found = session.env["res.users"]
        if livechat:
            found = livechat._gpt_find_operator(silent, **options)
            if not found and purpose == "call" and session.silent_user_ids:
                session.silent_user_ids = False
                found = livechat._gpt_find_operator(visitor, **options)
        return found

    def _take_known_contact(self, session):
        """Do not ask a visitor who is signed in for what we have been told before."""
        visitor = session.channel_id._gpt_visitor_partner()
        if not session.contact_state and (visitor.email or visitor.phone):
            session.write(
                {
                    "contact_state": "given",
                    "contact_email": visitor.email,
                    "contact_phone": visitor.phone,
                }
            )

    def _bring_in(self, session, user):
        """Let an operator into the chat, and make it theirs."""
        channel = session.channel_id
        bot = session.agent_id.partner_id
        session.operator_id = user
        is_new = user.partner_id not in channel.channel_member_ids.partner_id
        # Before they come: what is sent to the chat then does not reach them yet.
        compat.remove_bot(channel, bot)
        if is_new:
            # Who presses the button comes by themselves; others are called by the bot.
            comes = user == session.env.user
            compat.bring_in(channel, user, user.partner_id if comes else bot)
        self._set_operator(session, user.partner_id, _name_in_chats(user))
        if is_new:
            channel._broadcast(user.partner_id.ids)
        compat.ask_for_help(channel, False)

    def _set_operator(self, session, partner, name):
        """Make the chat that of an operator, or of the assistant."""
        channel = session.channel_id
        visitor = channel._gpt_visitor_partner().display_name
        visitor = visitor or compat.visitor_name(channel) or ""
        compat.make_operator(channel, partner, f"{visitor} {name}".strip())

    # Buttons

    def _take_over(self, sessions):
        """Take chats over as the user who presses the button."""
        user = sessions.env.user
        for session in sessions:
            stored = self._for_operator(session)
            if user.partner_id == stored.channel_id._gpt_visitor_partner():
                raise UserError(
                    session.env._(
                        "You are the visitor of this chat. To try it alone, be the "
                        "visitor in a private window of your browser."
                    )
                )
            stored._handle_event(chat.TakenOver())
            stored.handoff_reason = stored.handoff_reason or "person"
            self._bring_in(stored._in_visitor_lang(), user)
            self._summaries(stored)._show(stored)
        return self._open_chat(sessions)

    def _give_back(self, sessions):
        """Give chats back to the assistant."""
        for session in sessions:
            self._for_operator(session)._handle_event(chat.GivenBack())
        return True

    def _for_operator(self, session):
        """Return an open chat, to be written for somebody who may read it.

        :raises AccessError: for those who may not answer visitors
        :raises UserError: when the chat is closed
        """
        session.check_access("read")
        if not session.env.user.has_group("im_livechat.im_livechat_group_user"):
            raise AccessError(
                session.env._("Only operators of the live chat may do this.")
            )
        # sudo: gpt.livechat.session - operators read sessions; buttons write them
        stored = session.sudo()
        if not compat.is_open(stored.channel_id):
            raise UserError(session.env._("This chat is closed."))
        return stored

    def _open_chat(self, sessions):
        if len(sessions) != 1:
            return True
        # The record of the button would be taken for that of a chat.
        active = {"active_id": f"discuss.channel_{sessions.sudo().channel_id.id}"}
        return {
            "type": "ir.actions.client",
            "tag": "mail.action_discuss",
            "params": active,
            "context": active,
        }

    # What people do in the chat

    def _on_person_wrote(self, session, partner):
        """Take a person's word for it that the chat is theirs now."""
        session._handle_event(chat.PersonWrote())
        session.handoff_reason = session.handoff_reason or "person"
        user = partner.user_ids[:1]
        session.silent_user_ids -= user
        if user and session.operator_id != user:
            session.operator_id = user
        if session.channel_id.livechat_operator_id != partner:
            self._set_operator(session, partner, _name_in_chats(user) or partner.name)
            compat.remove_bot(session.channel_id, session.agent_id.partner_id)

    def _on_person_joined(self, sessions, partner):
        """React to somebody who was added to the members of a chat."""
        for session in sessions.filtered(lambda s: s.state != "closed"):
            is_with_person = session._is_with_person()
            was_called = is_with_person and partner == session.operator_id.partner_id
            if was_called or not session.channel_id._gpt_is_employee(partner):
                continue
            if not is_with_person:
                session.handoff_reason = session.handoff_reason or "person"
                session.operator_id = partner.user_ids[:1]
            session._handle_event(chat.PersonJoined())
            # They came to see for themselves, or were invited: nothing is summed up,
            # and paid, for that.
            self._summaries(session)._send(session, partner)

    def _on_person_left(self, sessions, partner):
        """React to somebody who is no longer among the members of a chat."""
        for session in sessions.filtered(lambda s: s.state in ("human", "waiting")):
            channel = session.channel_id
            if not channel._gpt_is_employee(partner) or not compat.is_open(channel):
                continue
            others = channel._gpt_employees()
            speaking = session._in_visitor_lang()
            if not others:
                speaking._handle_event(chat.PersonLeft())
            elif session._is_with_person():
                if partner == session.operator_id.partner_id:
                    self._reassign_to(speaking, others)

    def _reassign_to(self, session, others):
        """Make the chat that of a colleague who is in it, instead of who is gone.

        :param others: partners of the employees who are in the chat
        """
        here = others.filtered(lambda p: not p._gpt_offline_seconds())
        partner = (here or others)[:1]
        user = partner.user_ids[:1]
        session.operator_id = user
        messages = session.channel_id._gpt_messages()
        has_written = messages.filtered(lambda m: m.author_id == partner)
        # Whoever only thanked is not told that somebody will answer.
        if not has_written and not self._is_content(session):
            session._handle_event(chat.Reassigned())
        self._set_operator(session, partner, _name_in_chats(user) or partner.name)
        self._summaries(session)._show(session)

    def _is_content(self, session):
        """Tell whether the visitor thanked the person, and wants nothing more."""
        return (
            session.state == "human"
            and bool(session._pending_messages())
            and not session.env["gpt.livechat.clock"]._waiting_messages(session)
        )

    # What the cron sees, in a transaction per session

    def _pick_up(self, session):
        """Call somebody who has come online for a visitor who found nobody."""
        # Who is gone may be called when they come back.
        session.silent_user_ids = session.silent_user_ids.filtered(
            lambda user: not user.partner_id._gpt_offline_seconds()
        )
        session._handle_event(chat.PersonAvailable())

    def _note_closed(self, session):
        """Note that Odoo, or the visitor, has closed the chat."""
        session._lock()
        session._handle_event(chat.ChatClosed())

    def _summaries(self, session):
        return session.env["gpt.livechat.handoff.summary"]


def _name_in_chats(user):
    return user.livechat_username or user.name
