# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup, escape

from odoo import models

from odoo.addons.livechat_gpt.engine.chat import is_with_assistant
from odoo.addons.livechat_gpt.engine.contact import says_name


class GptLivechatLeadQuestion(models.AbstractModel):
    """What a lead still lacks is asked in the chat: once, and one thing at a time."""

    _name = "gpt.livechat.lead.question"
    _description = "GPT Live Chat: Questions for the Lead"

    def _next_question(self, session):
        """Return the next question for the lead, and note that it is asked."""
        name = self._next_fact(session)
        if not name:
            return ""
        session.facts_asked = ",".join([*self._facts_asked(session), name])
        return self._fact_questions(session)[name]

    def _facts_asked(self, session):
        return list(filter(None, (session.facts_asked or "").split(",")))

    def _next_fact(self, session):
        """Return the name of the field of the lead to ask for; empty: for none."""
        lead, asked = session.lead_id, self._facts_asked(session)
        # What a lead should have is known to the addon that enriches leads.
        if not hasattr(lead, "_gpt_missing_names") or not lead:
            return ""
        if len(asked) >= session.agent_id.max_lead_facts:
            return ""
        if not is_with_assistant(session._chat_state()):
            return ""
        questions = self._fact_questions(session)
        known = set(asked)
        messages = session.channel_id._gpt_messages()
        if says_name(self._visitors_words(session, messages)):
            known.add("contact_name")
        names = [name for name in lead._gpt_missing_names() if name in questions]
        return next((name for name in names if name not in known), "")

    def _fact_questions(self, session):
        """Return the fields that visitors are asked for, and in which words."""
        env = session.env
        return {
            "contact_name": env._("May I have your name, please?"),
            "partner_name": env._("What is your company called?"),
            "phone": env._("At which telephone number can we call you?"),
            "email_from": env._("To which e-mail address may we write you?"),
            "city": env._("Which city are you in?"),
            "expected_revenue": env._("What budget do you have in mind?"),
            "date_deadline": env._("By when do you need it?"),
        }

    # What the visitor answers

    def _note_facts(self, session):
        """Add what was said since to the lead, when something had been asked.

        It is not taken for the value that was asked for: who is asked for their name
        may answer with a question. What can be read from it is for the lead's
        enrichment.
        """
        if not (session.lead_id and session.facts_asked):
            return
        noted = self._noted_up_to(session)
        said = session.channel_id._gpt_messages().filtered(lambda m: m.id > noted)
        if not said:
            return
        words = self._visitors_words(session, said)
        contact = session.agent_id._reader().contact(words)
        new_contact = self._new_contact(session, contact)
        session.write({"facts_noted_id": said[-1].id} | new_contact)
        missing = session.env["gpt.livechat.lead"]._missing_contact(session)
        description = self._described(session, said)
        session.lead_id.write({"description": description} | missing)

    def _noted_up_to(self, session):
        """Return the last message that the lead tells of, at first its first ones."""
        if session.facts_noted_id:
            return session.facts_noted_id
        # sudo: crm.lead - when the chat was written down there
        made = session.lead_id.sudo().create_date
        messages = session.channel_id._gpt_messages()
        earlier = messages.filtered(lambda m: m.create_date <= made)
        return max(earlier.ids, default=0)

    def _visitors_words(self, session, messages):
        written = messages.filtered(session.channel_id._gpt_is_visitors)
        return "\n".join(message._gpt_text() for message in written)

    def _new_contact(self, session, contact):
        found = {"contact_email": contact.email, "contact_phone": contact.phone}
        return {
            name: text for name, text in found.items() if text and not session[name]
        }

    def _described(self, session, messages):
        """Return the description of the lead with what was said since."""
        lang = session.company_id.partner_id.lang
        history = session.env["gpt.livechat.history"]
        names = history.with_context(lang=lang)._speaker_names()
        turns = [history._turn(session, message) for message in messages]
        lines = [escape(f"{names[turn.speaker]}: {turn.text}") for turn in turns]
        before = session.lead_id.description or Markup()
        return before + Markup("<br/>") + Markup("<br/>").join(lines)
