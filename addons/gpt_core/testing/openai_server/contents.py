# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The content of a request: JSON, or a form with a file."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from werkzeug.wrappers import Request

from .errors import ApiError, bad_request


@dataclass(frozen=True)
class Content:
    """What was sent: ``body`` for the journal, the file, and what is wrong with it."""

    body: Any
    upload: tuple[str, bytes] | None = None
    problem: ApiError | None = None

    def searchable(self) -> str:
        """The body as JSON and, unescaped, the texts in it."""
        return "\n".join(
            [json.dumps(self.body, ensure_ascii=False), *_texts(self.body)]
        )


def read_content(request: Request) -> Content:
    """Read the whole body of a request."""
    if request.mimetype == "multipart/form-data":
        return _form(request)
    raw = request.get_data()
    if not raw:
        return Content(None)
    try:
        return Content(decoded(raw))
    except ApiError as error:
        return Content(raw.decode(errors="replace"), problem=error)


def decoded(raw: bytes) -> Any:
    """The JSON value; raises the API's 400."""
    try:
        return json.loads(raw)
    except ValueError as error:
        raise bad_request(
            "We could not parse the JSON body of your request. (HINT: This likely "
            "means you aren't using your HTTP library correctly. The OpenAI API "
            "expects a JSON payload, but what was sent was not valid JSON.)",
            None,
            None,
        ) from error


def _form(request: Request) -> Content:
    fields: dict[str, Any] = request.form.to_dict()
    given = request.files.get("file")
    if given is None:
        return Content(fields)
    upload = (given.filename or "file", given.read())
    # The journal says what was uploaded; the file store keeps it.
    fields["file"] = {"filename": upload[0], "bytes": len(upload[1])}
    return Content(fields, upload)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for below in value.values():
            yield from _texts(below)
    elif isinstance(value, list):
        for below in value:
            yield from _texts(below)
