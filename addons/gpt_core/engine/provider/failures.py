# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Maps what LangChain, the OpenAI SDK and its transport raise to the error table."""

import json
import math
import socket
import ssl
from collections.abc import Iterator

import openai

from ..errors import GptError
from .refusal_words import code_in_words

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
# Statuses that the SDK has no class for, or whose class says too little.
_BY_STATUS = {
    402: "quota",
    408: "server_error",
    409: "server_error",
    413: "context_length",
    451: "content_filter",
    498: "rate_limit",
}
_BY_PROVIDER_CODE = {
    "insufficient_quota": "quota",
    "billing_hard_limit_reached": "quota",
    "exceeded_current_quota_error": "quota",
    "context_length_exceeded": "context_length",
    "exceed_context_size_error": "context_length",
    "model_not_found": "unknown_model",
    "model_decommissioned": "unknown_model",
    "DeploymentNotFound": "unknown_model",
    "content_filter": "content_filter",
    "data_inspection_failed": "content_filter",
    "json_validate_failed": "invalid_output",
    "tool_use_failed": "invalid_output",
    "server_error": "server_error",
    "rate_limit_exceeded": "rate_limit",
    "web_page": "web_page",
    "bad_reply": "bad_reply",
}
# What OpenSSL says when the other side does not speak TLS.
_NO_TLS = ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "HTTP_REQUEST")
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
    for said in (getattr(error, "code", None), getattr(error, "type", None)):
        if isinstance(said, str) and said in _BY_PROVIDER_CODE:
            return _BY_PROVIDER_CODE[said]
    if isinstance(error, openai.APIConnectionError):
        return _connection_code(error)
    if isinstance(error, openai.APIStatusError):
        words = code_in_words(_detail(error), error.status_code)
        known = words or _BY_STATUS.get(error.status_code)
        if known:
            return known
    return next(
        (code for kind, code in _BY_TYPE if isinstance(error, kind)), "internal"
    )


def _connection_code(error: openai.APIConnectionError) -> str:
    """Tell why there was no connection; only the operating system's error says it."""
    if isinstance(error, openai.APITimeoutError):
        return "timeout"
    for cause in _causes(error):
        if isinstance(cause, socket.gaierror):
            return "unknown_host"
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "certificate"
        if isinstance(cause, ssl.SSLError):
            is_plain = (cause.reason or "").upper() in _NO_TLS
            return "wrong_scheme" if is_plain else "certificate"
    return "connection"


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


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
        said = body.get("message")
        message = said if isinstance(said, str) and said else _as_json(body)
    else:
        message = str(error)
        if isinstance(error, openai.APIConnectionError):
            *_, root = _causes(error)
            message = message if root is error else f"{message} {root}"
    return f"{type(error).__name__}: {message}"[:_MAX_DETAIL]


def _as_json(body: dict[object, object]) -> str:
    return json.dumps(body, ensure_ascii=False)
