# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the assistant says of its own accord, without a model."""

from odoo import api, fields, models

from ..utils.datetime_format import day_and_time


class GptAgent(models.Model):
    # One subject per file.
    _inherit = "gpt.agent"  # pylint: disable=consider-merging-classes-inherited

    # Empty: a text of ours, in the visitor's language.
    greeting = fields.Text(
        translate=True, help="Empty: the welcome message of the live chat channel."
    )
    suggestion_ids = fields.One2many(
        "gpt.agent.suggestion", "agent_id", string="Suggested Questions", copy=True
    )
    says_way_out = fields.Boolean(
        string="Says How to Reach a Person",
        default=True,
        help="The welcome message ends with the command that calls a person.",
    )
    calling_message = fields.Text(
        string="A Person Is Called",
        translate=True,
        help="What the visitor reads when a person is called.",
    )
    nobody_message = fields.Text(
        string="Nobody Is There",
        translate=True,
        help="What the visitor reads when nobody is available. It asks for an e-mail "
        "or a telephone number.",
    )
    failure_message = fields.Text(
        string="The Model Gives No Answer",
        translate=True,
        help="What the visitor reads when the model gives no answer and nobody is "
        "available.",
    )
    thanks_message = fields.Text(
        string="A Contact Was Left",
        translate=True,
        help="What the visitor reads when he has left his e-mail or telephone.",
    )

    def _own_texts(self):
        """Return the texts that administrators may write, by their names."""
        return {
            "calling": self.calling_message,
            "nobody": self.nobody_message,
            "failed": self.failure_message,
            "thanks": self.thanks_message,
        }

    def _text(self, name):
        """Return what the assistant says, in the language of the context.

        :param name: one of ``engine.chat.Text``
        """
        self.ensure_one()
        own = (self._own_texts().get(name) or "").strip()
        return own or self._default_texts()[name]

    def _default_texts(self):
        return self._calling_texts() | self._nobody_texts() | self._contact_texts()

    def _nobody_texts(self):
        hours = self._hours_text()
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
            "flood": self.env._(
                "You write faster than I can answer. Give me a minute, please; I will "
                "answer everything together."
            ),
        }

    def _hours_text(self):
        """Return when people answer again, as a sentence; empty if nobody knows."""
        # sudo: resource.calendar - visitors are told, who cannot read it
        calendar = self.sudo().calendar_id
        if not calendar or self._is_working_time():
            return ""
        begins = calendar.plan_hours(0.01, fields.Datetime.now(), compute_leaves=True)
        if not begins:
            return ""
        day, time = day_and_time(self.env, begins, calendar.tz)
        back = self.env._("We are back on %(day)s at %(time)s.", day=day, time=time)
        return back + " "

    def _welcome(self, default):
        """Return what a new chat begins with.

        :param default: the welcome message of the live chat channel
        """
        lines = [(self.greeting or "").strip() or default or ""]
        questions = self.suggestion_ids.mapped("name")
        if questions:
            numbered = [f"{n}. {text}" for n, text in enumerate(questions, 1)]
            lines += [self.env._("Write the number of a question:"), *numbered]
        lines.append(self._way_out())
        return "\n".join(line for line in lines if line)

    def _way_out(self):
        commands = self._reader().commands
        if not commands or not self.says_way_out:
            return ""
        return self.env._(
            "Write «/%(command)s» to talk to a person.", command=commands[0]
        )

    @api.model
    def _visitor_lang(self, spoken, site):
        """Return the installed language to speak in.

        :param spoken: ISO code of what the visitor writes in, if it is known
        :param site: code of the language of the website
        """
        codes = [code for code, _name in self.env["res.lang"].get_installed()]
        if spoken and not (site or "").startswith(spoken):
            same = [code for code in codes if code.split("_")[0] == spoken]
            if same:
                return same[0]
        return site if site in codes else (codes[:1] or [None])[0]
