# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine.chain.step_kinds import STEP_KINDS, step_kind
from ..engine.chain.template import RESERVED_NAMES, TemplateError, check_template

_NAME = re.compile(r"[A-Za-z_]\w*")


class GptChainStep(models.Model):
    """One step; its result has a name that later steps may use as ``{name}``."""

    _name = "gpt.chain.step"
    _description = "GPT Chain Step"
    _inherit = ["gpt.link.mixin", "gpt.chain.setting.mixin"]
    _order = "sequence, id"

    chain_id = fields.Many2one(
        "gpt.chain", required=True, ondelete="cascade", gpt_unversioned="its place"
    )
    sequence = fields.Integer(default=10, gpt_unversioned="the order is kept")
    name = fields.Char(required=True, gpt_setting=True, help="Letters, digits and _.")
    kind = fields.Selection(
        selection=[(name, kind.label) for name, kind in STEP_KINDS.items()],
        default="prompt",
        required=True,
        gpt_setting=True,
        help="\n".join(f"{kind.label}: {kind.help}" for kind in STEP_KINDS.values()),
    )
    # What its kind is, for the form and for those who ask.
    asks_model = fields.Boolean(compute="_compute_of_kind")
    gives_answer = fields.Boolean(compute="_compute_of_kind")
    looks_up = fields.Boolean(compute="_compute_of_kind")
    system_prompt = fields.Text(
        gpt_setting=True,
        help="Who the assistant is and what the rules are. What customers wrote never "
        "gets in here.",
    )
    user_prompt = fields.Text(
        gpt_setting=True, help="What is asked, with the values as {names}."
    )
    model_id = fields.Many2one(
        "gpt.model",
        gpt_setting=True,
        domain=[("kind", "=", "chat")],
        help="Empty: the model of the chain.",
    )
    temperature = fields.Float(
        compute="_compute_temperature",
        inverse="_inverse_temperature",
        digits=(3, 2),
        help="0 is the most repeatable, 2 the most varied.",
    )
    own_temperature = fields.Boolean(help="Otherwise the one of the chain is used.")
    own_temperature_value = fields.Float(
        string="Its Temperature",
        digits=(3, 2),
        gpt_setting="temperature",
        gpt_setting_if="own_temperature",
    )
    max_tokens = fields.Integer(
        string="Longest Answer (tokens)",
        gpt_setting=True,
        help="0: as the chain says.",
    )
    max_chars = fields.Integer(
        string="Longest Text (characters)",
        gpt_setting=True,
        help="A longer text is cut where a sentence ends, before a later step uses it. "
        "0: never. Structured output is never cut.",
    )
    passages = fields.Integer(
        gpt_setting=True, help="How many passages to look up. 0: four."
    )
    output_ids = fields.One2many(
        "gpt.chain.output",
        "step_id",
        string="Structured Output",
        copy=True,
        gpt_setting="outputs",
    )
    available_names = fields.Char(
        string="Usable Names", compute="_compute_available_names"
    )
    prompt_problem = fields.Text(
        compute="_compute_available_names",
        help="What is wrong with the prompts, as far as it is typed.",
    )

    @api.depends("kind")
    def _compute_of_kind(self):
        for step in self:
            kind = step_kind(step.kind)
            step.asks_model = kind.asks_model
            step.gives_answer = kind.gives_answer
            step.looks_up = kind.looks_up

    # The form asks for these again at each change, also in a step not saved yet.
    @api.depends(
        "name",
        "sequence",
        "system_prompt",
        "user_prompt",
        "chain_id.input_ids.name",
        "chain_id.step_ids.name",
        "chain_id.step_ids.sequence",
    )
    def _compute_available_names(self):
        for step in self:
            names = step._usable_names()
            step.available_names = " ".join(f"{{{name}}}" for name in names)
            error = step._prompt_error(names)
            step.prompt_problem = error and step._explain(error, names)

    @api.depends(
        "own_temperature", "own_temperature_value", "chain_id.own_temperature_value"
    )
    def _compute_temperature(self):
        default = self.env["gpt.service"]._default_temperature()
        for step in self:
            if step.own_temperature:
                step.temperature = step.own_temperature_value
            elif step.chain_id.own_temperature:
                step.temperature = step.chain_id.own_temperature_value
            else:
                step.temperature = default

    def _inverse_temperature(self):
        for step in self:
            step.own_temperature_value = step.temperature
            step.own_temperature = True

    @api.constrains("own_temperature_value")
    def _check_temperature(self):
        for step in self:
            if not 0 <= step.own_temperature_value <= 2:
                raise ValidationError(
                    self.env._("The temperature must be between 0 and 2.")
                )

    @api.constrains(
        "system_prompt",
        "user_prompt",
        "sequence",
        "chain_id",
        "name",
        "passages",
        "max_tokens",
        "max_chars",
    )
    def _check_prompts(self):
        self._check_names()
        for step in self:
            if min(step.passages, step.max_tokens, step.max_chars) < 0:
                raise ValidationError(self.env._("Limits cannot be negative."))
            if not (step.system_prompt or step.user_prompt):
                raise ValidationError(
                    self.env._("The step %(name)s has no prompt.", name=step.name)
                )
            names = step._usable_names()
            error = step._prompt_error(names)
            if error:
                raise ValidationError(step._explain(error, names))

    def _prompt_error(self, names):
        """Return the first :class:`TemplateError` of the prompts, ``None`` if none."""
        for template in (self.system_prompt, self.user_prompt):
            try:
                check_template(template or "", names)
            except TemplateError as error:
                return error
        return None

    def _check_names(self):
        """Refuse names of inputs and steps that are not plain, or not unique."""
        for chain in self.chain_id:
            names = [*chain.input_ids.mapped("name"), *chain.step_ids.mapped("name")]
            for name, count in Counter(names).items():
                if not _NAME.fullmatch(name):
                    raise ValidationError(
                        self.env._(
                            "The name %(name)s may only have letters, digits and _, "
                            "and cannot start with a digit.",
                            name=name,
                        )
                    )
                if count > 1:
                    raise ValidationError(
                        self.env._(
                            "The name %(name)s is used twice; inputs and steps share "
                            "their names.",
                            name=name,
                        )
                    )

    def _usable_names(self):
        """Return the names a step may use: the inputs, and the steps before it."""
        self.ensure_one()
        chain = self.chain_id
        names = chain.step_ids.mapped("name")
        last = float("inf")

        def order(step):
            # Of steps that are not saved yet, the first in the list comes first.
            place = names.index(step.name) if step.name in names else last
            return (step.sequence, step.id or step._origin.id or last, place)

        # By its name: while it is edited, the list has a twin of this step.
        earlier = chain.step_ids.filtered(lambda step: step.name != self.name)
        # One that has only just begun gets its place, behind the others, afterwards.
        if self.id or self._origin.id or self.name:
            earlier = earlier.filtered(lambda step: order(step) < order(self))
        usable = [
            *chain.input_ids.mapped("name"),
            *earlier.mapped("name"),
            *RESERVED_NAMES,
        ]
        return list(dict.fromkeys(filter(None, usable)))

    def _explain(self, error, names):
        usable = ", ".join(f"{{{name}}}" for name in names) or self.env._("none yet")
        wrong = ", ".join(error.names)
        if error.problem == "unknown":
            problem = self.env._("Unknown names: %(names)s.", names=wrong)
        elif error.problem == "expression":
            problem = self.env._(
                "Only plain names can be used, without dots, brackets, ! or :. "
                "Found: %(names)s.",
                names=wrong,
            )
        else:
            problem = self.env._(
                "The braces are not balanced (%(why)s). Write {{ and }} for braces "
                "that are meant as text.",
                why=wrong,
            )
        return self.env._(
            "Step %(step)s: %(problem)s\nNames that can be used here: %(usable)s.",
            step=self.name or "?",
            problem=problem,
            usable=usable,
        )
