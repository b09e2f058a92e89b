# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the stores of vectors outside Odoo's database have in common.

Each is LangChain's own ``VectorStore``. Vectors are made beforehand, in batches that
are paid and recorded, so a store gets an :class:`Embeddings` that only hands them out.
"""

import uuid
from collections.abc import Sequence
from typing import Any, Protocol

from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import VectorStore

from .store_call import StoreError

__all__ = ["Backend", "GivenVectors", "StoreError", "chunk_id_of", "point_id"]


class GivenVectors(Embeddings):
    """Embeddings that are known already, in the order in which they are asked for."""

    def __init__(self, vectors: Sequence[Sequence[float]]) -> None:
        self._vectors = iter(vectors)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [list(next(self._vectors)) for _text in texts]

    def embed_query(self, text: str) -> list[float]:
        return list(next(self._vectors))


class Backend(Protocol):
    """One table or collection of a store, for vectors of one model."""

    def vector_store(self, embeddings: Embeddings) -> VectorStore:
        """Return LangChain's store, which is there when this returns."""

    def search_filter(self, document_ids: Sequence[int]) -> Any:
        """Return the store's own filter for these documents."""

    def similarity(self, score: float) -> float:
        """Return a score of this store as a cosine similarity."""

    def vectors(self, chunk_ids: Sequence[int]) -> dict[int, list[float]]:
        """Return the vectors that it has of these chunks."""


def point_id(chunk_id: int) -> str:
    """Return the id of a chunk in stores that want a UUID."""
    return str(uuid.UUID(int=chunk_id))


def chunk_id_of(point: Any) -> int:
    """Return the chunk's id that :func:`point_id` was given."""
    return uuid.UUID(str(point)).int
