# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Why a provider did not do what was asked of it while a model is tuned."""

import openai

from odoo.addons.gpt_core.engine.provider.failures import as_gpt_error
from odoo.addons.gpt_core.engine.text.storable import storable_text

#: What ``gpt.tuning.job.problem_code`` stores.
CODES = (
    "not_eligible",
    "quota",
    "bad_file",
    "too_few",
    "too_large",
    "model_not_tunable",
    "wrong_key",
    "permission",
    "no_tuning_api",
    "job_gone",
    "file_gone",
    "invalid_request",
    "content_filter",
    "not_configured",
    "lost",
    "busy",
    "server_error",
    "training_failed",
    "internal",
)
#: Trying again may help after these.
PASSING = frozenset({"lost", "busy", "server_error"})

# What tells the reason, whatever the status; the first that is found.
_WORDS = (
    (
        "not_eligible",
        (
            "not eligible",
            "no longer eligible",
            "fine_tuning_not_available",
            "no longer accept",
            "no longer be created",
            "wound down",
            "fine-tuning is not available",
            "fine-tuning is no longer",
            "not enabled for fine-tuning",
        ),
    ),
    ("quota", ("exceed_quota", "exceeded_quota", "quota", "billing", "hard limit")),
    (
        "model_not_tunable",
        (
            "model_not_available",
            "not available for fine-tuning",
            "cannot be fine-tuned",
            "does not support fine",
            "not supported for fine",
            "not a fine-tunable",
        ),
    ),
    ("too_few", ("invalid_n_examples", "at least 10 examples", "too few examples")),
    ("too_large", ("file_too_large", "file is too large", "maximum file size")),
    ("content_filter", ("moderation", "usage policies", "content_filter", "unsafe")),
    ("file_gone", ("no such file object", "file_not_found", "does not exist")),
    (
        "bad_file",
        (
            "invalid_training_file",
            "invalid_validation_file",
            "invalid training file",
            "invalid validation file",
            "invalid file format",
            "invalid_file",
            "jsonl",
        ),
    ),
)
# What gpt_core's table of errors means here.
_BY_CODE = {
    "rate_limit": "busy",
    "quota": "quota",
    "server_error": "server_error",
    "bad_reply": "server_error",
    "web_page": "no_tuning_api",
    "timeout": "lost",
    "connection": "lost",
    "unknown_host": "lost",
    "cut_stream": "lost",
    "wrong_key": "wrong_key",
    "permission": "permission",
    "certificate": "invalid_request",
    "wrong_scheme": "invalid_request",
    "context_length": "too_large",
    "content_filter": "content_filter",
    "invalid_request": "invalid_request",
    "not_configured": "not_configured",
}
# What a 404 means, by what was asked.
_NOT_FOUND = {"look": "job_gone", "cancel": "job_gone", "pause": "job_gone"}
_MAX_DETAIL = 500


class Refusal(Exception):
    """Why something was not done.

    :param code: one of :data:`CODES`
    :param detail: what the provider said, without keys
    :param retry_after: seconds that it asked us to wait, if it did
    """

    def __init__(self, code: str, detail: str = "", retry_after: float | None = None):
        super().__init__(detail or code)
        self.code = code
        self.detail = detail
        self.retry_after = retry_after

    @property
    def is_passing(self) -> bool:
        """Whether trying again may help."""
        return self.code in PASSING


def refusal_of(error: Exception, asked: str) -> Refusal:
    """Return why an error was raised.

    :param asked: ``upload``, ``create``, ``look``, ``cancel`` or ``pause``
    """
    known = as_gpt_error(error)
    said = f"{getattr(error, 'code', '') or ''} {known.detail}"
    code = _BY_CODE.get(known.code, "internal")
    if isinstance(error, openai.APIStatusError) and error.status_code < 500:
        by_words = _in_words(said)
        if getattr(error, "code", "") == "model_not_found":
            code = "model_not_tunable"
        elif isinstance(error, openai.NotFoundError):
            code = _NOT_FOUND.get(asked) or by_words or "no_tuning_api"
        elif code not in ("wrong_key", "busy"):
            code = by_words or code
    # Who raised it tells people nothing.
    detail = known.detail.removeprefix(f"{type(error).__name__}: ")
    return Refusal(code, detail, known.retry_after)


def refusal_of_job(code: str, message: str) -> Refusal:
    """Return why a job failed, by the error that it ended with."""
    detail = storable_text(message)[:_MAX_DETAIL]
    return Refusal(_in_words(f"{code} {detail}") or "training_failed", detail)


def _in_words(text: str) -> str:
    said = text.lower()
    return next(
        (code for code, words in _WORDS if any(word in said for word in words)), ""
    )
