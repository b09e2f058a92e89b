# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, models

# What a tuned model has from its base.
INHERITED = (
    "context_window", "max_output_tokens", "supports_temperature", "structured_output",
    "limit_name", "reasoning_effort", "reasoning_tokens", "retires_on", "currency_id",
)  # fmt: skip
_DAY = re.compile(r"-\d{4}-\d{2}-\d{2}$")


class GptTuningModel(models.AbstractModel):
    """Enters tuned models, and what they were tuned from, into the catalogue."""

    _name = "gpt.tuning.model"
    _description = "GPT Tuned Models"

    @api.model
    def _find(self, provider, name):
        """Return the provider's model of a name, archived ones too."""
        return (
            self.env["gpt.model"]
            .with_context(active_test=False)
            .search(
                [
                    ("provider_id", "=", provider.id),
                    ("name", "=", name),
                    ("kind", "=", "chat"),
                ],
                limit=1,
            )
        )

    @api.model
    def _base(self, job):
        """Return what the catalogue knows of the base model, empty if nothing.

        A dated name is that of the model without the day.
        """
        name = (job.base_model or "").strip()
        return self._find(job.provider_id, name) or self._find(
            job.provider_id, _DAY.sub("", name)
        )

    @api.model
    def _base_to_compare(self, job):
        """Return the catalogue's model of exactly the base's name; it is added."""
        name = (job.base_model or "").strip()
        known = self._find(job.provider_id, name)
        # sudo: gpt.model - it is there already, under the name without the day
        base = self.sudo()._base(job)
        if known or not base:
            return known or self._add(job, name)
        return base.copy({"name": name}).sudo(self.env.su)

    @api.model
    def _add(self, job, name):
        """Return the catalogue's model of that name, like its base; it is added.

        The prices are those that are published, if they are.
        """
        # sudo: gpt.model - the result of a job, which managers may start
        known = self.sudo()._find(job.provider_id, name)
        if known:
            known.active = True
            return known.sudo(self.env.su)
        base = self.sudo()._base(job)
        values = {
            field: value.id if field == "currency_id" else value
            for field in INHERITED
            if (value := base[field])
        }
        values["supports_temperature"] = base.supports_temperature if base else True
        model = (
            self.env["gpt.model"]
            .sudo()
            .create({"name": name, "provider_id": job.provider_id.id, **values})
        )
        offered = job.provider_id.sudo()._listed_values(name)
        if "price_source" in offered:
            model.write(offered)
        return model.sudo(self.env.su)
