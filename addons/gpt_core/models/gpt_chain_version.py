# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models, tools
from odoo.exceptions import UserError

# Tried drafts that nothing refers to any more are kept for so long.
KEEP_DAYS = 30


class GptChainVersion(models.Model):
    """A published chain as it was: what requests run, and what they name.

    A draft that was tried is kept in the same way, without a number.
    """

    _name = "gpt.chain.version"
    _description = "GPT Chain Version"
    _order = "chain_id, number desc, id desc"
    _rec_name = "number"

    chain_id = fields.Many2one(
        "gpt.chain", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="chain_id.company_id", store=True)
    number = fields.Integer(readonly=True)
    note = fields.Char(string="What Changed", readonly=True)
    # Read with _spec(), once: not whenever a request asks which chain it ran.
    snapshot = fields.Json(required=True, prefetch=False)
    # Equal for versions that mean the same.
    fingerprint = fields.Char(compute="_compute_fingerprint", store=True, index=True)
    is_published = fields.Boolean(compute="_compute_is_published")

    @api.depends("snapshot")
    def _compute_fingerprint(self):
        for version in self:
            version.fingerprint = version.chain_id._fingerprint(version.snapshot or {})

    @api.depends("chain_id.published_version_id")
    def _compute_is_published(self):
        for version in self:
            version.is_published = version.chain_id.published_version_id == version

    @api.depends("number", "note", "chain_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for version in self:
            chain = version.chain_id.name
            if version.number:
                version.display_name = f"{chain} v{version.number}"
            elif version.note:
                version.display_name = f"{chain} ({version.note})"
            else:
                version.display_name = self.env._("%(chain)s (draft)", chain=chain)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("number") != 0:
                last = self.search([("chain_id", "=", vals["chain_id"])], limit=1)
                vals["number"] = last.number + 1
        return super().create(vals_list)

    def write(self, vals):
        if vals.keys() & {"chain_id", "number", "snapshot", "fingerprint", "note"}:
            raise UserError(
                self.env._("A version is what ran, and cannot be changed any more.")
            )
        return super().write(vals)

    def _may_fill(self, model, name):
        """Tell whether whoever published this may change a field of ``model``.

        Answers are written with the rights of others, into fields that they chose.
        """
        self.ensure_one()
        # sudo: gpt.chain.version - who published it, for whoever runs it
        publisher = self.sudo().create_uid
        return name in model._fields and self.env["gpt.chain.output"]._may_fill(
            publisher, model, name
        )

    def _lost_fields(self, snapshot):
        """Return fields that answers fill now, and would not if the user published.

        :param snapshot: the settings of what would be published
        """
        self.ensure_one()
        outputs = self.env["gpt.chain.output"]
        names = {
            output.get("field_name")
            for step in snapshot.get("steps", ())
            for output in step.get("outputs", ())
        }
        return [
            name
            for model in self.chain_id._filled_models()
            for name in sorted(filter(None, names))
            if self._may_fill(model, name)
            and not outputs._may_fill(self.env.user, model, name)
        ]

    def action_restore(self):
        """Make the draft of the chain equal to this version; nothing is published."""
        self.ensure_one()
        chain = self.chain_id
        # Without steps, nothing uses an input that is about to be renamed.
        chain.step_ids.unlink()
        values = chain._values_of(self.snapshot)
        steps = values.pop("step_ids")
        chain.write(values)
        chain.step_ids = steps
        chain.draft_note = self.env._("Back to version %(number)s", number=self.number)
        chain.message_post(
            body=self.env._(
                "The draft was made equal to %(version)s.", version=self.display_name
            )
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "gpt.chain",
            "res_id": chain.id,
            "views": [(False, "form")],
            "target": "main",
        }

    def action_compare(self):
        """Show what differs between this version and the draft."""
        self.ensure_one()
        return self.env["gpt.chain.compare"]._open(self.chain_id, left=self)

    @api.autovacuum
    def _gc_tried_drafts(self):
        before = fields.Datetime.now() - relativedelta(days=KEEP_DAYS)
        tried = self.search([("number", "=", 0), ("create_date", "<", before)])
        (tried - tried._in_use()).unlink()

    def _in_use(self):
        """Return those of these versions that something refers to.

        An addon that refers to versions adds its own.
        """
        used = self.env["gpt.request"]._read_group(
            [("chain_version_id", "in", self.ids)], ["chain_version_id"]
        )
        return self.concat(*(version for (version,) in used))

    @tools.ormcache("self.id")
    def _chain_id(self):
        """Return the id of the chain, which never changes: each request asks for it."""
        return self.chain_id.id

    @tools.ormcache("self.id")
    def _spec(self):
        """Return the :class:`~..engine.chain.spec.ChainSpec` of this version.

        Neither of them ever changes, so it is read and checked once.
        """
        self.ensure_one()
        return self.env["gpt.chain"]._spec_of(self.snapshot)

    def _asked_models(self):
        """Return the models that these versions ask."""
        # sudo: gpt.model - whichever models the chains name, whoever looks
        catalogue = self.env["gpt.model"].sudo()
        ids = set()
        for version in self:
            spec = version._spec()
            own = spec.model_id or catalogue._get_default(version.company_id).id
            ids.add(spec.fallback_model_id)
            ids |= {step.model_id or own for step in spec.steps if step.asks_model}
        return catalogue.browse(sorted(filter(None, ids))).exists()
