# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How near a collection comes to questions that it cannot answer."""

from odoo import fields, models

from ..engine.cohort import Unanswered
from ..search import Scope, Search

# It is measured again once the number of chunks has changed by this share.
CHANGED = 0.2
MANAGER = "gpt_core.group_gpt_manager"


class GptKbCollection(models.Model):
    # One subject a file. pylint: disable-next=consider-merging-classes-inherited
    _inherit = "gpt.kb.collection"

    unanswered_nearest = fields.Float(
        string="Nearest without an Answer", digits=(16, 6), groups=MANAGER, copy=False
    )
    unanswered_spread = fields.Float(
        string="Spread without an Answer", digits=(16, 6), groups=MANAGER, copy=False
    )
    # Of what it was measured; 0: never.
    unanswered_chunks = fields.Integer(
        string="Passages Compared", groups=MANAGER, copy=False
    )
    unanswered_model_id = fields.Many2one(
        "gpt.model", string="Compared by", groups=MANAGER, copy=False
    )

    def _is_measured(self):
        """Tell whether what was measured still holds, about."""
        self.ensure_one()
        if not self.unanswered_chunks or self.unanswered_model_id != self.model_id:
            return False
        change = abs(self._vector_count() - self.unanswered_chunks)
        return change <= CHANGED * self.unanswered_chunks

    def _vector_count(self):
        self.ensure_one()
        return self.env["gpt.kb.chunk"].search_count(
            [("collection_id", "=", self.id), ("model_id", "=", self.model_id.id)]
        )

    def _measure(self):
        """Compare this collection with questions that it cannot answer.

        :raises StoreError: when its store does not answer
        """
        self.ensure_one()
        count = self._vector_count()
        vectors = self.model_id._cohort_vectors()
        if not count or not vectors:
            return
        engine = self.env["gpt.kb.search"]
        place = (self.store_id.id, self.model_id.id, len(vectors[0]), count)
        similarities = []
        for vector in vectors:
            search = Search("", vectors={self.model_id.id: vector})
            search.scope = Scope(collection_ids=(self.id,))
            similarities += engine._nearest(place, search, 1).values()
        if not similarities:
            return
        unanswered = Unanswered.of(similarities)
        self.write(
            {
                "unanswered_nearest": unanswered.nearest,
                "unanswered_spread": unanswered.spread,
                "unanswered_chunks": count,
                "unanswered_model_id": self.model_id.id,
            }
        )
