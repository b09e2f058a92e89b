# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a lead still lacks is asked in the chat: once, and one thing at a time."""

from markupsafe import Markup, escape

from odoo import fields, models

from odoo.addons.livechat_gpt.engine.chat import is_with_assistant
from odoo.addons.livechat_gpt.engine.contact import says_name


class GptLivechatSession(models.Model):
    # One subject per file.
    _inherit = "gpt.livechat.session"  # pylint: disable=consider-merging-classes-inherited

    # Names of fields of the lead, with commas.
    facts_asked = fields.Char(groups="base.group_system", copy=False)
    facts_noted_id = fields.Integer(
        groups="base.group_system",
        help="The last message that the lead tells of.",
    )

    def _question_to_add(self):
        question = super()._question_to_add()
        self._note_facts()
        name = "" if question else self._next_fact()
        if not name:
            return question
        self.facts_asked = ",".join([*self._facts_asked(), name])
        return self._fact_questions()[name]

    def _facts_asked(self):
        return list(filter(None, (self.facts_asked or "").split(",")))

    def _next_fact(self):
        """Return the name of the field of the lead to ask for; empty: for none."""
        lead, asked = self.lead_id, self._facts_asked()
        # What a lead should have is known to the addon that enriches leads.
        if not hasattr(lead, "_gpt_missing_names") or not lead:
            return ""
        if len(asked) >= self.agent_id.max_lead_facts:
            return ""
        if not is_with_assistant(self._chat_state()):
            return ""
        questions = self._fact_questions()
        known = set(asked)
        if says_name(self._visitors_words(self._messages())):
            known.add("contact_name")
        names = [name for name in lead._gpt_missing_names() if name in questions]
        return next((name for name in names if name not in known), "")

    def _fact_questions(self):
        """Return the fields that visitors are asked for, and in which words."""
        return {
            "contact_name": self.env._("May I have your name, please?"),
            "partner_name": self.env._("What is your company called?"),
            "phone": self.env._("At which telephone number can we call you?"),
            "email_from": self.env._("To which e-mail address may we write you?"),
            "city": self.env._("Which city are you in?"),
            "expected_revenue": self.env._("What budget do you have in mind?"),
            "date_deadline": self.env._("By when do you need it?"),
        }

    def _note_facts(self):
        """Add what was said since to the lead, when something had been asked.

        It is not taken for the value that was asked for: who is asked for his name may
        answer with a question. What can be read from it is for the lead's enrichment.
        """
        if not (self.lead_id and self.facts_asked):
            return
        said = self._messages().filtered(lambda m: m.id > self._noted_up_to())
        if not said:
            return
        contact = self.agent_id._reader().contact(self._visitors_words(said))
        self.write({"facts_noted_id": said[-1].id} | self._new_contact(contact))
        self.lead_id.write(
            {"description": self._described(said)} | self._lead_contact_missing()
        )

    def _noted_up_to(self):
        """Return the last message that the lead tells of, at first its first ones."""
        if self.facts_noted_id:
            return self.facts_noted_id
        # sudo: crm.lead - when the chat was written down there
        made = self.lead_id.sudo().create_date
        earlier = self._messages().filtered(lambda m: m.create_date <= made)
        return max(earlier.ids, default=0)

    def _visitors_words(self, messages):
        written = messages.filtered(self._is_from_visitor)
        return "\n".join(self._message_text(message) for message in written)

    def _new_contact(self, contact):
        found = {"contact_email": contact.email, "contact_phone": contact.phone}
        return {name: text for name, text in found.items() if text and not self[name]}

    def _described(self, messages):
        """Return the description of the lead with what was said since."""
        lang = self.company_id.partner_id.lang
        names = self.with_context(lang=lang)._speaker_names()
        turns = [self._turn(message) for message in messages]
        lines = [escape(f"{names[turn.speaker]}: {turn.text}") for turn in turns]
        before = self.lead_id.description or Markup()
        return before + Markup("<br/>") + Markup("<br/>").join(lines)
