# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which chunks somebody may be given, as SQL; ``gpt.kb.access`` decides it."""

from dataclasses import dataclass

from odoo.tools import SQL


@dataclass(frozen=True)
class AccessFilter:
    """Where somebody may look.

    :param collection_ids: collections that they may read whole
    :param document_ids: documents that they may read, of collections with others in
        them
    """

    collection_ids: tuple[int, ...] = ()
    document_ids: tuple[int, ...] = ()

    def __bool__(self):
        return bool(self.collection_ids or self.document_ids)

    def sql(self):
        """Return the condition for a chunk with the alias ``kbk``.

        Arrays and no subselects: the planner then keeps to the index of vectors, and
        looks a document up by hash.
        """
        return SQL(
            "(kbk.collection_id = ANY(%s) OR kbk.document_id = ANY(%s))",
            list(self.collection_ids),
            list(self.document_ids),
        )
