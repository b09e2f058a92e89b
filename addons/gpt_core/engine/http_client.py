# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The HTTP client that calls to models share, with its connections kept open."""

from functools import lru_cache

import openai

# Refusals that are worded as "too many requests" but that no waiting will end.
_HOPELESS = ("insufficient_quota", "billing_hard_limit_reached")


@lru_cache(maxsize=16)
def http_client(key_header: str = "", key: str = ""):
    """Return the process's client, of whichever httpx this SDK was built on.

    :param key_header: a header to send with each request, for gateways that read the
        key there; LangChain would show it in its ``repr`` as a default header
    :param key: its value
    """
    return openai.DefaultHttpxClient(
        headers={key_header: key} if key_header else {},
        event_hooks={"response": [_judge]},
    )


def _judge(response) -> None:
    """Keep the SDK from trying again what cannot succeed.

    An account without credit gets the same status as one that asks too fast. The SDK
    obeys this header, which providers may send as well.
    """
    if response.status_code != 429 or "x-should-retry" in response.headers:
        return
    if any(reason in response.read().decode(errors="replace") for reason in _HOPELESS):
        response.headers["x-should-retry"] = "false"
