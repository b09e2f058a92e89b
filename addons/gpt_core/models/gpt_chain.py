# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from ..engine.chain.fingerprint import fingerprint
from ..engine.chain.template import RESERVED_NAMES
from ..utils.unique import add_unique_constraint


class GptChain(models.Model):
    """Prompts in order, with declared inputs and limits, owned by an administrator.

    What is edited here is a draft. Requests run the version that was published last.
    """

    _name = "gpt.chain"
    _description = "GPT Chain"
    _inherit = ["mail.thread", "gpt.link.mixin"]
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        copy=False,
        help="The name by which programs call the chain: letters, digits and _.",
    )
    active = fields.Boolean(default=True)
    description = fields.Text(translate=True)
    company_id = fields.Many2one(
        "res.company", help="Empty: every company may use this chain."
    )
    input_ids = fields.One2many("gpt.chain.input", "chain_id", copy=True)
    step_ids = fields.One2many("gpt.chain.step", "chain_id", copy=True)
    model_id = fields.Many2one(
        "gpt.model",
        domain=[("kind", "=", "chat")],
        help="Empty: the default model of the settings.",
    )
    fallback_model_id = fields.Many2one(
        "gpt.model",
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
    own_temperature_value = fields.Float(digits=(3, 2))
    max_tokens = fields.Integer(
        string="Longest Answer (tokens)", help="0: as the settings say."
    )
    max_chars = fields.Integer(
        string="Longest Answer (characters)",
        default=900,
        help="A longer answer is cut where a sentence ends. 0: never.",
    )
    mask_pii = fields.Boolean(
        string="Mask Personal Data",
        default=True,
        help="Replaces tax numbers, bank accounts, phones, addresses and the like "
        "before anything leaves Odoo, and puts them back in the answer.",
    )
    # The drafts that were tried are snapshots, too, without a number.
    version_ids = fields.One2many(
        "gpt.chain.version",
        "chain_id",
        domain=[("number", ">", 0)],
        copy=False,
    )
    published_version_id = fields.Many2one(
        "gpt.chain.version", string="Published", copy=False, readonly=True
    )
    draft_note = fields.Char(
        string="What Changed",
        copy=False,
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
    @api.depends(
        "published_version_id",
        "code",
        "model_id",
        "fallback_model_id",
        "own_temperature",
        "own_temperature_value",
        "max_tokens",
        "max_chars",
        "mask_pii",
        "input_ids",
        "input_ids.name",
        "input_ids.trusted",
        "input_ids.max_chars",
        "step_ids",
        "step_ids.name",
        "step_ids.sequence",
        "step_ids.kind",
        "step_ids.system_prompt",
        "step_ids.user_prompt",
        "step_ids.model_id",
        "step_ids.own_temperature",
        "step_ids.own_temperature_value",
        "step_ids.max_tokens",
        "step_ids.max_chars",
        "step_ids.passages",
        "step_ids.output_ids.name",
        "step_ids.output_ids.ttype",
        "step_ids.output_ids.description",
        "step_ids.output_ids.required",
        "step_ids.output_ids.choices",
        "step_ids.output_ids.field_name",
    )
    def _compute_state(self):
        for chain in self:
            version = chain.published_version_id
            if not version:
                chain.state = "draft"
            elif version.fingerprint == fingerprint(chain._snapshot()):
                chain.state = "published"
            else:
                chain.state = "changed"

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

    def action_publish(self):
        """Freeze the draft as a new version, which requests run from now on.

        What breaks a case of the chain is first shown, or refused, as the settings say.
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
        # sudo: gpt.chain.version - versions come from here only, so that nobody can
        # put one in force that was not checked
        chain = self.sudo()
        chain.published_version_id = chain.version_ids.create(
            {
                "chain_id": self.id,
                "snapshot": snapshot,
                "note": self.draft_note,
            }
        )
        chain.draft_note = False

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
            [("chain_id", "=", self.id), ("fingerprint", "=", fingerprint(snapshot))],
            limit=1,
        )
        version = same or versions.create(
            {"chain_id": self.id, "snapshot": snapshot, "number": 0}
        )
        return version.sudo(self.env.su)

    def _snapshot(self):
        """Return what defines the chain as JSON, read by ``engine.spec.ChainSpec``."""
        self.ensure_one()
        # Sorted here: what was loaded before a step was moved has the old order.
        return {
            "code": self.code,
            "inputs": [item._snapshot() for item in self.input_ids.sorted("sequence")],
            "steps": [step._snapshot() for step in self.step_ids.sorted("sequence")],
            "model_id": self.model_id.id or None,
            "fallback_model_id": self.fallback_model_id.id or None,
            "temperature": (
                self.own_temperature_value if self.own_temperature else None
            ),
            "max_tokens": self.max_tokens,
            "max_chars": self.max_chars,
            "mask_pii": self.mask_pii,
        }

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
