# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Maps what LangChain, the OpenAI SDK and its transport raise to the error table."""

import json
import math

import openai

from ..errors import GptError

_BY_TYPE = (
    (openai.LengthFinishReasonError, "truncated"),
    (openai.ContentFilterFinishReasonError, "content_filter"),
    # The order matters: a timeout is a connection error, too.
    (openai.APITimeoutError, "timeout"),
    (openai.APIConnectionError, "connection"),
    (openai.AuthenticationError, "wrong_key"),
    (openai.PermissionDeniedError, "permission"),
    (openai.NotFoundError, "unknown_model"),
    (openai.RateLimitError, "rate_limit"),
    (openai.InternalServerError, "server_error"),
    (openai.APIStatusError, "invalid_request"),
    # Bare, and without a status: an error in the middle of a stream.
    (openai.APIError, "server_error"),
)
_BY_PROVIDER_CODE = {
    "insufficient_quota": "quota",
    "billing_hard_limit_reached": "quota",
    "context_length_exceeded": "context_length",
    "model_not_found": "unknown_model",
    "content_filter": "content_filter",
    "server_error": "server_error",
    "rate_limit_exceeded": "rate_limit",
}
_MAX_DETAIL = 500


def as_gpt_error(error: Exception) -> GptError:
    """Return ``error`` as a :class:`GptError`; ``internal`` if none of theirs."""
    if isinstance(error, GptError):
        return error
    detail = _detail(error)
    if isinstance(error, openai.OpenAIError):
        return GptError(_openai_code(error), detail, _retry_after(error))
    if type(error).__module__.partition(".")[0] in ("httpx", "httpx2", "httpcore"):
        # While a stream is read, the SDK lets the transport's own errors through.
        timed_out = "Timeout" in type(error).__name__
        return GptError("timeout" if timed_out else "cut_stream", detail)
    if type(error) is ValueError and _provider_code(error) in _BY_PROVIDER_CODE:
        # LangChain raises a bare ValueError for `response.failed` and SSE `error`.
        return GptError(_BY_PROVIDER_CODE[_provider_code(error)], detail)
    return GptError("internal", detail)


def _openai_code(error: openai.OpenAIError) -> str:
    known = _BY_PROVIDER_CODE.get(getattr(error, "code", None) or "")
    if known:
        return known
    return next(
        (code for kind, code in _BY_TYPE if isinstance(error, kind)), "internal"
    )


def _provider_code(error: ValueError) -> str:
    text = str(error)
    return next((code for code in _BY_PROVIDER_CODE if code in text), "")


def _retry_after(error: openai.OpenAIError) -> float | None:
    response = getattr(error, "response", None)
    header = response.headers.get("retry-after", "") if response is not None else ""
    try:
        seconds = float(header)
    except ValueError:  # absent, or an HTTP date, which no provider we know sends
        return None
    return seconds if math.isfinite(seconds) else None


def _detail(error: Exception) -> str:
    body = getattr(error, "body", None)
    if isinstance(body, dict):
        message = body.get("message") or json.dumps(body, ensure_ascii=False)
    else:
        message = str(error)
    return f"{type(error).__name__}: {message}"[:_MAX_DETAIL]
