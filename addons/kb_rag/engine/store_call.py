# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Calls of a store: they end in time, and what it says shows no secrets.

Apart from :mod:`.store_backend`, which imports LangChain.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from urllib.parse import parse_qsl, unquote

from odoo.addons.gpt_core.engine.provider import deadline
from odoo.addons.gpt_core.engine.provider.redaction import Redactor

# Of all requests that one call consists of.
CALL_SECONDS = 30.0
_MAX_CHARS = 300
# Of the parameters of an address.
_SECRET_NAMES = ("password", "passwd", "token", "key", "secret")


class StoreError(Exception):
    """A store of vectors cannot be reached, or refuses."""


@contextmanager
def store_call(secrets: Iterable[str]) -> Iterator[None]:
    """Surround a call of a store, whichever client it has.

    :param secrets: what no error may show
    :raises StoreError: for whatever goes wrong
    """
    redactor = Redactor(secrets)
    try:
        with deadline.until(time.monotonic() + CALL_SECONDS):
            yield
    except Exception as error:  # each client has its own
        said = str(error)
        if not isinstance(error, StoreError):
            said = f"{type(error).__name__}: {said}"
        # Without its cause: logs would show that with what was sent.
        raise StoreError(redactor.redact(said)[:_MAX_CHARS]) from None


def secrets_of(address: str) -> list[str]:
    """Return the passwords and keys that an address has in it."""
    # Not by its parts: a password with a slash in it makes a wrong address.
    before_host = address.partition("://")[2].rpartition("@")[0]
    password = before_host.partition(":")[2]
    named = [
        value
        for name, value in parse_qsl(address.partition("?")[2])
        if any(secret in name.lower() for secret in _SECRET_NAMES)
    ]
    return [secret for secret in (password, unquote(password), *named) if secret]
