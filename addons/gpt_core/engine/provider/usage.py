# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tokens and money of model calls."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

PER = Decimal(1_000_000)
# Seen in Spanish and English prose. Only for estimates: what is booked is what the
# provider counted, where it does.
CHARS_PER_TOKEN = 3.5
# Fewer, where a limit must not be passed: rather too many tokens than too few.
MIN_CHARS_PER_TOKEN = 3.0
# More than any model takes or gives in one call.
MAX_TOKENS = 50_000_000
# What a column of the ledger holds, input and output together.
MAX_SUM = 1_000_000_000


@dataclass(frozen=True)
class Usage:
    """Tokens; cached and cache-write ones are part of the input, reasoning ones of the
    output.
    """

    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0
    cache_write_tokens: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            *(
                min(getattr(self, field.name) + getattr(other, field.name), MAX_SUM)
                for field in fields(self)
            )
        )

    @classmethod
    def from_metadata(cls, metadata: Mapping[str, Any] | None) -> "Usage":
        """Read LangChain's ``usage_metadata``.

        Keys of the details carry the service tier when there is one
        (``flex_cache_read``), hence the match on their ends.
        """
        metadata = metadata or {}
        return cls(
            input_tokens=plausible_count(metadata.get("input_tokens")) or 0,
            cached_tokens=_detail(metadata, "input_token_details", "cache_read"),
            output_tokens=plausible_count(metadata.get("output_tokens")) or 0,
            reasoning_tokens=_detail(metadata, "output_token_details", "reasoning"),
            cache_write_tokens=_detail(
                metadata, "input_token_details", "cache_creation"
            ),
        )

    @classmethod
    def from_completion(cls, usage: Mapping[str, Any]) -> "Usage":
        """Read the ``usage`` of a chat completion as the API itself gives it."""
        prompt = usage.get("prompt_tokens_details") or {}
        completion = usage.get("completion_tokens_details") or {}
        return cls(
            input_tokens=plausible_count(usage.get("prompt_tokens")) or 0,
            cached_tokens=plausible_count(prompt.get("cached_tokens")) or 0,
            output_tokens=plausible_count(usage.get("completion_tokens")) or 0,
            reasoning_tokens=plausible_count(completion.get("reasoning_tokens")) or 0,
            cache_write_tokens=plausible_count(prompt.get("cache_write_tokens")) or 0,
        )


def _detail(metadata: Mapping[str, Any], group: str, name: str) -> int:
    details = metadata.get(group) or {}
    counts = (value for key, value in details.items() if key.endswith(name))
    return sum(plausible_count(count) or 0 for count in counts)


def plausible_count(value: Any) -> int | None:
    """Return a provider's count of tokens, ``None`` for what cannot be one."""
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return math.ceil(value) if 0 <= value <= MAX_TOKENS else None


def estimated_tokens(text: str) -> int:
    """Return about how many tokens ``text`` has; no vocabulary is at hand offline."""
    return tokens_of_chars(len(text))


def tokens_of_chars(chars: float) -> int:
    """Return about how many tokens so many characters are."""
    return round(chars / CHARS_PER_TOKEN)


def most_tokens(text: str) -> int:
    """Return how many tokens ``text`` has at most; a provider refuses more."""
    return int(len(text) / MIN_CHARS_PER_TOKEN) + 1


@dataclass(frozen=True)
class Prices:
    """Money per million tokens; 0 for cached and written ones: as other input.

    ``long`` holds for the whole of a request whose input has more than ``long_from``
    tokens.
    """

    input: float = 0.0
    cached: float = 0.0
    output: float = 0.0
    cache_write: float = 0.0
    long_from: int = 0
    long: "Prices | None" = None

    def converted(self, rate: float) -> "Prices":
        """Return the same prices in another currency."""
        if rate == 1:
            return self
        return replace(
            self,
            input=self.input * rate,
            cached=self.cached * rate,
            output=self.output * rate,
            cache_write=self.cache_write * rate,
            long=self.long.converted(rate) if self.long else None,
        )

    def cost(self, usage: Usage) -> float:
        """Return what ``usage`` costs, in the currency of the prices."""
        if self.long and usage.input_tokens > self.long_from:
            return self.long.cost(usage)
        cached = min(usage.cached_tokens, usage.input_tokens)
        written = min(usage.cache_write_tokens, usage.input_tokens - cached)
        amount = (
            (usage.input_tokens - cached - written) * Decimal(str(self.input))
            + cached * Decimal(str(self.cached or self.input))
            + written * Decimal(str(self.cache_write or self.input))
            + usage.output_tokens * Decimal(str(self.output))
        )
        return float(amount / PER)
