# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Embeddings: of a real model (:mod:`.real_models`), or of hashed words and letters.

The latter need no model. Texts that share words, or parts of words, are near; accents
and case do not count. The same text always has the same vector, on every machine.
"""

import base64
import math
from array import array
from collections import Counter
from functools import lru_cache
from typing import Any
from zlib import crc32

from . import real_models
from .calls import Call
from .catalogue import ModelCard
from .errors import ApiError, bad_request, missing_parameter
from .parameters import number, one_of, refuse_unknown, typed
from .replies import Reply, json_reply
from .stop_words import STOP_WORDS
from .text import stem, words
from .tokens import count_tokens

PARAMETERS = frozenset({"input", "model", "dimensions", "encoding_format", "user"})
MAXIMUM_INPUTS = 2048
MAXIMUM_TOKENS = 8192
MAXIMUM_TOKENS_PER_REQUEST = 300_000

WORD_WEIGHT = 1.0
STEM_WEIGHT = 0.8
LETTERS_WEIGHT = 0.25
STOP_WORD_WEIGHT = 0.1
LETTERS = 4

# A text, or the numbers of its tokens.
Input = str | list[int]


def create(call: Call) -> Reply:
    """``POST /v1/embeddings``."""
    body = call.body
    refuse_unknown(body, PARAMETERS, {})
    model = typed(body, "model", str)
    if not model:
        raise bad_request("you must provide a model parameter", None, None)
    card = call.state.catalogue.embedding(model)
    dimensions = number(body, "dimensions", int, 1, card.dimensions)
    one_of(body.get("encoding_format"), ("float", "base64"), "encoding_format")
    inputs = _inputs(body.get("input"))
    tokens = _count(inputs)
    call.wait_for_fault()
    is_base64 = body.get("encoding_format") == "base64"
    vectors = _vectors(call, card, inputs, dimensions or card.dimensions)
    data = [
        {
            "object": "embedding",
            "index": index,
            "embedding": _base64(vector) if is_base64 else vector,
        }
        for index, vector in enumerate(vectors)
    ]
    reply = {"object": "list", "data": data, "model": card.reply_name}
    if not call.has_fault("no_usage"):
        reply["usage"] = {"prompt_tokens": tokens, "total_tokens": tokens}
    return json_reply(reply)


def _vectors(
    call: Call, card: ModelCard, inputs: list[Input], dimensions: int
) -> list[list[float]]:
    if card.is_real:
        if dimensions != card.dimensions or not all(map(_is_text, inputs)):
            raise bad_request(
                f"{card.name} has one length, and takes texts.", None, None
            )
        made = real_models.vectors(card.name, inputs)
    else:
        made = [embed(given, dimensions) for given in inputs]
    return [
        call.state.vectors.apply(str(given), vector)
        for given, vector in zip(inputs, made, strict=True)
    ]


def _is_text(given: Input) -> bool:
    return isinstance(given, str)


def embed(given: Input, dimensions: int) -> list[float]:
    """The vector of a text, of length 1."""
    vector = [0.0] * dimensions
    for feature, weight in _features(given).items():
        place, sign = _place(feature, dimensions)
        vector[place] += sign * weight
    length = math.sqrt(sum(value * value for value in vector))
    if not length:
        # Only of signs, such as "…": one fixed direction for all of these.
        vector[0], length = 1.0, 1.0
    return [value / length for value in vector]


def _features(given: Input) -> dict[str, float]:
    """Words, stems and letter groups with their weights; repeats count less."""
    if not isinstance(given, str):
        counts = Counter(f"token:{number}" for number in given)
        return {name: 1 + math.log(n) for name, n in counts.items()}
    weights: dict[str, float] = {}
    for word, times in Counter(words(given)).items():
        repeats = 1 + math.log(times)
        if word in STOP_WORDS:
            weights[f"word:{word}"] = STOP_WORD_WEIGHT * repeats
            continue
        weights[f"word:{word}"] = WORD_WEIGHT * repeats
        for name, weight in _parts(word):
            weights[name] = weights.get(name, 0.0) + weight * repeats
    return weights


def _parts(word: str) -> list[tuple[str, float]]:
    bounded = f"^{word}$"
    groups = {bounded[i : i + LETTERS] for i in range(len(bounded) - LETTERS + 1)}
    parts = [(f"letters:{group}", LETTERS_WEIGHT) for group in sorted(groups)]
    return [(f"stem:{stem(word)}", STEM_WEIGHT), *parts]


@lru_cache(maxsize=100_000)
def _place(feature: str, dimensions: int) -> tuple[int, int]:
    digest = crc32(feature.encode())
    return (digest >> 1) % dimensions, 1 if digest & 1 else -1


def _base64(vector: list[float]) -> str:
    return base64.b64encode(array("f", vector).tobytes()).decode()


def _inputs(given: Any) -> list[Input]:
    """The texts or token lists of a request; raises the API's 400."""
    if given is None:
        raise missing_parameter("input")
    if isinstance(given, str):
        given = [given]
    elif isinstance(given, list) and given and _are_tokens(given):
        given = [given]
    if not isinstance(given, list) or not 0 < len(given) <= MAXIMUM_INPUTS:
        raise _invalid_input()
    if not all((isinstance(item, str) and item) or _are_tokens(item) for item in given):
        raise _invalid_input()
    return given


def _are_tokens(item: Any) -> bool:
    return (
        isinstance(item, list)
        and bool(item)
        and all(isinstance(n, int) and not isinstance(n, bool) for n in item)
    )


def _invalid_input() -> ApiError:
    return bad_request(
        "'$.input' is invalid. Please check the API reference: "
        "https://platform.openai.com/docs/api-reference.",
        None,
        None,
    )


def _count(inputs: list[Input]) -> int:
    """The tokens of all inputs; raises the API's 400 when there are too many."""
    tokens = [count_tokens(i) if isinstance(i, str) else len(i) for i in inputs]
    longest, total = max(tokens), sum(tokens)
    if longest > MAXIMUM_TOKENS:
        raise bad_request(
            f"This model's maximum context length is {MAXIMUM_TOKENS} tokens, however "
            f"you requested {longest} tokens ({longest} in your prompt; 0 for the "
            "completion). Please reduce your prompt; or completion length.",
            None,
            None,
        )
    if total > MAXIMUM_TOKENS_PER_REQUEST:
        raise ApiError(
            400,
            f"Requested {total} tokens, max {MAXIMUM_TOKENS_PER_REQUEST} tokens per "
            "request",
            kind="max_tokens_per_request",
            code="max_tokens_per_request",
        )
    return total
