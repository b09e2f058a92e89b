# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

# Models that can be asked for shorter vectors than they make by themselves.
_SHORTENED = ("text-embedding-3",)


class GptModel(models.Model):
    _inherit = "gpt.model"

    def _get_own_embeddings(self):
        """Return LangChain's ``Embeddings`` of this model.

        :raises GptError: ``not_configured`` when its provider has no key
        """
        self.ensure_one()
        # Other models refuse the parameter.
        shortened = self.name.startswith(_SHORTENED)
        return self.provider_id._get_embeddings(
            self.name, dimensions=self.dimensions if shortened else 0
        )
