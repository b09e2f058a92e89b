# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the steps of one search hand to each other."""

from dataclasses import dataclass, field

from odoo.tools import SQL

from .engine.ranking import Evidence


@dataclass(frozen=True)
class Scope:
    """Where somebody may look.

    :param collection_ids: collections that he may read whole
    :param document_ids: documents that he may read, of collections with others in them
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


@dataclass
class Ranking:
    """Chunks in the order of one way to look.

    :param scores: by chunk id, the best first
    :param best: what speaks for the first ones
    :param floor: the score below which a chunk is too far behind the best one
    """

    scores: dict[int, float] = field(default_factory=dict)
    best: Evidence = field(default_factory=Evidence)
    floor: float = 0.0

    @property
    def ids(self):
        return list(self.scores)

    def keeps(self, chunk_id):
        """Tell whether a chunk is near enough to the best one to stand beside it."""
        return chunk_id in self.scores and self.scores[chunk_id] >= self.floor


@dataclass
class Search:
    """A search and everything that it found on the way, for the tester to show.

    :param modes: the ways to look: ``vector``, ``text``, or both
    :param passages: what an answer may be based on, ``[]`` when nothing fits
    :param found: the best chunks whether or not they fit
    :param problem: why there is no search by meaning
    :param calls: of the models that embedded the question, as the ledger books them
    """

    query: str
    k: int = 4
    collection_ids: list[int] | None = None
    modes: tuple[str, ...] = ("vector", "text")
    vectors: dict = field(default_factory=dict)
    problem: str = ""
    calls: list = field(default_factory=list)
    scope: Scope = field(default_factory=Scope)
    found: list = field(default_factory=list)
    passages: list = field(default_factory=list)
    evidence: Evidence = field(default_factory=Evidence)
    covered: bool = False
