# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Qdrant, a server or a folder of this machine, through ``langchain-qdrant``."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import VectorStore

from odoo.addons.gpt_core.engine.provider import deadline
from odoo.addons.kb_rag.engine.store_backend import chunk_id_of, point_id

if TYPE_CHECKING:
    from qdrant_client import QdrantClient

_clients: dict[tuple[int, str, str], "QdrantClient"] = {}
_lock = Lock()


def _client(location: str, api_key: str, timeout: int) -> "QdrantClient":
    """Return this process's client; a folder may only have one."""
    from qdrant_client import QdrantClient

    key = (os.getpid(), location, api_key)
    with _lock:
        if key not in _clients:
            if location.startswith(("http://", "https://")):
                client = QdrantClient(
                    url=location,
                    api_key=api_key or None,
                    timeout=timeout,
                    check_compatibility=False,
                )
                deadline.watch(client.http.client._client)
                _clients[key] = client
            elif location == ":memory:":
                _clients[key] = QdrantClient(location)
            else:
                _clients[key] = QdrantClient(path=location)
        return _clients[key]


@dataclass(frozen=True)
class QdrantBackend:
    """A collection of vectors of one length.

    :param location: address of a server, or a folder: Qdrant's local mode, for one
        process only
    """

    location: str
    collection: str
    dimensions: int
    api_key: str = ""
    timeout: int = 20

    def vector_store(self, embeddings: Embeddings) -> VectorStore:
        from langchain_qdrant import QdrantVectorStore

        client = _client(self.location, self.api_key, self.timeout)
        self._ensure_collection(client)
        return QdrantVectorStore(
            client=client,
            collection_name=self.collection,
            embedding=embeddings,
            # It would embed a word to see how long vectors are.
            validate_embeddings=False,
            validate_collection_config=False,
        )

    def _ensure_collection(self, client: "QdrantClient") -> None:
        from qdrant_client.models import Distance, VectorParams

        if not client.collection_exists(self.collection):
            client.create_collection(
                self.collection,
                vectors_config=VectorParams(
                    size=self.dimensions, distance=Distance.COSINE
                ),
            )

    def search_filter(self, document_ids: Sequence[int]) -> Any:
        from qdrant_client.models import FieldCondition, Filter, MatchAny

        match = MatchAny(any=list(document_ids))
        return Filter(must=[FieldCondition(key="metadata.document_id", match=match)])

    def similarity(self, score: float) -> float:
        return score

    def vectors(self, chunk_ids: Sequence[int]) -> dict[int, list[float]]:
        client = _client(self.location, self.api_key, self.timeout)
        points = client.retrieve(
            self.collection,
            [point_id(chunk_id) for chunk_id in chunk_ids],
            with_payload=False,
            with_vectors=True,
        )
        # They were stored without a name: each is one list of numbers.
        return {
            chunk_id_of(point.id): list(cast("list[float]", point.vector))
            for point in points
        }
