# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from copy import deepcopy

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..utils.html_table import table

# What an answer needs at least where the model thinks first, which counts as output.
THINKING_TOKENS = 4000
# Switches that nobody made are kept for so long.
KEEP_DAYS = 1
# Fields of a chain, and of its steps, that name a model.
NAMING = ("model_id", "fallback_model_id")
# Where the settings show a parameter.
_SHOWN_AS = {
    "gpt_core.provider_id": "gpt_provider_id",
    "gpt_core.max_tokens": "gpt_max_tokens",
}
# What users may say of a switch; the rest is what came of it.
CHOSEN = {"model_id", "successor_id", "chain_ids", "thinking_tokens"}


class GptModelSwitch(models.Model):
    """The work of a model, such as one that retires, moved to its successor.

    Published chains get a new version each, so that the ledger still says what ran.
    Drafts are changed in the same places only: what somebody works on is not published.
    """

    _name = "gpt.model.switch"
    _description = "GPT Switch of Models"
    _inherit = ["gpt.link.mixin"]
    _order = "id desc"

    model_id = fields.Many2one(
        "gpt.model", string="From", required=True, readonly=True, ondelete="cascade"
    )
    successor_id = fields.Many2one(
        "gpt.model",
        string="To",
        domain="[('kind', '=', 'chat'), ('id', '!=', model_id)]",
        ondelete="cascade",
    )
    chain_ids = fields.Many2many("gpt.chain", string="Chains")
    thinking_tokens = fields.Integer(
        string="Shortest Limit of an Answer (tokens)",
        default=THINKING_TOKENS,
        help="A model that thinks first needs room for that: limits below this are "
        "raised to it. 0: they stay as they are.",
    )
    thinks = fields.Boolean(compute="_compute_thinks")
    state = fields.Selection(
        selection=[("draft", "To confirm"), ("done", "Done"), ("undone", "Taken back")],
        default="draft",
        readonly=True,
        required=True,
    )
    # What was changed: model, id, field, the value before and the one after.
    changes = fields.Json(readonly=True)
    # Of each chain, the ids of the version in use before, and of the one made here.
    versions = fields.Json(readonly=True)
    note = fields.Text(readonly=True)
    models_html = fields.Html(
        string="The Models", compute="_compute_preview", sanitize=False
    )
    changes_html = fields.Html(
        string="What Changes", compute="_compute_preview", sanitize=False
    )

    @api.depends("model_id.name", "successor_id.name")
    def _compute_display_name(self):
        for switch in self:
            names = (switch.model_id.name, switch.successor_id.name or "?")
            switch.display_name = " → ".join(names)

    @api.depends("successor_id.supports_temperature")
    def _compute_thinks(self):
        """Models that think first take no temperature."""
        for switch in self:
            heir = switch.successor_id
            switch.thinks = bool(heir) and not heir.supports_temperature

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_chosen(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_chosen(vals)
        if not self.env.su and any(switch.state != "draft" for switch in self):
            raise UserError(self.env._("What was done is not changed any more."))
        return super().write(vals)

    def _check_chosen(self, vals):
        if not self.env.su and vals.keys() - CHOSEN:
            raise AccessError(self.env._("Press Switch, or Take Back."))

    @api.autovacuum
    def _gc_not_made(self):
        before = fields.Datetime.now() - relativedelta(days=KEEP_DAYS)
        self.search([("state", "=", "draft"), ("create_date", "<", before)]).unlink()

    @api.model
    def _open_for(self, model):
        """Return the window that shows what would change, and asks."""
        model.ensure_one()
        switch = self.create(
            {
                "model_id": model.id,
                "successor_id": model.replaced_by_id.id,
                "chain_ids": [fields.Command.set(self._chains_with(model).ids)],
            }
        )
        return switch._open()

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Switch to Another Model"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    @api.model
    def _chains_with(self, model):
        """Return the chains that ask a model: drafts, and versions in use."""
        is_default = model == self.env["gpt.model"]._get_default()
        chains = self.env["gpt.chain"].search([("active", "=", True)])
        return chains.filtered(
            lambda chain: (
                model in chain._draft_models()
                or (is_default and chain._uses_default_model())
                or model in chain.published_version_id._asked_models()
            )
        )

    @api.depends(
        "model_id", "successor_id", "chain_ids", "thinking_tokens", "state", "changes"
    )
    @api.depends_context("lang")
    def _compute_preview(self):
        for switch in self:
            switch.models_html = switch._models_table()
            switch.changes_html = switch._changes_table()

    def _models_table(self):
        old, new = self.model_id, self.successor_id
        names = (
            "context_window", "max_output_tokens", "supports_temperature",
            "structured_output", "price_input", "price_cached", "price_output",
            "price_cache_write", "long_context_from", "retires_on",
        )  # fmt: skip
        rows = [
            (
                old._fields[name]._description_string(self.env),
                self._shown(old, name),
                self._shown(new, name),
            )
            for name in names
        ]
        return table(("", old.name or "", new.name or "?"), rows)

    def _shown(self, model, name):
        value = model[name]
        if isinstance(value, bool) and name.startswith("supports"):
            return "✓" if value else "✗"
        field = model._fields[name]
        if field.type == "selection":
            ways = dict(field._description_selection(self.env))
            return ways.get(value, "-")
        if name == "retires_on":
            return format_date(self.env, value) if value else "-"
        return f"{value:g}" if value and isinstance(value, float) else value or "-"

    def _changes_table(self):
        done = self.state != "draft"
        changes = self.changes or [] if done else self._plan()
        rows = []
        for model, res_id, name, before, after in changes:
            record = self.env[model].browse(res_id).exists()
            field = self.env[model]._fields[name]
            rows.append(
                (
                    self._where(record),
                    self._label(record, field),
                    self._readable(field, before),
                    self._readable(field, after),
                )
            )
        if not done and not rows and not self._new_snapshots():
            return False
        if not done:
            rows += [
                (chain.name, self.env._("Version in use"), before, before + 1)
                for chain, before in self._numbers()
            ]
        heads = ("", self.env._("Setting"), self.env._("Now"), self.env._("Then"))
        return table(heads, rows)

    def _numbers(self):
        for chain in self._new_snapshots():
            yield chain, max(chain.version_ids.mapped("number"), default=0)

    def _where(self, record):
        if not record:
            return "-"
        if record._name == "ir.config_parameter":
            return self.env._("Settings")
        if record._name == "gpt.chain.step":
            return f"{record.chain_id.name} / {record.name}"
        return record.display_name

    def _label(self, record, field):
        if record._name == "ir.config_parameter":
            settings = self.env["res.config.settings"]._fields
            field = settings[_SHOWN_AS.get(record.key, "gpt_model_id")]
        return field._description_string(self.env)

    def _readable(self, field, value):
        if field.type == "many2one":
            return self.env[field.comodel_name].browse(value).name or "-"
        return value

    def _plan(self):
        """Return the changes of what is not a version, as ``changes`` keeps them."""
        self.ensure_one()
        if not self.successor_id:
            return []
        changes = []
        for chain in self.chain_ids._origin:
            if not self._is_asked_by_draft(chain):
                continue
            for record in (chain, *chain.step_ids):
                names = [name for name in NAMING if name in record._fields]
                for name in names:
                    if record[name] == self.model_id:
                        new = self.successor_id._origin.id
                        changes.append(
                            [record._name, record.id, name, self.model_id.id, new]
                        )
                before = limit = record.max_tokens
                if self._is_work_of(record.model_id.id, chain.model_id.id):
                    limit = self._fitting(limit)
                if limit != before:
                    changes.append(
                        [record._name, record.id, "max_tokens", before, limit]
                    )
        budgets = self.env["gpt.budget"].search(
            [("cheaper_model_id", "=", self.model_id.id)]
        )
        changes += [
            [b._name, b.id, "cheaper_model_id", self.model_id.id, self.successor_id.id]
            for b in budgets
        ]
        return changes + self._default_changes()

    def _is_asked_by_draft(self, chain):
        by_default = self._is_default() and chain._uses_default_model()
        return by_default or self.model_id in chain._draft_models()

    def _is_work_of(self, own_id, chain_model_id):
        """Tell whether what names these models, or none, asks the one that retires."""
        default = self.env["gpt.model"]._get_default()
        return (own_id or chain_model_id or default.id) == self.model_id.id

    def _is_default(self):
        return self.model_id == self.env["gpt.model"]._get_default()

    def _default_changes(self):
        """Return the changes of the settings, for those who may change them."""
        if not self._is_default() or not self.env.user.has_group("base.group_system"):
            return []
        heir = self.successor_id
        wanted = {"gpt_core.model": heir.name}
        if heir.provider_id != self.model_id.provider_id:
            wanted["gpt_core.provider_id"] = str(heir.provider_id.id)
        params = self.env["ir.config_parameter"].sudo(False)
        limit = int(params.get_param("gpt_core.max_tokens") or 0)
        if self._fitting(limit) != limit:
            wanted["gpt_core.max_tokens"] = str(self._fitting(limit))
        found = params.search([("key", "in", list(wanted))])
        return [
            [param._name, param.id, "value", param.value, wanted[param.key]]
            for param in found
            if param.value != wanted[param.key]
        ]

    def _fitting(self, limit):
        """Return the limit of an answer that fits the successor; 0 stays 0."""
        if not limit:
            return limit
        if self.thinks:
            limit = max(limit, self.thinking_tokens)
        most = self.successor_id.max_output_tokens
        return min(limit, most) if most else limit

    def _new_snapshots(self):
        """Return the settings of the versions to be made, by their chains."""
        if not self.successor_id:
            return {}
        found = {}
        for chain in self.chain_ids._origin:
            version = chain.published_version_id
            if version and self.model_id in version._asked_models():
                snapshot = self._switched(version.snapshot)
                if snapshot != version.snapshot:
                    found[chain] = snapshot
        return found

    def _switched(self, snapshot):
        snapshot = deepcopy(snapshot)
        chain_model_id = snapshot.get("model_id")
        for part in (snapshot, *snapshot.get("steps", ())):
            works = self._is_work_of(part.get("model_id"), chain_model_id)
            for name in NAMING:
                if part.get(name) == self.model_id.id:
                    part[name] = self.successor_id.id
            if works and part.get("max_tokens"):
                part["max_tokens"] = self._fitting(part["max_tokens"])
        return snapshot

    # Doing it, and taking it back

    def action_switch(self):
        """Change the drafts, and put a new version of each published chain in use."""
        self.ensure_one()
        if self.state != "draft":
            raise UserError(self.env._("This was done already."))
        if not self.successor_id:
            raise UserError(self.env._("Choose the model that takes over."))
        snapshots, changes = self._new_snapshots(), self._plan()
        self._check_may_fill(snapshots)
        note = self.env._(
            "%(new)s instead of %(old)s",
            new=self.successor_id.name,
            old=self.model_id.name,
        )
        versions = {
            str(chain.id): [
                chain.published_version_id.id,
                chain._publish_snapshot(snapshot, note).id,
            ]
            for chain, snapshot in snapshots.items()
        }
        for model, res_id, name, _before, after in changes:
            self.env[model].browse(res_id).write({name: after})
        # sudo: gpt.model.switch - what came of it is written here only
        self.sudo().write({"state": "done", "changes": changes, "versions": versions})
        return self._open()

    def action_undo(self):
        """Put back what was changed here and is still as it was left."""
        self.ensure_one()
        if self.state != "done":
            raise UserError(self.env._("There is nothing to take back."))
        note = self.env._(
            "Back to %(old)s from %(new)s",
            old=self.model_id.name,
            new=self.successor_id.name,
        )
        kept = []
        for chain_id, (before, after) in (self.versions or {}).items():
            chain = self.env["gpt.chain"].browse(int(chain_id)).exists()
            if chain and chain.published_version_id.id == after:
                old = self.env["gpt.chain.version"].browse(before)
                chain._publish_snapshot(old.snapshot, note)
            elif chain:
                kept.append(chain.name)
        for model, res_id, name, before, after in self.changes or []:
            record = self.env[model].browse(res_id).exists()
            field = self.env[model]._fields[name]
            value = record[name].id if field.type == "many2one" else record[name]
            if record and value == after:
                record.write({name: before})
        text = kept and self.env._(
            "Published again since, and left as they are: %(chains)s",
            chains=", ".join(kept),
        )
        # sudo: gpt.model.switch - as above
        self.sudo().write({"state": "undone", "note": text or False})
        return self._open()

    def _check_may_fill(self, snapshots):
        """Refuse to publish where answers would no longer get to their fields."""
        for chain, snapshot in snapshots.items():
            lost = chain.published_version_id._lost_fields(snapshot)
            if lost:
                raise AccessError(
                    self.env._(
                        "Answers of %(chain)s fill %(fields)s, which you may not "
                        "change. Take the chain out, or have this done by somebody "
                        "who may.",
                        chain=chain.name,
                        fields=", ".join(lost),
                    )
                )
