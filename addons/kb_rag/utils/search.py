# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the steps of one search hand to each other."""

from dataclasses import dataclass, field

from odoo.tools import SQL


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
    :param codes: how many rare codes of the question a chunk has
    :param missing: codes of the question that stand nowhere
    """

    scores: dict[int, float] = field(default_factory=dict)
    codes: dict[int, int] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def best(self, limit):
        """Return the ids of the best chunks."""
        return list(self.scores)[:limit]


@dataclass
class Search:
    """A search and everything that it found on the way, for the tester to show.

    :param query: the question as it was asked: words are looked up within Odoo
    :param masked: the question as a model is sent it, when more than personal data that
        can be recognised is to be masked in it; empty: the query
    :param modes: the ways to look: ``vector``, ``text``, or both
    :param prefixes: what a model wants before a question, by its id
    :param passages: the best ones; whether any of them answers is for the model to say
    :param found: the best chunks, of which the passages are made
    :param missing_codes: codes of the question that stand in no document that may be
        read
    :param problem: why there is no search by meaning
    :param calls: of the models that embedded the question, as the ledger books them
    """

    query: str
    k: int = 4
    collection_ids: list[int] | None = None
    modes: tuple[str, ...] = ("vector", "text")
    masked: str = ""
    prefixes: dict = field(default_factory=dict)
    vectors: dict = field(default_factory=dict)
    problem: str = ""
    calls: list = field(default_factory=list)
    scope: Scope = field(default_factory=Scope)
    found: list = field(default_factory=list)
    passages: list = field(default_factory=list)
    missing_codes: list = field(default_factory=list)
