# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..utils.enqueue import delayed
from ..utils.transaction import clean_superuser, own_transaction

# Models that one transaction adds.
BATCH = 200
# Names that are shown of what is left out.
SHOWN = 5


class GptModelFetch(models.TransientModel):
    """The models that a provider listed, on their way into the catalogue."""

    _name = "gpt.model.fetch"
    _description = "GPT Fetch of Models"
    _inherit = ["gpt.link.mixin"]
    _rec_name = "provider_id"

    provider_id = fields.Many2one(
        "gpt.provider", required=True, readonly=True, ondelete="cascade"
    )
    # What the provider listed and the job has not looked at yet.
    waiting = fields.Json(readonly=True)
    # Which model replaces which, by name; both may be in later batches.
    heirs = fields.Json(readonly=True)
    left_out = fields.Json(string="Names Left Out", readonly=True)
    job_uuid = fields.Char(readonly=True)
    state = fields.Selection(
        selection=[("running", "Running"), ("done", "Done"), ("failed", "Failed")],
        default="running",
        readonly=True,
    )
    is_running = fields.Boolean(compute="_compute_progress")
    progress = fields.Float(compute="_compute_progress")
    total = fields.Integer(string="Models Listed", readonly=True)
    done = fields.Integer(string="Looked At", readonly=True)
    created_count = fields.Integer(string="Added", readonly=True)
    updated_count = fields.Integer(string="Completed", readonly=True)
    without_price_count = fields.Integer(string="Added without a Price", readonly=True)
    left_out_text = fields.Text(string="Left Out", compute="_compute_left_out_text")

    @api.depends("state", "total", "done")
    def _compute_progress(self):
        for fetch in self:
            fetch.is_running = fetch.state == "running"
            fetch.progress = 100 * fetch.done / (fetch.total or 1)

    @api.depends("left_out")
    @api.depends_context("lang")
    def _compute_left_out_text(self):
        for fetch in self:
            fetch.left_out_text = "\n".join(
                self._left_out_line(kind, names)
                for kind, names in sorted((fetch.left_out or {}).items())
            )

    @api.model
    def _left_out_line(self, kind, names):
        kinds = {
            "speech": self.env._("Speech"),
            "image": self.env._("Images"),
            "video": self.env._("Video"),
            "moderation": self.env._("Moderation"),
            "rerank": self.env._("Reranking"),
            "ocr": self.env._("Text recognition"),
            "completion": self.env._("Completion of texts"),
        }
        more = " …" if len(names) > SHOWN else ""
        shown = ", ".join(names[:SHOWN])
        return f"{kinds.get(kind, kind)} ({len(names)}): {shown}{more}"

    @api.model
    def _start(self, provider, served):
        """Enqueue the job; return the window that shows how far it is.

        :param served: a list of :class:`~..engine.provider.served_model.ServedModel`
        """
        self.env["gpt.model"].check_access("create")
        # sudo: gpt.model.fetch - only a provider's own list gets in here
        fetch = self.sudo().create(
            {
                "provider_id": provider.id,
                "waiting": [model.as_json() for model in served],
                "total": len(served),
                "state": "running" if served else "done",
            }
        )
        if served:
            job = delayed(
                clean_superuser(fetch),
                identity_key=f"gpt-model-fetch-{fetch.id}",
                description=self.env._(
                    "Fetch the models of %(provider)s", provider=provider.name
                ),
            )._fetch_job()
            fetch.job_uuid = job.uuid
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Fetch Models"),
            "res_model": self._name,
            "res_id": fetch.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_show_models(self):
        """Show the models of the provider."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gpt_core.gpt_model_action"
        )
        return action | {"domain": [("provider_id", "=", self.provider_id.id)]}

    # The job: one transaction after the other, each leaves the rest to the next.

    def _fetch_job(self):
        """Add what was listed to the catalogue; the job of :meth:`_start`."""
        try:
            while self._take_batch():
                continue
        except Exception:
            self._fail()
            raise

    @own_transaction
    def _fail(self):
        self.exists().state = "failed"

    @own_transaction
    def _take_batch(self):
        """Look at the next models that were listed; tell whether some are left."""
        from ..engine.provider.served_model import ServedModel

        fetch = self.exists()
        if not fetch or not fetch.waiting:
            return False
        batch, rest = fetch.waiting[:BATCH], fetch.waiting[BATCH:]
        fetch._add([ServedModel.from_json(kept) for kept in batch])
        fetch.write({"waiting": rest, "done": fetch.total - len(rest)})
        if not rest:
            fetch._link_heirs()
            fetch.state = "done"
        return bool(rest)

    def _catalogue(self, names):
        """Return the provider's models of these names, archived ones too, by name."""
        found = (
            self.env["gpt.model"]
            .with_context(active_test=False)
            .search(
                [
                    ("provider_id", "=", self.provider_id.id),
                    ("name", "in", list(names)),
                ]
            )
        )
        return {model.name: model for model in found}

    def _add(self, served):
        """Create the models that are new, and complete those that are known."""
        known = self._catalogue([model.name for model in served])
        new, left_out = [], dict(self.left_out or {})
        for model in served:
            if model.name in known:
                self.updated_count += known[model.name]._complete_from(model)
            elif model.is_usable:
                new.append(self.provider_id._prepare_model(model))
            else:
                names = left_out.get(model.kind, [])
                left_out[model.kind] = [*names, model.name]
        created = self.env["gpt.model"].create(new)
        heirs = {model.name: model.replaced_by for model in served if model.replaced_by}
        self.write(
            {
                "left_out": left_out,
                "heirs": {**(self.heirs or {}), **heirs},
                "created_count": self.created_count + len(created),
                "without_price_count": self.without_price_count
                + len(created.filtered(lambda model: not model.price_input)),
            }
        )

    def _link_heirs(self):
        """Name the successors that the provider gave, where nobody chose one."""
        heirs = self.heirs or {}
        found = self._catalogue({*heirs, *heirs.values()})
        for name, heir in heirs.items():
            model = found.get(name)
            if model and heir in found and heir != name and not model.replaced_by_id:
                model.replaced_by_id = found[heir]
