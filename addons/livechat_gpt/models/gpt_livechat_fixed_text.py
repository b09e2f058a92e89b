# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..utils.datetime_format import day_and_time


class GptLivechatFixedText(models.AbstractModel):
    """What the assistant says of its own accord, without a model."""

    _name = "gpt.livechat.fixed.text"
    _description = "GPT Live Chat: Texts of the Assistant"

    def _own_texts(self, agent):
        """Return the texts that administrators may write, by their names."""
        return {
            "calling": agent.calling_message,
            "nobody": agent.nobody_message,
            "failed": agent.failure_message,
            "thanks": agent.thanks_message,
        }

    def _text(self, agent, name):
        """Return what the assistant says, in the language of the context.

        :param name: one of ``engine.chat.Text``
        """
        own = (self._own_texts(agent).get(name) or "").strip()
        return own or self._default_texts(agent)[name]

    def _default_texts(self, agent):
        nobody = self._nobody_texts(self._hours_text(agent))
        return self._calling_texts() | nobody | self._contact_texts()

    def _nobody_texts(self, hours):
        return {
            "nobody": self.env._(
                "Nobody from our team is available right now. %(hours)sIf you leave "
                "me your e-mail or telephone number, a colleague will contact you.",
                hours=hours,
            ),
            "failed": self.env._(
                "I am sorry, I cannot answer that right now, and nobody from our team "
                "is available. %(hours)sIf you leave me your e-mail or telephone "
                "number, a colleague will contact you.",
                hours=hours,
            ),
            "slow": self.env._(
                "This takes me longer than it should, and nobody from our team is "
                "available. %(hours)sIf you leave me your e-mail or telephone number, "
                "a colleague will contact you. I will answer here as soon as I can.",
                hours=hours,
            ),
            "slow_noted": self.env._(
                "This takes me longer than it should. I have noted it for our team, "
                "and will answer here as soon as I can."
            ),
            "noted": self.env._(
                "Nobody from our team is available right now. %(hours)sI have noted "
                "it for them.",
                hours=hours,
            ),
            "failed_noted": self.env._(
                "I am sorry, I cannot answer that right now. I have noted it for our "
                "team. %(hours)s",
                hours=hours,
            ).strip(),
        }

    def _contact_texts(self):
        return {
            "busy": self.env._(
                "My colleague has not been able to answer yet. If you leave me your "
                "e-mail or telephone number, we will contact you. You can also go on "
                "asking me."
            ),
            "thanks": self.env._(
                "Thank you, I have passed it on. A colleague will contact you. "
                "Meanwhile you can go on asking me."
            ),
        }

    def _calling_texts(self):
        return {
            "calling": self.env._(
                "I am passing you to a colleague, who will answer here in a moment."
            ),
            "failed_calling": self.env._(
                "I am sorry, I cannot answer that right now. I am passing you to a "
                "colleague, who will answer here in a moment."
            ),
            "slow_calling": self.env._(
                "This takes me longer than it should. I am passing you to a colleague, "
                "who will answer here in a moment."
            ),
            "calling_next": self.env._(
                "My colleague cannot go on right now. I am passing you to another one, "
                "who will answer here in a moment."
            ),
            "taken_over": self.env._("A colleague is here now and will answer you."),
            "back": self.env._("I am the assistant again. How can I help you?"),
            "bad_contact": self.env._(
                "That does not look like a valid e-mail or telephone number. Could "
                "you check it and write it again?"
            ),
            "file": self.env._(
                "I cannot open files or listen to voice messages. Please tell me in "
                "words what it is about, or write «/asesor» to talk to a person."
            ),
            "throttled": self.env._(
                "You write faster than I can answer. Give me a minute, please; I will "
                "answer everything together."
            ),
        }

    def _hours_text(self, agent):
        """Return when people answer again, as a sentence; empty if nobody knows."""
        # sudo: resource.calendar - visitors are told, who cannot read it
        calendar = agent.sudo().calendar_id
        if not calendar or agent._is_working_time():
            return ""
        begins = calendar.plan_hours(0.01, fields.Datetime.now(), compute_leaves=True)
        if not begins:
            return ""
        day, time = day_and_time(self.env, begins, calendar.tz)
        back = self.env._("We are back on %(day)s at %(time)s.", day=day, time=time)
        return back + " "

    def _welcome(self, agent, default):
        """Return what a new chat begins with.

        :param default: the welcome message of the live chat channel
        """
        lines = [(agent.greeting or "").strip() or default or ""]
        questions = agent.suggestion_ids.mapped("name")
        if questions:
            numbered = [f"{n}. {text}" for n, text in enumerate(questions, 1)]
            lines += [self.env._("Write the number of a question:"), *numbered]
        lines.append(self._way_out(agent))
        return "\n".join(line for line in lines if line)

    def _way_out(self, agent):
        commands = agent._reader().commands
        if not commands or not agent.says_way_out:
            return ""
        return self.env._(
            "Write «/%(command)s» to talk to a person.", command=commands[0]
        )
