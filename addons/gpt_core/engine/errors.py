# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What can go wrong with one GPT action, as one table."""

from . import retry_rule
from .text.storable import storable_text

#: What ``gpt.request.error_code`` stores.
ERROR_CODES = (
    "rate_limit",
    "quota",
    "server_error",
    "timeout",
    "connection",
    "unknown_host",
    "certificate",
    "wrong_scheme",
    "web_page",
    "bad_reply",
    "cut_stream",
    "truncated",
    "invalid_output",
    "refusal",
    "empty_answer",
    "content_filter",
    "wrong_key",
    "permission",
    "unknown_model",
    "context_length",
    "invalid_request",
    "check_failed",
    "no_source",
    "budget",
    "not_configured",
    "not_applied",
    "loop",
    "interrupted",
    "internal",
)


class GptError(Exception):
    """A GPT action that failed for a known reason.

    :param code: one of :data:`ERROR_CODES`
    :param detail: what the provider said; never a key or a prompt
    :param retry_after: seconds the provider asked us to wait, if it did
    """

    def __init__(self, code: str, detail: str = "", retry_after: float | None = None):
        detail = storable_text(detail)
        super().__init__(detail or code)
        if code not in ERROR_CODES:
            raise ValueError(f"{code} is no code of the error table")
        self.code = code
        self.detail = detail
        self.retry_after = retry_after

    @property
    def retry_in(self) -> int | None:
        """Seconds until the next try makes sense, ``None`` if it never does."""
        return retry_rule.retry_in(self.code, self.retry_after)
