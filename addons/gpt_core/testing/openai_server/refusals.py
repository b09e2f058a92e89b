# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Faults in which no model answers: the HTTP error, or the cut connection."""

from collections.abc import Callable
from typing import Any

from .connection import ClientConnection
from .errors import (
    ApiError,
    bad_request,
    context_too_long,
    incorrect_key,
    unknown_model,
)
from .faults import Fault

# Longer than any sane client waits.
TIMEOUT_SECONDS = 600.0
DRIP_SECONDS = 0.1
_DRIPPING = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: "
# What comes once, and what comes again and again.
_DRIPS = {
    "headers": (b"HTTP/1.1 200 OK\r\nX-Slow: ", b"a"),
    "body": (_DRIPPING + b"application/json\r\n\r\n", b"1\r\n \r\n"),
    "stream": (_DRIPPING + b"text/event-stream\r\n\r\n", b"1\r\n:\r\n"),
}


def refuse(
    fault: Fault,
    body: Any,
    path: str,
    key: str,
    connection: ClientConnection,
    note_sent: Callable[[int], None],
) -> None:
    """Carry out the fault: always raises ``ApiError`` or ``ConnectionError``.

    ``note_sent`` is told the number of bytes of a reply that comes byte by byte.
    """
    if fault.name == "timeout":
        connection.wait(TIMEOUT_SECONDS if fault.seconds is None else fault.seconds)
        raise connection.reset()
    if fault.name == "drip":
        head, endless = _DRIPS[fault.variant or "body"]
        pause = DRIP_SECONDS if fault.seconds is None else fault.seconds
        for number in connection.drip(head, endless, pause):
            note_sent(number)
    connection.wait(fault.seconds or 0)
    if fault.name == "connection_reset":
        raise connection.reset()
    if fault.name == "wrong_key":
        raise incorrect_key(key)
    if fault.name == "context_length":
        raise context_too_long("messages" if "chat" in path else "input")
    model = body.get("model", "") if isinstance(body, dict) else ""
    raise _ERRORS[fault.name](fault, str(model))


def _rate_limit(fault: Fault, model: str) -> ApiError:
    wait = 1.0 if fault.retry_after is None else fault.retry_after
    return ApiError(
        429,
        f"Rate limit reached for {model} in organization org-local on requests per "
        f"min (RPM): Limit 500, Used 500, Requested 1. Please try again in {wait:g}s. "
        "Visit https://platform.openai.com/account/rate-limits to learn more.",
        kind="requests",
        code="rate_limit_exceeded",
        headers={
            "retry-after": f"{wait:g}",
            "retry-after-ms": f"{wait * 1000:.0f}",
            "x-ratelimit-limit-requests": "500",
            "x-ratelimit-remaining-requests": "0",
            "x-ratelimit-reset-requests": f"{wait:g}s",
        },
    )


def _quota(_fault: Fault, _model: str) -> ApiError:
    return ApiError(
        429,
        "You exceeded your current quota, please check your plan and billing "
        "details. For more information on this error, read the docs: "
        "https://platform.openai.com/docs/guides/error-codes/api-errors.",
        kind="insufficient_quota",
        code="insufficient_quota",
    )


def server_error() -> ApiError:
    """The API's 500."""
    return ApiError(
        500,
        "The server had an error while processing your request. Sorry about that! "
        "You can retry your request, or contact us through our help center at "
        "help.openai.com if the error persists.",
        kind="server_error",
    )


def _overloaded(fault: Fault, _model: str) -> ApiError:
    wait = fault.retry_after
    return ApiError(
        503,
        "Our servers are currently overloaded. Please try again later.",
        kind="service_unavailable_error",
        code="server_is_overloaded",
        headers={} if wait is None else {"retry-after": f"{wait:g}"},
    )


def _permission(_fault: Fault, _model: str) -> ApiError:
    return ApiError(
        403,
        "You have insufficient permissions for this operation. Missing scopes: "
        "model.request. Check that you have the correct role in your organization "
        "(Reader, Writer, Owner) and project (Member, Owner), and if you're using a "
        "restricted API key, that it has the necessary scopes.",
        code="missing_scope",
    )


def _invalid_request(_fault: Fault, _model: str) -> ApiError:
    return bad_request(
        "Invalid value: 'ordered by a test'. This request was refused.",
        "metadata",
        "invalid_value",
    )


def _not_eligible(_fault: Fault, _model: str) -> ApiError:
    return ApiError(
        403,
        "Fine-tuning is being wound down. Your organization is not eligible to create "
        "new fine-tuning jobs.",
        code="fine_tuning_not_available",
    )


_ERRORS: dict[str, Callable[[Fault, str], ApiError]] = {
    "rate_limit": _rate_limit,
    "insufficient_quota": _quota,
    "server_error": lambda _fault, _model: server_error(),
    "overloaded": _overloaded,
    "permission": _permission,
    "not_eligible": _not_eligible,
    "invalid_request": _invalid_request,
    "unknown_model": lambda _fault, model: unknown_model(model),
}
