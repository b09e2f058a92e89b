# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Believable token counts and a prompt cache like the API's."""

import math
import threading
from collections import OrderedDict
from dataclasses import dataclass

CHARACTERS_PER_TOKEN = 4
TOKENS_PER_MESSAGE = 4

# The API caches prefixes of at least 1024 tokens, in steps of 128.
CACHE_MINIMUM = 1024
CACHE_STEP = 128
CACHE_SIZE = 50_000


@dataclass(frozen=True)
class Usage:
    """Tokens of one reply; cached and written to the cache are part of input,
    reasoning is part of output.
    """

    input: int
    cached: int
    output: int
    reasoning: int
    written: int = 0

    @property
    def total(self) -> int:
        """Input and output together."""
        return self.input + self.output


def count_tokens(text: str) -> int:
    """About one token per four characters."""
    return math.ceil(len(text) / CHARACTERS_PER_TOKEN)


def cut_to_tokens(text: str, tokens: int) -> str:
    """The beginning of a text that costs at most so many tokens."""
    return text[: max(tokens, 0) * CHARACTERS_PER_TOKEN]


class PromptCache:
    """Remembers the prefixes of prompts, as many as ``CACHE_SIZE``."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: OrderedDict[tuple[str, int], None] = OrderedDict()

    def cached_tokens(self, model: str, prompt: str) -> int:
        """Tokens of the longest known prefix; the prompt is known from now on."""
        longest = 0
        with self._lock:
            for tokens, key in _prefixes(model, prompt):
                if key in self._seen:
                    longest = tokens
                self._seen[key] = None
                self._seen.move_to_end(key)
            while len(self._seen) > CACHE_SIZE:
                self._seen.popitem(last=False)
        return longest

    def written_tokens(self, prompt: str, cached: int) -> int:
        """Tokens that are kept for the next request, beside the ``cached`` ones."""
        steps = len(prompt) // CHARACTERS_PER_TOKEN // CACHE_STEP
        kept = steps * CACHE_STEP
        return kept - cached if kept >= CACHE_MINIMUM else 0


def _prefixes(model: str, prompt: str) -> list[tuple[int, tuple[str, int]]]:
    found, digest, start = [], 0, 0
    whole_steps = len(prompt) // CHARACTERS_PER_TOKEN // CACHE_STEP
    for tokens in range(CACHE_STEP, whole_steps * CACHE_STEP + 1, CACHE_STEP):
        end = tokens * CHARACTERS_PER_TOKEN
        digest = hash((digest, prompt[start:end]))
        start = end
        if tokens >= CACHE_MINIMUM:
            found.append((tokens, (model, digest)))
    return found
