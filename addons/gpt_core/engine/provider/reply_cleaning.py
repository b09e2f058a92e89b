# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Replies of a provider as LangChain can read them, and a database keep them.

A reply was paid for: one odd character or number in it must not lose it.
"""

import json
import logging
import math
from collections.abc import Callable
from typing import Any

from ..text.storable import storable, storable_text
from .usage import plausible_count

_logger = logging.getLogger(__name__)

# Python refuses to read longer ones.
_MAX_DIGITS = 4000


def cleaned_json(
    content: bytes, redact: Callable[[str], str], *, is_error: bool
) -> bytes:
    """Return a JSON reply without what breaks its readers; the same when it has none.

    :param redact: takes keys out of the texts of an error
    :param is_error: whether the status says so; a reply may say so as well
    """
    try:
        reply = json.loads(content, parse_int=_parse_int)
    except (ValueError, RecursionError):
        return cleaned_text(content, redact) if is_error else content
    clean = storable(_with_plausible_usage(reply))
    if is_error or (isinstance(clean, dict) and clean.get("error")):
        clean = _redacted(clean, redact)
    # Not by their values: 7.0 and 7 are equal, and LangChain takes but one of them.
    return content if repr(clean) == repr(reply) else json.dumps(clean).encode()


def cleaned_text(content: bytes, redact: Callable[[str], str]) -> bytes:
    """Return a reply that is no JSON, a proxy's page for example, without keys."""
    return storable_text(redact(content.decode(errors="replace"))).encode()


def _parse_int(digits: str) -> int | float:
    return int(digits) if len(digits) < _MAX_DIGITS else math.inf


def _redacted(value: Any, redact: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, list):
        return [_redacted(item, redact) for item in value]
    if isinstance(value, dict):
        return {redact(name): _redacted(item, redact) for name, item in value.items()}
    return value


def _with_plausible_usage(reply: Any) -> Any:
    """Return a reply whose usage is made of counts; LangChain adds them up unseen."""
    if not isinstance(reply, dict) or reply.get("usage") is None:
        return reply
    usage = _counts(reply["usage"])
    if usage != reply["usage"]:
        said = storable_text(repr(reply["usage"])[:500])
        _logger.warning("the provider's count of tokens makes no sense: %s", said)
    return {**reply, "usage": usage}


def _counts(usage: Any) -> dict[str, Any] | None:
    if not isinstance(usage, dict):
        return None
    return {
        name: _counts(value)
        if name.endswith("_details")
        else plausible_count(value)
        if name.endswith("_tokens")
        else value
        for name, value in usage.items()
    }
