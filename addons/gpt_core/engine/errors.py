# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What can go wrong with one GPT action, as one table."""

from dataclasses import dataclass

from .text.storable import storable_text

# A provider may ask for any delay; nobody waits longer than this for one retry.
MAX_RETRY_AFTER = 600


@dataclass(frozen=True)
class ErrorKind:
    """One line of the error table.

    :param code: what ``gpt.request.error_code`` stores
    :param retry_in: seconds to wait before trying again, ``None`` when trying again
        cannot succeed, or was done already: the SDK tries at once, a job later
    """

    code: str
    retry_in: int | None = None


ERROR_KINDS = {
    kind.code: kind
    for kind in (
        ErrorKind("rate_limit", retry_in=10),
        ErrorKind("quota"),
        ErrorKind("server_error", retry_in=10),
        # It was tried again at once, as often as the provider allows: each try may have
        # to be paid for.
        ErrorKind("timeout"),
        ErrorKind("connection", retry_in=5),
        ErrorKind("cut_stream", retry_in=5),
        ErrorKind("truncated"),
        ErrorKind("invalid_output", retry_in=1),
        ErrorKind("refusal"),
        ErrorKind("empty_answer", retry_in=1),
        ErrorKind("content_filter"),
        ErrorKind("wrong_key"),
        ErrorKind("permission"),
        ErrorKind("unknown_model"),
        ErrorKind("context_length"),
        ErrorKind("invalid_request"),
        ErrorKind("check_failed"),
        ErrorKind("no_source"),
        ErrorKind("budget"),
        ErrorKind("not_configured"),
        ErrorKind("not_applied"),
        ErrorKind("loop"),
        ErrorKind("interrupted"),
        ErrorKind("internal"),
    )
}


class GptError(Exception):
    """A GPT action that failed for a known reason.

    :param code: a key of :data:`ERROR_KINDS`
    :param detail: what the provider said; never a key or a prompt
    :param retry_after: seconds the provider asked us to wait, if it did
    """

    def __init__(self, code: str, detail: str = "", retry_after: float | None = None):
        detail = storable_text(detail)
        super().__init__(detail or code)
        self.kind = ERROR_KINDS[code]
        self.detail = detail
        self.retry_after = retry_after

    @property
    def code(self) -> str:
        return self.kind.code

    @property
    def retry_in(self) -> int | None:
        """Seconds until the next try makes sense, ``None`` if it never does."""
        if self.kind.retry_in is None:
            return None
        if self.retry_after is None:
            return self.kind.retry_in
        return min(max(round(self.retry_after), 1), MAX_RETRY_AFTER)
