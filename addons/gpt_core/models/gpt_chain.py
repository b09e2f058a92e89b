# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from ..engine.chain.template import RESERVED_NAMES
from ..engine.digest import digest
from ..utils.unique import add_unique_constraint


class GptChain(models.Model):
    """Prompts in order, with declared inputs and limits, owned by an administrator.

    What is edited here is a draft. Requests run the version that was published last.
    """

    _name = "gpt.chain"
    _description = "GPT Chain"
    _inherit = [
        "mail.thread",
        "gpt.link.mixin",
        "gpt.few.shot.mixin",
        "gpt.chain.setting.mixin",
    ]
    _order = "name, id"

    name = fields.Char(
        required=True,
        translate=True,
        gpt_unversioned="what it is called has no effect",
    )
    code = fields.Char(
        required=True,
        copy=False,
        gpt_setting=True,
        help="The name by which programs call the chain: letters, digits and _.",
    )
    active = fields.Boolean(default=True, gpt_unversioned="whether it is used at all")
    description = fields.Text(translate=True, gpt_unversioned="for people only")
    company_id = fields.Many2one(
        "res.company",
        gpt_unversioned="who may use it",
        help="Empty: every company may use this chain.",
    )
    input_ids = fields.One2many(
        "gpt.chain.input", "chain_id", copy=True, gpt_setting="inputs"
    )
    step_ids = fields.One2many(
        "gpt.chain.step", "chain_id", copy=True, gpt_setting="steps"
    )
    model_id = fields.Many2one(
        "gpt.model",
        gpt_setting=True,
        domain=[("kind", "=", "chat")],
        help="Empty: the default model of the settings.",
    )
    fallback_model_id = fields.Many2one(
        "gpt.model",
        gpt_setting=True,
        domain=[("kind", "=", "chat")],
        help="Asked when the first model fails.",
    )
    temperature = fields.Float(
        compute="_compute_temperature",
        inverse="_inverse_temperature",
        digits=(3, 2),
        help="0 is the most repeatable, 2 the most varied.",
    )
    own_temperature = fields.Boolean(help="Otherwise the one of the settings is used.")
    own_temperature_value = fields.Float(
        digits=(3, 2), gpt_setting="temperature", gpt_setting_if="own_temperature"
    )
    max_tokens = fields.Integer(
        string="Longest Answer (tokens)",
        gpt_setting=True,
        help="0: as the settings say.",
    )
    max_chars = fields.Integer(
        string="Longest Answer (characters)",
        default=900,
        gpt_setting=True,
        help="A longer answer is cut where a sentence ends. 0: never.",
    )
    mask_pii = fields.Boolean(
        string="Mask Personal Data",
        default=True,
        gpt_setting=True,
        help="Replaces tax numbers, bank accounts, phones, addresses and the like "
        "before anything leaves Odoo, and puts them back in the answer.",
    )
    # The drafts that were tried are snapshots, too, without a number.
    version_ids = fields.One2many(
        "gpt.chain.version",
        "chain_id",
        domain=[("number", ">", 0)],
        copy=False,
        gpt_unversioned="the versions themselves",
    )
    published_version_id = fields.Many2one(
        "gpt.chain.version",
        string="Published",
        copy=False,
        readonly=True,
        gpt_unversioned="the versions themselves",
    )
    draft_note = fields.Char(
        string="What Changed",
        copy=False,
        gpt_unversioned="becomes the note of the version",
        help="One line for the list of versions: what is different now, and why.",
    )
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("changed", "Changed since publishing"),
            ("published", "Published"),
        ],
        compute="_compute_state",
    )
    deprecation_warning = fields.Text(compute="_compute_deprecation_warning")
    keeps_cases = fields.Boolean(
        compute="_compute_keeps_cases",
        help="Whether an installed addon keeps examples of chains.",
    )

    def init(self):
        add_unique_constraint(self, "code")

    def _filled_models(self):
        """Return the models whose records answers of this chain are written to."""
        self.ensure_one()
        # sudo: ir.actions.server - which models, whoever may read the actions
        actions = self.env["ir.actions.server"].sudo()
        found = actions.search([("gpt_chain_id", "=", self.id)])
        names = set(found.mapped("model_id.model"))
        return [self.env[name] for name in sorted(names) if name in self.env]

    @api.depends("own_temperature", "own_temperature_value")
    def _compute_temperature(self):
        default = self.env["gpt.service"]._default_temperature()
        for chain in self:
            own = chain.own_temperature
            chain.temperature = chain.own_temperature_value if own else default

    def _inverse_temperature(self):
        default = self.env["gpt.service"]._default_temperature()
        for chain in self:
            chain.own_temperature_value = chain.temperature
            # Saving a form whose field shows the default must not freeze it.
            if tools.float_compare(chain.temperature, default, 2):
                chain.own_temperature = True

    # What a snapshot holds is what decides whether the draft was changed.
    @api.depends(lambda self: ("published_version_id", *self._setting_paths()))
    def _compute_state(self):
        for chain in self:
            version = chain.published_version_id
            if not version:
                chain.state = "draft"
            elif version.fingerprint == self._fingerprint(chain._snapshot()):
                chain.state = "published"
            else:
                chain.state = "changed"

    def _compute_keeps_cases(self):
        """An addon that keeps cases says so here, and overrides ``_new_case``."""
        self.keeps_cases = False

    def _offered_values(self, record):
        """Return what whoever runs chains about ``record`` would hand in, by input.

        An addon that runs chains offers there what it hands in itself, read with the
        user's rights. *Try It* takes what the chain declares.
        """
        return {}

    def _new_case(self, values, request=None):
        """Return a window in which these values become an example of the chain.

        Whoever offers that shows it where ``keeps_cases`` is set.

        :param values: inputs by name, without anybody's personal data
        :param request: a ``gpt.request`` that was made with them
        """
        raise UserError(self.env._("No installed addon keeps cases of chains."))

    @api.constrains("code")
    def _check_code(self):
        for chain in self:
            if not re.fullmatch(r"[A-Za-z_]\w*", chain.code):
                raise ValidationError(
                    self.env._(
                        "The code %(code)s may only have letters, digits and _.",
                        code=chain.code,
                    )
                )
            same = [("code", "=", chain.code), ("id", "!=", chain.id)]
            if self.with_context(active_test=False).search_count(same):
                raise ValidationError(
                    self.env._("There is a chain %(code)s already.", code=chain.code)
                )

    @api.constrains("own_temperature_value")
    def _check_temperature(self):
        for chain in self:
            if not 0 <= chain.own_temperature_value <= 2:
                raise ValidationError(
                    self.env._("The temperature must be between 0 and 2.")
                )

    @api.constrains("max_tokens", "max_chars")
    def _check_limits(self):
        for chain in self:
            if chain.max_tokens < 0 or chain.max_chars < 0:
                raise ValidationError(self.env._("Limits cannot be negative."))

    @api.constrains("input_ids", "step_ids")
    def _check_steps(self):
        """Check every prompt again: it may use what this change took away."""
        self.step_ids._check_prompts()

    @api.model_create_multi
    def create(self, vals_list):
        self._check_publishing(*vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_publishing(vals)
        return super().write(vals)

    def _check_publishing(self, *vals_list):
        if not self.env.su and any("published_version_id" in v for v in vals_list):
            raise UserError(self.env._("Press Publish to put a version in force."))

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for chain, vals in zip(self, vals_list, strict=True):
            vals.setdefault("code", chain._free_code())
            vals["name"] = self.env._("%(name)s (copy)", name=chain.name)
        return vals_list

    def action_try(self):
        """Open the page on which the chain can be tried."""
        self.ensure_one()
        return self.env["gpt.chain.trial"]._open(self)

    def action_compare(self):
        """Show what differs between the version in use and the draft."""
        self.ensure_one()
        return self.env["gpt.chain.compare"]._open(self, self.published_version_id)

    def action_publish(self):
        """Freeze the draft as a new version, which requests run from now on.

        An addon may ask first, or refuse.
        """
        for chain in self:
            question = chain._ask_before_publishing()
            if question:
                return question
            chain._publish()
        return True

    def _ask_before_publishing(self):
        """Return a window that asks whether the draft may be published, if any does."""
        return None

    def _publish(self):
        self.ensure_one()
        snapshot = self._checked_snapshot()
        if self.state == "published":
            return
        self._publish_snapshot(snapshot, self.draft_note)
        self.sudo().draft_note = False

    def _publish_snapshot(self, snapshot, note):
        """Put a new version with these settings in force, whatever the draft is."""
        self.ensure_one()
        self.check_access("write")
        # sudo: gpt.chain.version - versions come from here only, so that nobody can
        # put one in force that was not checked
        chain = self.sudo()
        chain.published_version_id = chain.version_ids.create(
            {"chain_id": self.id, "snapshot": snapshot, "note": note}
        )
        # How examples are shown may depend on it.
        self.env.registry.clear_cache()
        return chain.published_version_id.sudo(self.env.su)

    def _checked_snapshot(self):
        """Return the draft's snapshot.

        :raises UserError: when the draft cannot be run
        """
        self.ensure_one()
        if not self.step_ids:
            raise UserError(self.env._("%(name)s has no step yet.", name=self.name))
        # A name may have been changed behind the back of a prompt.
        self.step_ids._check_prompts()
        return self._snapshot()

    def _frozen_draft(self):
        """Return an immutable version of the draft, to try it without publishing it."""
        snapshot = self._checked_snapshot()
        # sudo: gpt.chain.version - as for publishing
        versions = self.env["gpt.chain.version"].sudo()
        same = versions.search(
            [
                ("chain_id", "=", self.id),
                ("fingerprint", "=", self._fingerprint(snapshot)),
            ],
            limit=1,
        )
        version = same or versions.create(
            {"chain_id": self.id, "snapshot": snapshot, "number": 0}
        )
        return version.sudo(self.env.su)

    @api.model
    def _fingerprint(self, snapshot):
        """Return what snapshots have in common exactly when they mean the same."""
        return digest(self._without_defaults(snapshot))

    @api.model
    def _spec_of(self, snapshot):
        """Return the :class:`~..engine.chain.spec.ChainSpec` of a snapshot."""
        from ..engine.chain.spec import ChainSpec

        return self._as_run(ChainSpec.model_validate(snapshot))

    @api.model
    def _as_run(self, spec):
        """Return a specification as it is run.

        An addon whose settings change what the steps ask does that here.
        """
        return spec

    @api.model
    def _readable_value(self, field, value):
        if field.type == "one2many":
            return [self.env[field.comodel_name]._readable(item) for item in value]
        return super()._readable_value(field, value)

    @api.depends("model_id", "fallback_model_id", "step_ids.model_id")
    def _compute_deprecation_warning(self):
        default = self.env["gpt.model"]._get_default()
        for chain in self:
            models_ = chain._draft_models()
            if chain._uses_default_model():
                models_ |= default
            chain.deprecation_warning = models_._deprecation_warnings()

    def action_switch_model(self):
        """Show what would change if a retiring model's successor took over."""
        self.ensure_one()
        models_ = self._draft_models() | self.published_version_id._asked_models()
        if self._uses_default_model():
            models_ |= self.env["gpt.model"]._get_default()
        retiring = models_.sudo(False).filtered("deprecation")
        return retiring.sorted("retires_on")[:1].action_switch()

    def _draft_models(self):
        """Return the models that the draft names."""
        return self.model_id | self.fallback_model_id | self.step_ids.model_id

    def _uses_default_model(self):
        """Tell whether a step of the draft asks the default model of the settings."""
        self.ensure_one()
        asking = self.step_ids.filtered("asks_model")
        return not self.model_id and any(not step.model_id for step in asking)

    def _usable_inputs(self):
        """Return the names that a caller may hand in, and whether it is published."""
        self.ensure_one()
        # sudo: gpt.chain.version - its names, not its prompts
        version = self.sudo().published_version_id
        if version:
            names = [declared.name for declared in version._spec().inputs]
        else:
            names = self.input_ids.mapped("name")
        return [*names, *RESERVED_NAMES], bool(version)

    def _free_code(self):
        number = 2
        while self.with_context(active_test=False).search_count(
            [("code", "=", f"{self.code}_{number}")]
        ):
            number += 1
        return f"{self.code}_{number}"
