# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the parts of a retrieval hand to each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from odoo.addons.gpt_core.engine.provider.call_record import CallRecord

from .neighbours import ScoredChunk

#: The retrieval methods: by vectors, and by words.
DENSE, LEXICAL = "dense", "lexical"
MAX_QUERY_CHARS = 2000
MAX_PASSAGES = 50


@dataclass(frozen=True)
class RetrievalRequest:
    """What is looked for.

    :param query: the question as it was asked: words are looked up within Odoo
    :param collection_ids: where to look; ``None``: in all of them
    :param methods: the retrieval methods
    :param masked_query: the question as a model is sent it, when more than personal
        data that can be recognised is to be masked in it; empty: the query
    :param viewer_id: the user who is shown what the asker would find, of what they may
        read themselves; 0: nobody else is
    """

    query: str
    k: int = 4
    collection_ids: Sequence[int] | None = None
    methods: tuple[str, ...] = (DENSE, LEXICAL)
    masked_query: str = ""
    viewer_id: int = 0

    def bounded(self) -> "RetrievalRequest":
        """Return the request within what one retrieval may take."""
        k = max(1, min(self.k, MAX_PASSAGES))
        return replace(self, query=self.query[:MAX_QUERY_CHARS], k=k)


@dataclass(frozen=True)
class QuestionModels:
    """The models that a question is to be embedded with, by their ids.

    :param embeddings: LangChain's ``Embeddings``, which is imported when it is used
    :param prefixes: what a model wants before a question
    :param problem: why one of them, or all, cannot be asked
    """

    embeddings: Mapping[int, Any] = field(default_factory=dict)
    prefixes: Mapping[int, str] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True)
class QuestionVectors:
    """A question as vectors, by the ids of their models.

    :param calls: of the models, as the ledger books them
    :param problem: why there is no vector of one of them, or of all
    """

    vectors: Mapping[int, Sequence[float]] = field(default_factory=dict)
    calls: Sequence[CallRecord] = ()
    problem: str = ""


@dataclass(frozen=True)
class Ranking:
    """Chunks in the order of one retrieval method.

    :param scores: by chunk id, the best first
    :param codes: how many rare codes of the question a chunk has
    :param missing_codes: codes of the question that stand nowhere
    :param problem: why it could not look everywhere
    :param weight: from 0 to 1, the share of the question that the method could look for
    """

    scores: Mapping[int, float] = field(default_factory=dict)
    codes: Mapping[int, int] = field(default_factory=dict)
    missing_codes: Sequence[str] = ()
    problem: str = ""
    weight: float = 1.0

    def best(self, limit: int) -> list[int]:
        """Return the ids of the best chunks."""
        return list(self.scores)[:limit]


@dataclass(frozen=True)
class RetrievalTrace:
    """How passages were found, for the tester to show.

    :param has_access: whether there is any document that the asker may read
    :param chunks: the best ones, of which the passages are made
    :param missing_codes: codes of the question that stand in no document that may be
        read
    :param problem: why there is no dense search, or not everywhere
    """

    has_access: bool = False
    chunks: Sequence[ScoredChunk] = ()
    missing_codes: Sequence[str] = ()
    problem: str = ""
