# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib

from odoo import fields, models

from ..engine.cohort import COHORT_HASH

# Models that can be asked for shorter vectors than they make by themselves.
_SHORTENED = ("text-embedding-3",)
_VECTORS_OF = ("name", "dimensions")


class GptModel(models.Model):
    _inherit = "gpt.model"

    # {"of": which vectors these are, "vectors": those of the engine's COHORT}
    kb_cohort = fields.Json(
        string="Vectors of Comparison",
        groups="base.group_system",
        prefetch=False,
        copy=False,
    )

    def write(self, vals):
        """A record that becomes another model has not made its vectors any more."""
        changed = self.filtered(
            lambda model: any(
                name in vals and model[name] != vals[name] for name in _VECTORS_OF
            )
        )
        # sudo: gpt.kb.chunk - of whichever documents, whoever may read them
        self.env["gpt.kb.chunk"].sudo()._outdate_vectors(changed)
        return super().write(vals)

    def _vectors_key(self):
        """Return what tells vectors apart that cannot be compared with each other."""
        self.ensure_one()
        digest = hashlib.sha256(f"{self.name} {self.dimensions}".encode()).hexdigest()
        return f"{self.id}_{digest[:8]}"

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

    def _cohort_key(self):
        self.ensure_one()
        return f"{self.name} {self.dimensions} {COHORT_HASH}"

    def _cohort_vectors(self):
        """Return the vectors of the engine's ``COHORT``, ``[]`` before they exist."""
        kept = self.kb_cohort or {}
        return kept["vectors"] if kept.get("of") == self._cohort_key() else []

    def _keep_cohort(self, vectors):
        # Nine digits tell every single-precision number apart from its neighbours.
        rounded = [[float(f"{value:.9g}") for value in vector] for vector in vectors]
        self.kb_cohort = {"of": self._cohort_key(), "vectors": rounded}
