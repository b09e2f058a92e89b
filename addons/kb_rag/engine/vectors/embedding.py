# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Texts → vectors, in batches that a provider takes, with what they cost."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from langchain_core.embeddings import Embeddings

from odoo.addons.gpt_core.engine.errors import GptError
from odoo.addons.gpt_core.engine.privacy.masking import Masker
from odoo.addons.gpt_core.engine.provider.failures import as_gpt_error
from odoo.addons.gpt_core.engine.provider.tries import Tries, tries_of_this_thread
from odoo.addons.gpt_core.engine.provider.usage import (
    MIN_CHARS_PER_TOKEN,
    Usage,
    most_tokens,
    plausible_count,
)

from .operations import unit_vector

# Within what OpenAI takes: 8,192 tokens a text, 300,000 and 2,048 texts a request.
MAX_BATCH_TOKENS = 100_000
MAX_BATCH_TEXTS = 128
MAX_TEXT_TOKENS = 8000


@dataclass(frozen=True)
class Embedded:
    """What embedding some texts gave, or why it failed.

    :param vectors: of each text, with the length 1; ``None`` where the model gave
        something that cannot be compared, such as zeros
    """

    vectors: list[list[float] | None] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)
    seconds: float = 0.0
    error: GptError | None = None
    tries: Tries = field(default_factory=Tries)
    is_estimated: bool = False


def batches(texts: Sequence[str], max_tokens: int = 0) -> Iterator[range]:
    """Yield the places of the texts that fit into one request, in order.

    :param max_tokens: what the provider takes at once; 0: as OpenAI
    """
    most = max_tokens or MAX_BATCH_TOKENS
    begin, tokens = 0, 0
    for place, text in enumerate(texts):
        count = most_tokens(text)
        if place > begin and (
            tokens + count > most or place - begin >= MAX_BATCH_TEXTS
        ):
            yield range(begin, place)
            begin, tokens = place, 0
        tokens += count
    if begin < len(texts):
        yield range(begin, len(texts))


def masked(text: str) -> str:
    """Return a text as it leaves Odoo: personal data in it are placeholders.

    Each text by itself, so that the same chunk is always the same.
    """
    return Masker().mask(text)


def embed_texts(embeddings: Embeddings, texts: Sequence[str]) -> Embedded:
    """Embed the texts of one batch; never raises for a failed call."""
    texts = [text[: int(MAX_TEXT_TOKENS * MIN_CHARS_PER_TOKEN)] for text in texts]
    return _measured(embeddings, lambda: embeddings.embed_documents(texts), texts)


def embed_query(embeddings: Embeddings, query: str) -> Embedded:
    """Embed a question; never raises for a failed call.

    A vector that cannot be compared is a failed call.
    """
    query = query[: int(MAX_TEXT_TOKENS * MIN_CHARS_PER_TOKEN)]
    outcome = _measured(embeddings, lambda: [embeddings.embed_query(query)], [query])
    if outcome.error or outcome.vectors[0]:
        return outcome
    error = GptError("invalid_output", "the vector of the question has no direction")
    return replace(outcome, vectors=[], error=error)


def _measured(embeddings: Embeddings, call: Any, texts: Sequence[str]) -> Embedded:
    meter = _Meter.on(embeddings)
    begun, before = time.monotonic(), tries_of_this_thread()
    try:
        vectors = call()
        if len(vectors) != len(texts):
            raise GptError("bad_reply", "not a vector for each text")
    except Exception as error:  # whatever it is, it becomes a line of the ledger
        failure = as_gpt_error(error)
        if failure is not error:
            failure.__cause__ = error
        return Embedded(
            # What a reply of the wrong form took is paid for all the same.
            usage=Usage(input_tokens=meter.tokens if meter else 0),
            seconds=time.monotonic() - begun,
            error=failure,
            tries=tries_of_this_thread() - before,
        )
    counted = meter.tokens if meter else 0
    tokens = counted or sum(map(most_tokens, texts))
    return Embedded(
        list(map(unit_vector, vectors)),
        Usage(input_tokens=tokens),
        time.monotonic() - begun,
        tries=tries_of_this_thread() - before,
        is_estimated=not counted,
    )


class _Meter:
    """Stands between LangChain's embeddings and the SDK, and adds up the tokens.

    LangChain hands on the vectors of a reply and leaves out what they cost.
    """

    def __init__(self, client: Any) -> None:
        self._client = client
        self.tokens = 0

    @classmethod
    def on(cls, embeddings: Any) -> "_Meter | None":
        """Return the meter of embeddings that ask the SDK; ``None`` for others."""
        client = getattr(embeddings, "client", None)
        if isinstance(client, cls):
            client.tokens = 0
            return client
        if not hasattr(client, "create"):
            return None
        meter = cls(client)
        embeddings.client = meter
        return meter

    def create(self, **options: Any) -> Any:  # pylint: disable=method-required-super
        reply = self._client.create(**options)
        usage = getattr(reply, "usage", None)
        self.tokens += plausible_count(getattr(usage, "total_tokens", 0)) or 0
        _in_order(reply.data)
        return reply

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)


def _in_order(vectors: list[Any]) -> None:
    """Bring the vectors of a reply into the order of their texts.

    Each says of which text it is; LangChain takes them as they come. Numbers that make
    no sense say nothing.
    """
    found = (getattr(vector, "index", None) for vector in vectors)
    numbers = [number for number in found if isinstance(number, int)]
    if sorted(numbers) == list(range(len(vectors))):
        vectors.sort(key=lambda vector: vector.index)
