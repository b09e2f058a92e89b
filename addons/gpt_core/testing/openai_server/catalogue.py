# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The models this server has."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from . import real_models
from .errors import ApiError, unknown_model


@dataclass(frozen=True)
class ModelCard:
    """What the server needs to know of a model.

    ``snapshot`` is the dated name which the API puts in its replies, ``context``
    and ``max_output`` are tokens, ``dimensions`` is the length of an embedding;
    ``pays_cache_write``: what is kept of a prompt is counted apart;
    ``is_real``: its embeddings are those of :mod:`.real_models`; ``taught``: what a
    tuned model answers to the messages that it was trained on.
    """

    name: str
    kind: Literal["chat", "embedding"] = "chat"
    created: int = 1_715_367_049
    snapshot: str | None = None
    context: int = 128_000
    max_output: int = 16_384
    reasoning: bool = False
    tunable: bool = False
    dimensions: int = 0
    shutdown_date: str | None = None
    owner: str = "system"
    pays_cache_write: bool = False
    is_real: bool = False
    taught: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def reply_name(self) -> str:
        """The name that a reply of this model carries."""
        return self.snapshot or self.name

    def as_dict(self) -> dict[str, Any]:
        """The model as ``/v1/models`` shows it."""
        shown: dict[str, Any] = {
            "id": self.name,
            "object": "model",
            "created": self.created,
            "owned_by": self.owner,
        }
        if self.shutdown_date:
            shown["shutdown_date"] = self.shutdown_date
        return shown


def _classic(name: str, day: str, *, context: int, max_output: int) -> ModelCard:
    return ModelCard(
        name,
        snapshot=f"{name}-{day}",
        context=context,
        max_output=max_output,
        tunable=True,
        shutdown_date="2027-01-14",
    )


def _reasoning(name: str, **changes: Any) -> ModelCard:
    card = ModelCard(name, context=400_000, max_output=128_000, reasoning=True)
    return replace(card, **changes)


def _embedding(name: str, dimensions: int) -> ModelCard:
    return ModelCard(name, kind="embedding", context=8_192, dimensions=dimensions)


CARDS = (
    _classic("gpt-4o", "2024-08-06", context=128_000, max_output=16_384),
    _classic("gpt-4o-mini", "2024-07-18", context=128_000, max_output=16_384),
    _classic("gpt-4.1", "2025-04-14", context=1_047_576, max_output=32_768),
    _classic("gpt-4.1-mini", "2025-04-14", context=1_047_576, max_output=32_768),
    _reasoning("gpt-5", snapshot="gpt-5-2025-08-07", shutdown_date="2026-12-11"),
    _reasoning(
        "gpt-5-mini", snapshot="gpt-5-mini-2025-08-07", shutdown_date="2026-12-11"
    ),
    _reasoning("gpt-6-luna", pays_cache_write=True),
    _reasoning("gpt-6.1-terra", pays_cache_write=True),
    _reasoning("gpt-6.1-sol", pays_cache_write=True),
    _embedding("text-embedding-3-small", 1536),
    _embedding("text-embedding-3-large", 3072),
)
# Served as well, and not listed: they are no models of OpenAI.
REAL_CARDS = tuple(
    replace(_embedding(name, length), is_real=True)
    for name, length in real_models.DIMENSIONS.items()
)


class Catalogue:
    """Models by name, with their dated names and the fine-tuned ones."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cards = {card.name: card for card in (*CARDS, *REAL_CARDS)}
        for card in CARDS:
            if card.snapshot:
                self._cards[card.snapshot] = replace(card, name=card.snapshot)

    def get(self, name: object) -> ModelCard:
        """The card of a model; raises the API's 404 when there is none."""
        with self._lock:
            card = self._cards.get(name) if isinstance(name, str) else None
        if card is None:
            raise unknown_model(str(name))
        return card

    def chat(self, name: object) -> ModelCard:
        """The card of a model that writes text."""
        card = self.get(name)
        if card.kind != "chat":
            raise ApiError(
                404,
                "This is not a chat model and thus not supported in this endpoint.",
                param="model",
                code=None,
            )
        return card

    def embedding(self, name: object) -> ModelCard:
        """The card of a model that makes embeddings."""
        card = self.get(name)
        if card.kind != "embedding":
            raise ApiError(
                403,
                "You are not allowed to generate embeddings from this model",
                code=None,
            )
        return card

    def add_tuned(
        self, name: str, base: ModelCard, created: int, taught: Mapping[str, str]
    ) -> None:
        """Enter a fine-tuned model, which answers as its base does otherwise."""
        card = replace(
            base,
            name=name,
            snapshot=None,
            created=created,
            tunable=True,
            owner="local-organization",
            taught={**base.taught, **taught},
        )
        with self._lock:
            self._cards[name] = card

    def remove(self, name: str) -> None:
        """Delete a fine-tuned model; the others are refused with 403."""
        card = self.get(name)
        if not card.name.startswith("ft:"):
            raise ApiError(403, f"You are not allowed to delete the model {name}")
        with self._lock:
            self._cards.pop(name, None)

    def listing(self) -> list[dict[str, Any]]:
        """All models as ``/v1/models`` shows them."""
        with self._lock:
            cards = list(self._cards.values())
        return [card.as_dict() for card in cards if not card.is_real]
