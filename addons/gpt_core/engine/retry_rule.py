# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The retry rule: after which errors a job asks again, when, and how often.

It comes on top of the tries that the SDK makes at once, within one call.
"""

# Tries of one action.
MAX_ATTEMPTS = 3
# A provider may ask for any delay; nobody waits longer than this for one retry.
MAX_RETRY_AFTER = 600
# Seconds until the next try, by error code. After any other error trying again cannot
# succeed, or was done already: after "timeout" the SDK tried again at once, as often as
# the provider allows, and after "invalid_output" the model was asked once more within
# the same run; each try may have to be paid for.
RETRY_IN = {
    "rate_limit": 10,
    "server_error": 10,
    "connection": 5,
    "unknown_host": 30,
    "bad_reply": 10,
    "cut_stream": 5,
    "empty_answer": 1,
}


def retry_in(code: str, retry_after: float | None = None) -> int | None:
    """Return the seconds until the next try makes sense, ``None`` if it never does.

    :param retry_after: seconds that the provider asked us to wait, if it did
    """
    seconds = RETRY_IN.get(code)
    if seconds is None or retry_after is None:
        return seconds
    return min(max(round(retry_after), 1), MAX_RETRY_AFTER)


def may_try_again(attempts: int) -> bool:
    """Tell whether an action that was tried so often may be tried once more."""
    return attempts < MAX_ATTEMPTS
