# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The HTTP client that calls to models share, with its connections kept open.

Everything that goes to a provider and comes back passes through here: each try ends in
time and is counted, and its reply is cleaned before the SDK reads it.
"""

import logging
import math
import ssl
import sys
import threading
import time
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import openai

from . import deadline, tries
from .redaction import Redactor
from .reply_cleaning import cleaned_json, cleaned_text
from .reply_judging import judged

# Whichever httpx this SDK was built on.
_base = openai.DefaultHttpxClient.__bases__[0]
httpx: Any = sys.modules[_base.__module__.partition(".")[0]]

# At this level it logs the headers of replies as they came, with whatever they echo.
for _name in ("httpcore", "httpcore2"):
    logging.getLogger(_name).setLevel(logging.INFO)

# Refusals that are worded as "too many requests" but that no waiting will end.
_HOPELESS = (
    *("insufficient_quota", "billing_hard_limit_reached"),
    *("exceeded_current_quota_error", "insufficient_user_quota"),
)
# The request had arrived, or part of the reply had: it may have been worked on.
_MAYBE_WORKED_ON = (httpx.ReadTimeout, httpx.ReadError, httpx.RemoteProtocolError)
# In it the SDK counts the tries of a call.
_TRY = "x-stainless-retry-count"
_KEY_HEADERS = ("authorization", "api-key", "x-api-key")
# The SDK takes them from the environment of the server; the provider's record decides.
_FROM_ENVIRONMENT = ("openai-organization", "openai-project")
# They describe the reply as it was sent, not as it is after cleaning.
_HEADERS_OF_CONTENT = ("content-encoding", "content-length", "transfer-encoding")


class HttpClient(openai.DefaultHttpxClient):
    """The SDK's own client.

    The read timeout of a request is the deadline of the whole try: connecting, sending,
    and reading to the last byte. All tries of a call together have one as well.

    Nothing of the server's environment counts: no proxy, no certificates, no headers.

    :param seconds: for all tries of a call
    :param secrets: what a reply may echo, besides the key, and nobody may read
    """

    def __init__(
        self, seconds: float = math.inf, secrets: tuple[str, ...] = (), **options: Any
    ) -> None:
        super().__init__(
            event_hooks={"response": [self._judge]}, trust_env=False, **options
        )
        deadline.watch(self)
        self._seconds = seconds
        self._secrets = secrets
        self._call = threading.local()

    def send(self, request: Any, *, stream: bool = False, **options: Any) -> Any:
        """Send one try; return its reply, as a stream or read and cleaned."""
        now = time.monotonic()
        for name in _FROM_ENVIRONMENT:
            if name not in self.headers and name in request.headers:
                del request.headers[name]
        if request.headers.get(_TRY, "0") == "0":
            self._call.ends = now + self._seconds
        if now >= self._call.ends:
            raise openai.APITimeoutError(request=request)
        seconds = request.extensions.get("timeout", {}).get("read")
        ends = min(now + (seconds or math.inf), self._call.ends)
        try:
            with deadline.until(ends):
                response = super().send(request, stream=True, **options)
                if stream and response.is_success:
                    response.stream = _TimedStream(response.stream, ends)
                else:
                    _read(response)
        except httpx.HTTPError as error:
            tries.note(unanswered=isinstance(error, _MAYBE_WORKED_ON))
            raise
        tries.note(unanswered=False)
        if not response.is_closed:
            return response
        return _judged(_cleaned(response, Redactor([*_keys(request), *self._secrets])))

    def _judge(self, response: Any) -> None:
        """Keep the SDK from trying again what cannot succeed, or not so soon.

        An account without credit gets the same status as one that asks too fast. The
        SDK obeys this header, which providers may send as well.
        """
        left = self._call.ends - time.monotonic()
        if _waiting_time(response) > min(deadline.LONGEST_WAIT, left):
            response.headers["x-should-retry"] = "false"
        if response.status_code != 429 or "x-should-retry" in response.headers:
            return
        text = _read(response).decode(errors="replace")
        if any(reason in text for reason in _HOPELESS):
            response.headers["x-should-retry"] = "false"


# Which httpx it is, only the SDK knows.
class _TimedStream(httpx.SyncByteStream):  # type: ignore[misc]
    """The body of a reply that is read later, until the same deadline."""

    def __init__(self, stream: Any, ends: float) -> None:
        self._stream = stream
        self._ends = ends

    def __iter__(self) -> Iterator[bytes]:
        parts = iter(self._stream)
        while True:
            with deadline.until(self._ends):
                part = next(parts, None)
            if part is None:
                return
            yield part

    def close(self) -> None:
        self._stream.close()


@lru_cache(maxsize=16)
def http_client(
    headers: tuple[tuple[str, str], ...] = (),
    seconds: float = math.inf,
    proxy: str = "",
    ca_bundle: str = "",
) -> HttpClient:
    """Return the process's client.

    :param headers: to send with each request; LangChain would show them in its ``repr``
        as default headers
    :param seconds: for all tries of a call
    :param proxy: the address of a proxy, with its user and password if it wants some
    :param ca_bundle: certificates to trust besides the usual ones, as PEM text
    """
    options: dict[str, Any] = {"headers": dict(headers)}
    if proxy:
        options["proxy"] = proxy
    if ca_bundle:
        options["verify"] = _trusting(ca_bundle)
    # Whatever an administrator adds may be a key.
    return HttpClient(seconds, tuple(value for _name, value in headers), **options)


def _trusting(ca_bundle: str) -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.load_verify_locations(cadata=ca_bundle)
    return context


def _waiting_time(response: Any) -> float:
    """Return the seconds that the SDK would wait because a provider says so."""
    for header, unit in (("retry-after-ms", 1000), ("retry-after", 1)):
        try:
            return float(response.headers.get(header, "")) / unit
        except ValueError:  # absent, or a date
            continue
    return 0.0


def _read(response: Any) -> bytes:
    try:
        content: bytes = response.read()
    except BaseException:
        response.close()
        raise
    return content


def _keys(request: Any) -> list[str]:
    """Return the keys that a request carries."""
    values = (request.headers.get(name, "") for name in _KEY_HEADERS)
    return [value.removeprefix("Bearer ").strip() for value in values if value]


def _cleaned(response: Any, redactor: Redactor) -> Any:
    """Return ``response``, or one like it without what must not be kept.

    What may echo the key is whatever tells of an error, in its headers as well.
    """
    if response.is_success and response.request.url.path.endswith("/embeddings"):
        # Nothing but numbers; they are large, and judged where they are used.
        return response
    content = response.content
    redact = None if response.is_success else redactor.redact
    if "json" in response.headers.get("content-type", ""):
        content = cleaned_json(content, redactor.redact, is_error=redact is not None)
    elif redact or redactor.is_in(content):
        content = cleaned_text(content, redactor.redact)
    headers = [
        (name, redact(value) if redact else value)
        for name, value in response.headers.multi_items()
        if name.lower() not in _HEADERS_OF_CONTENT
    ]
    if redact is None and content is response.content:
        return response
    clean = httpx.Response(
        response.status_code,
        headers=headers,
        content=content,
        request=response.request,
        extensions=response.extensions,
        history=response.history,
    )
    clean.elapsed = response.elapsed
    return clean


def _judged(response: Any) -> Any:
    """Return ``response``, or the error that it is."""
    found = judged(
        response.request.url.path,
        response.status_code,
        response.headers.get("content-type", ""),
        response.content,
    )
    if found is None:
        return response
    headers = {
        name: value
        for name, value in response.headers.items()
        if name.lower() not in (*_HEADERS_OF_CONTENT, "content-type")
    } | {"content-type": "application/json"}
    if not found.again:
        headers["x-should-retry"] = "false"
    error = httpx.Response(
        found.status,
        headers=headers,
        content=found.body,
        request=response.request,
        extensions=response.extensions,
        history=response.history,
    )
    error.elapsed = response.elapsed
    return error
