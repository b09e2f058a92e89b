# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``/v1/files`` and ``/v1/models``."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .calls import Call
from .errors import bad_request, missing_parameter
from .files import PURPOSES
from .parameters import one_of
from .replies import Reply, bytes_reply, json_reply, page


def create(call: Call) -> Reply:
    """``POST /v1/files``: a form with ``file`` and ``purpose``."""
    if call.upload is None:
        raise missing_parameter("file")
    purpose = call.body.get("purpose")
    if not purpose:
        raise missing_parameter("purpose")
    one_of(purpose, PURPOSES, "purpose")
    filename, content = call.upload
    stored = call.state.files.add(filename, purpose, content)
    return json_reply(stored.as_dict())


def listing(call: Call) -> Reply:
    """``GET /v1/files``, the newest first."""
    found = call.state.files.listing(call.query.get("purpose"))
    if call.query.get("order") == "asc":
        found = found[::-1]
    shown, has_more = select_page(found, call.query, lambda f: f.id, default=10_000)
    body = page([stored.as_dict() for stored in shown], has_more)
    body["first_id"] = shown[0].id if shown else None
    body["last_id"] = shown[-1].id if shown else None
    return json_reply(body)


def retrieve(call: Call, file_id: str) -> Reply:
    """``GET /v1/files/{id}``."""
    return json_reply(call.state.files.get(file_id).as_dict())


def content(call: Call, file_id: str) -> Reply:
    """``GET /v1/files/{id}/content``."""
    stored = call.state.files.get(file_id)
    return bytes_reply(stored.content, "application/octet-stream")


def delete(call: Call, file_id: str) -> Reply:
    """``DELETE /v1/files/{id}``."""
    call.state.files.delete(file_id)
    return json_reply({"id": file_id, "object": "file", "deleted": True})


def models(call: Call) -> Reply:
    """``GET /v1/models``."""
    return json_reply({"object": "list", "data": call.state.catalogue.listing()})


def model(call: Call, name: str) -> Reply:
    """``GET /v1/models/{id}``."""
    return json_reply(call.state.catalogue.get(name).as_dict())


def delete_model(call: Call, name: str) -> Reply:
    """``DELETE /v1/models/{id}``, for fine-tuned models."""
    call.state.catalogue.remove(name)
    return json_reply({"id": name, "object": "model", "deleted": True})


def select_page(
    items: Sequence[Any],
    query: Mapping[str, str],
    key: Callable[[Any], str],
    default: int = 20,
) -> tuple[Sequence[Any], bool]:
    """The items behind ``after``, at most ``limit``, and whether there are more."""
    given = query.get("limit", str(default))
    if not given.isdigit() or not int(given):
        raise bad_request(
            f"Invalid value for 'limit': '{given}'.", "limit", "invalid_value"
        )
    start = 0
    after = query.get("after")
    if after:
        places = [i for i, item in enumerate(items) if key(item) == after]
        start = places[0] + 1 if places else len(items)
    end = start + int(given)
    return items[start:end], end < len(items)
