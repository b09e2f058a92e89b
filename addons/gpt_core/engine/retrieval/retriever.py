# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What finds passages for a chain, and what it gives back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ..privacy.masking import Masker
from ..provider.call_record import CallRecord
from .passages import Passage


@dataclass(frozen=True)
class Retrieval:
    """What was found for one query, and what finding it took.

    :param passages: the best first
    :param calls: the calls of models that it took, such as embedding the query
    :param trace: how the passages were found, for whoever explains it; each retriever
        has its own
    """

    passages: Sequence[Passage] = ()
    calls: Sequence[CallRecord] = ()
    trace: Any = None


class Retriever(Protocol):
    """Finds passages; what it takes to do so is its own matter."""

    def retrieve(
        self,
        query: str,
        k: int,
        collection_ids: Sequence[int] | None = None,
        *,
        masker: Masker | None = None,
    ) -> Retrieval:
        """Return the ``k`` best passages for a query.

        :param query: as it was asked, with nothing masked in it
        :param collection_ids: where to look; ``None``: everywhere
        :param masker: of the run, for what leaves Odoo
        """


class NoRetriever:
    """Finds nothing: no addon knows documents."""

    def retrieve(
        self,
        query: str,
        k: int,
        collection_ids: Sequence[int] | None = None,
        *,
        masker: Masker | None = None,
    ) -> Retrieval:
        """Return nothing."""
        return Retrieval()
