# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib

from odoo import models

# Models that can be asked for shorter vectors than they make by themselves.
_SHORTENED = ("text-embedding-3",)
_VECTORS_OF = ("name", "dimensions", "passage_prefix")


class GptModel(models.Model):
    _inherit = "gpt.model"

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
        parts = [self.name, str(self.dimensions), self.passage_prefix or ""]
        digest = hashlib.sha256(" ".join(parts).encode()).hexdigest()
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

    def _vector_length(self):
        """Return how long the vectors of this model are that are kept, 0 without any.

        One that came by mistake does not decide: it is the length of most of them.
        """
        self.ensure_one()
        self.env["gpt.kb.chunk"].flush_model(["model_id", "dimensions"])
        self.env.cr.execute(
            """SELECT dimensions FROM gpt_kb_chunk
                WHERE model_id = %s AND dimensions > 0
                GROUP BY dimensions ORDER BY count(*) DESC, dimensions LIMIT 1""",
            [self.id],
        )
        return (self.env.cr.fetchone() or (0,))[0]

    def _has_vectors_of(self, length):
        """Tell whether vectors of this length are kept; fast when there are some."""
        self.ensure_one()
        self.env["gpt.kb.chunk"].flush_model(["model_id", "dimensions"])
        self.env.cr.execute(
            """SELECT 1 FROM gpt_kb_chunk
                WHERE model_id = %s AND dimensions = %s LIMIT 1""",
            [self.id, length],
        )
        return bool(self.env.cr.fetchone())

    def _length_problem(self, length, kept):
        """Say that the model makes other vectors than those that are kept."""
        self.ensure_one()
        return self.env._(
            "%(model)s gives vectors of %(length)s numbers now, those of its documents "
            "have %(kept)s. If it has become another model, enter the new dimensions "
            "in its form: all of its documents are then indexed again.",
            model=self.name,
            length=length,
            kept=kept,
        )
