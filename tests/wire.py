# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Talking to a server without the SDK, and checking replies against its types."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from openai import BaseModel
from pydantic import TypeAdapter

KEY = "sk-test-key"
Validated = TypeVar("Validated")


@dataclass(frozen=True)
class Raw:
    """A reply as it came: status, headers (lower case) and body."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        """The decoded body."""
        return json.loads(self.content)

    @property
    def error(self) -> dict[str, Any]:
        """The ``error`` of the body."""
        return self.json["error"]

    @property
    def events(self) -> list[tuple[str | None, str]]:
        """The server-sent events: (name, data)."""
        found = []
        for block in self.content.decode().split("\n\n"):
            lines = dict(line.split(": ", 1) for line in block.splitlines())
            if lines:
                found.append((lines.get("event"), lines["data"]))
        return found


def call(
    base_url: str,
    path: str,
    body: Any = None,
    *,
    method: str | None = None,
    key: str | None = KEY,
) -> Raw:
    """One request; ``path`` is below ``base_url``, or absolute from its host."""
    url = (
        base_url.removesuffix("/v1") + path if path[0] == "/" else f"{base_url}/{path}"
    )
    data = (
        body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    )
    headers = {"Content-Type": "application/json"}
    if key is not None:
        headers["Authorization"] = f"Bearer {key}"
    request = urllib.request.Request(url, data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=20) as reply:
            return Raw(reply.status, _lower(reply.headers), reply.read())
    except urllib.error.HTTPError as error:
        with error:
            return Raw(error.code, _lower(error.headers), error.read())


def strictly(kind: type[Validated] | Any, content: bytes | str) -> Validated:
    """The reply as the SDK's type, by pydantic's strict validation.

    Fails, too, on a field that the type does not declare: the SDK's types allow
    these, so that a misspelt one would pass.
    """
    value = _adapter(kind).validate_json(content, strict=True)
    unknown = list(_undeclared(value, type(value).__name__))
    assert not unknown, f"fields the SDK does not know: {unknown}"
    return value


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """Built once per type: for the union of all events it takes a second."""
    return TypeAdapter(kind)


def _undeclared(value: Any, where: str) -> Any:
    if isinstance(value, BaseModel):
        yield from (f"{where}.{name}" for name in value.model_extra or {})
        for name, below in value:
            yield from _undeclared(below, f"{where}.{name}")
    elif isinstance(value, list | tuple):
        for index, below in enumerate(value):
            yield from _undeclared(below, f"{where}[{index}]")


def _lower(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
