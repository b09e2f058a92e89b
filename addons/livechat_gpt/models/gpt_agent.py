# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from ..engine.chat import Timeouts
from ..engine.decision import Rules
from ..engine.keywords import HANDOFF_COMMANDS, HANDOFF_KEYWORDS
from ..engine.reading import Reader

# Fields that every post of a visitor needs, or every chain that is shown examples.
KEPT_IN_MEMORY = {
    "debounce_seconds",
    "handoff_commands",
    "handoff_keywords",
    "needs_source",
    "chain_id",
}


class GptAgent(models.Model):
    """An assistant that answers in live chats."""

    _inherit = "gpt.agent"

    chain_id = fields.Many2one(
        default=lambda self: self.env.ref(
            "livechat_gpt.chain_livechat_answer", raise_if_not_found=False
        ),
    )
    summary_chain_id = fields.Many2one(
        "gpt.chain",
        string="Chain of the Hand-Off Summary",
        ondelete="restrict",
        default=lambda self: self.env.ref(
            "livechat_gpt.chain_livechat_summary", raise_if_not_found=False
        ),
        help="Sums a chat up for the person who takes it over. Empty: no summary.",
    )
    mode = fields.Selection(
        selection=[
            ("always", "Always"),
            ("no_operator", "Only when no operator is available"),
            ("outside_hours", "Only outside working hours"),
        ],
        string="When It Answers",
        default="always",
        required=True,
    )
    calendar_id = fields.Many2one(
        "resource.calendar",
        string="Working Hours",
        help="When people answer. Visitors are told when that is next.",
    )
    debounce_seconds = fields.Integer(
        string="Wait Before Answering",
        default=1,
        help="Seconds to wait for the visitor to finish, as people write in bursts.",
    )
    livechat_channel_ids = fields.One2many(
        "im_livechat.channel", "gpt_agent_id", string="Live Chat Channels"
    )

    # What it says without a model

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
        help="What the visitor reads after leaving an e-mail or telephone.",
    )

    # When it calls a person, and how much it may be asked to do

    handoff_commands = fields.Text(
        string="Commands",
        default=HANDOFF_COMMANDS,
        help="One per line, without the slash. A message that begins with one of them "
        "calls a person, without asking the model.",
    )
    handoff_keywords = fields.Text(
        string="Keywords",
        default=HANDOFF_KEYWORDS,
        help="One word or phrase per line, in every language; accents do not matter. "
        "A phrase counts wherever it stands, a single word only in a message of up to "
        "three words.",
    )
    follows_model = fields.Boolean(
        string="The Model Decides",
        default=True,
        help="The model may call a person of its own accord.",
    )
    min_confidence = fields.Float(
        string="Lowest Confidence",
        default=0.25,
        digits=(3, 2),
        help="From 0 to 1. An answer that the model is less sure of is not posted, and "
        "a person is called. 0: every answer is posted.",
    )
    max_questions = fields.Integer(
        string="Questions in a Row",
        default=3,
        help="How often the assistant may ask for what is missing before a person is "
        "called. 0: any number of times.",
    )
    needs_source = fields.Boolean(
        string="Only With a Source",
        help="A person is called when the answer rests on none of the documents that "
        "were found, as the model says itself. Small talk and questions to the visitor "
        "need no document; what the assistant knows is none.",
    )
    max_repeats = fields.Integer(
        string="Repeated Questions",
        default=2,
        help="How often a visitor may ask the same again before a person is called. "
        "0: any number of times.",
    )
    pick_up_minutes = fields.Integer(
        string="Pick Up Within",
        default=30,
        help="Minutes after which a visitor who found nobody is no longer handed to a "
        "person who comes online.",
    )
    answer_timeout = fields.Integer(
        default=30,
        help="Seconds after which the visitor is told that the answer takes longer, "
        "and a person is called. The answer is still posted if it comes before the "
        "person does. 0: never.",
    )
    person_timeout = fields.Integer(
        default=120,
        help="Seconds after which a person who was called, or whom the visitor wrote "
        "to, is given up: a colleague is called, or the assistant comes back. "
        "0: never.",
    )
    offline_timeout = fields.Integer(
        default=90,
        help="Seconds after which a person who went offline is given up, as above. "
        "Shorter ones are for reloading a page. 0: never.",
    )
    idle_hours = fields.Integer(
        string="Close After",
        default=24,
        help="Hours without a message after which a chat is closed. 0: never.",
    )
    max_messages_minute = fields.Integer(
        string="Messages per Minute",
        default=20,
        help="What a visitor writes beyond that is answered together, a minute later. "
        "0: any number.",
    )
    max_messages_day = fields.Integer(
        string="Messages per Chat and Day",
        default=200,
        help="Beyond that a person is called. 0: any number.",
    )
    max_chats_hour = fields.Integer(
        string="Chats per Visitor and Hour",
        default=20,
        help="Per address on the internet, which an office may share. Beyond that the "
        "assistant opens no further ones: people answer. Behind a reverse proxy, "
        "Odoo sees the visitors' addresses in proxy mode only. 0: any number.",
    )
    max_answers_hour = fields.Integer(
        string="Answers per Visitor and Hour",
        default=120,
        help="Per address on the internet, in all its chats together. Beyond that a "
        "person is called. 0: any number.",
    )
    allowed_hosts = fields.Text(
        string="Allowed Links",
        help="One host per line, such as example.com. The company's own websites are "
        "always allowed; links to others are taken out of the answers.",
    )

    @api.constrains("min_confidence")
    def _check_confidence(self):
        for agent in self:
            if not 0 <= agent.min_confidence <= 1:
                raise ValidationError(self.env._("The confidence goes from 0 to 1."))

    @api.constrains(
        "max_questions", "max_repeats", "pick_up_minutes", "answer_timeout",
        "person_timeout", "offline_timeout", "idle_hours", "max_messages_minute",
        "max_messages_day", "max_chats_hour", "max_answers_hour",
    )  # fmt: skip
    def _check_handoff_limits(self):
        for agent in self:
            limits = (
                agent.max_questions, agent.max_repeats, agent.pick_up_minutes,
                agent.answer_timeout, agent.person_timeout, agent.offline_timeout,
                agent.idle_hours, agent.max_messages_minute, agent.max_messages_day,
                agent.max_chats_hour, agent.max_answers_hour,
            )  # fmt: skip
            if min(limits) < 0:
                raise ValidationError(self.env._("Limits cannot be negative."))

    @api.constrains("mode", "calendar_id")
    def _check_calendar(self):
        for agent in self:
            if agent.mode == "outside_hours" and not agent.calendar_id:
                raise ValidationError(self.env._("Choose the working hours."))

    @api.constrains("debounce_seconds")
    def _check_debounce(self):
        for agent in self:
            if not 0 <= agent.debounce_seconds <= 60:
                raise ValidationError(
                    self.env._("The wait before answering is 0 to 60 seconds.")
                )

    def write(self, vals):
        result = super().write(vals)
        if not KEPT_IN_MEMORY.isdisjoint(vals):
            self.env.registry.clear_cache()
        return result

    @ormcache("self.id")
    def _debounce(self):
        """Return how long to wait for more; in memory, as every post asks for it."""
        self.ensure_one()
        return self.debounce_seconds

    @ormcache("self.id")
    def _requests(self):
        """Return the commands and keywords; in memory, as every post asks for them."""
        self.ensure_one()
        commands = [line.lstrip("/") for line in self._lines(self.handoff_commands)]
        return tuple(commands), tuple(self._lines(self.handoff_keywords))

    def _asks_for_person(self, text):
        """Tell whether a visitor's text has a command, or a keyword."""
        commands, keywords = self._requests()
        return Reader(commands=commands, keywords=keywords).asks_for_person(text)

    def _is_somebody(self):
        """Refuse the partner of a chatbot, too."""
        if super()._is_somebody():
            return True
        # sudo: chatbot.script - what depends on a contact, whoever asks
        scripts = self.env["chatbot.script"].sudo().with_context(active_test=False)
        own = [("operator_partner_id", "=", self.sudo().partner_id.id)]
        return bool(scripts.search_count(own, limit=1))

    def _is_on_duty(self, operators):
        """Tell whether the assistant answers now.

        :param operators: the people who are available
        """
        self.ensure_one()
        if not self.active:
            return False
        if self.mode == "no_operator":
            return not operators
        if self.mode == "outside_hours":
            return not self._is_working_time()
        return True

    def _is_working_time(self):
        now = fields.Datetime.now().replace(microsecond=0)
        next_second = fields.Datetime.add(now, seconds=1)
        # sudo: resource.calendar - visitors open chats
        return bool(self.sudo().calendar_id.get_work_hours_count(now, next_second))

    # The settings, as the engine has them

    def _reader(self):
        """Return the engine's reader of visitors' messages."""
        self.ensure_one()
        company = self.company_id or self.env.company
        commands, keywords = self._requests()
        return Reader(
            commands=commands,
            keywords=keywords,
            repeats=self.max_repeats,
            suggestions=tuple(self.suggestion_ids.mapped("name")),
            region=company.country_id.code or "MX",
        )

    def _timeouts(self):
        """Return the timeouts of a chat, as the engine's ``Timeouts``."""
        self.ensure_one()
        # Answering only starts after the debounce.
        wait = self.debounce_seconds
        return Timeouts(
            answer=self.answer_timeout and self.answer_timeout + wait,
            person=self.person_timeout,
            offline=self.offline_timeout,
            idle=self.idle_hours * 3600,
        )

    def _rules(self):
        """Return the engine's rules about the model's answers."""
        self.ensure_one()
        return Rules(
            min_confidence=self.min_confidence,
            max_questions=self.max_questions,
            needs_source=self.needs_source,
            follows_model=self.follows_model,
        )

    def _hosts(self):
        """Return the hosts whose addresses may stand in an answer."""
        self.ensure_one()
        company = self.company_id or self.env.company
        # sudo: website - its address is public
        sites = self.env["website"].sudo().search([("company_id", "=", company.id)])
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url")
        own = [company.website, base, *sites.mapped("domain")]
        bare = [(url or "").partition("://")[2] or (url or "") for url in own]
        hosts = [url.partition("/")[0].partition(":")[0] for url in bare]
        hosts = [host.removeprefix("www.") for host in hosts if host]
        return [*hosts, *self._lines(self.allowed_hosts)]

    @api.model
    def _lines(self, text):
        return [line.strip() for line in (text or "").splitlines() if line.strip()]

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
