# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A wall-clock deadline for HTTP, below httpx.

The timeouts of httpx are for each read: a server that sends a byte now and then is
waited for without end. Here every operation of a socket gets what is left until the
deadline of the thread that does it.
"""

import math
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# Between the tries of a call, all waits together. The SDK would wait for two minutes if
# a provider asks for it; whoever asked knows better what to do meanwhile.
LONGEST_WAIT = 10.0
# A write is repeated until the server has taken all of it: each part is bounded.
_WRITE_BYTES = 65536
_current = threading.local()


def longest(timeout: float, max_retries: int) -> float:
    """Return the seconds for all tries of a call, and for the waits between them."""
    return timeout * (max_retries + 1) + (LONGEST_WAIT if max_retries else 0)


@contextmanager
def until(moment: float) -> Iterator[None]:
    """Have HTTP of this thread end at ``moment``, of the monotonic clock.

    Within another deadline, the earlier one counts.
    """
    before = getattr(_current, "moment", None)
    _current.moment = moment if before is None else min(before, moment)
    try:
        yield
    finally:
        _current.moment = before


def watch(client: Any) -> None:
    """Have the connections of an httpx client obey :func:`until`.

    httpx has no parameter for the network backend of its connection pools, through a
    proxy or not; httpcore, which makes them, has one.
    """
    for transport in (client._transport, *client._mounts.values()):
        pool = getattr(transport, "_pool", None)
        if pool is not None:
            pool._network_backend = _Backend(pool._network_backend)


class _Bounded:
    """Stands before an object of httpcore; ``errors`` is its module."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self._errors = sys.modules[type(inner).__module__.partition(".")[0]]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def _left(self, timeout: float | None, error: str) -> float | None:
        """Return the seconds that an operation may take, ``timeout`` at most."""
        moment: float | None = getattr(_current, "moment", None)
        if moment is None:
            return timeout
        left = moment - time.monotonic()
        if left == math.inf:
            return timeout
        if left <= 0:
            raise getattr(self._errors, error)("the deadline of the call has passed")
        return left if timeout is None else min(left, timeout)


class _Backend(_Bounded):
    """Makes connections whose operations end in time."""

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, **options: Any
    ) -> "_Stream":
        left = self._left(timeout, "ConnectTimeout")
        return _Stream(self._inner.connect_tcp(host, port, timeout=left, **options))

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, **options: Any
    ) -> "_Stream":
        left = self._left(timeout, "ConnectTimeout")
        return _Stream(self._inner.connect_unix_socket(path, timeout=left, **options))


class _Stream(_Bounded):
    """A connection whose reads and writes end in time."""

    # Odoo's linter takes these two for the methods of a model.
    # pylint: disable=method-required-super

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        left = self._left(timeout, "ReadTimeout")
        content: bytes = self._inner.read(max_bytes, left)
        return content

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for begin in range(0, len(buffer), _WRITE_BYTES):
            part = buffer[begin : begin + _WRITE_BYTES]
            self._inner.write(part, self._left(timeout, "WriteTimeout"))

    def start_tls(
        self,
        ssl_context: Any,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> "_Stream":
        left = self._left(timeout, "ConnectTimeout")
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, left))
