# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""HTTP replies, before they are sent."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .errors import ApiError

_PIECE = re.compile(r"\s*\S{1,12}|\s+")


class LastPart(bytes):
    """The part that makes a body whole; a broken body has none."""


@dataclass(frozen=True)
class Reply:
    """Status, headers and the body in parts; ``length`` is unknown for a stream."""

    status: int
    content_type: str
    body: Iterable[bytes]
    length: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def json_reply(
    data: Any, status: int = 200, headers: Mapping[str, str] | None = None
) -> Reply:
    """A JSON body."""
    return bytes_reply(
        json.dumps(data, ensure_ascii=False).encode(),
        "application/json",
        status,
        headers,
    )


def bytes_reply(
    content: bytes,
    content_type: str,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """A body of known length."""
    body = [LastPart(content)]
    return Reply(status, content_type, body, len(content), headers or {})


def error_reply(error: ApiError) -> Reply:
    """The reply of an error."""
    return json_reply(error.body(), error.status, error.headers)


def event_reply(events: Iterator[bytes]) -> Reply:
    """A stream of server-sent events."""
    return Reply(
        200,
        "text/event-stream; charset=utf-8",
        events,
        headers={"cache-control": "no-store"},
    )


def broken_json_reply(data: Any, error: ConnectionError) -> Reply:
    """A JSON body whose connection breaks in the middle."""
    content = json.dumps(data, ensure_ascii=False).encode()

    def half() -> Iterator[bytes]:
        yield content[: len(content) // 2]
        raise error

    return Reply(200, "application/json", half(), len(content))


def server_event(data: Mapping[str, Any] | str, name: str | None = None) -> bytes:
    """One server-sent event."""
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    head = f"event: {name}\n" if name else ""
    return f"{head}data: {text}\n\n".encode()


def pieces(text: str) -> list[str]:
    """A text in parts of about a token; together they are the text."""
    return _PIECE.findall(text)


def page(data: list[Any], has_more: bool = False) -> dict[str, Any]:
    """A list as the API wraps it."""
    return {"object": "list", "data": data, "has_more": has_more}
