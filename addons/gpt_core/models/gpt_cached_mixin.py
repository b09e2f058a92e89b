# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class GptCachedMixin(models.AbstractModel):
    """Settings that every request reads and that hardly ever change.

    What is remembered of them (``ormcache``) is forgotten as soon as one changes.
    """

    _name = "gpt.cached.mixin"
    _description = "GPT Remembered Settings"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
