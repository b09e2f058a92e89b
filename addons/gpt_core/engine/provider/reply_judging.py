# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Replies that say "success" and are none, and errors in an unusual dress.

What is found here gets the status that it should have had, so that the SDK raises, and
tries again, as it does for any other error.
"""

import html
import json
import re
from dataclasses import dataclass
from typing import Any

from .refusal_words import code_in_words

_TITLE = re.compile(r"<title[^>]{0,100}>([^<]{1,300})<", re.IGNORECASE)
_MARKUP = re.compile(r"\s*<(?:!doctype|html|head|body|\?xml)", re.IGNORECASE)
# Where answers come from.
_ANSWERS = ("/chat/completions", "/responses", "/embeddings")
# For these, the status says what is to be done, whoever wrote the page.
_CLEAR_PAGES = frozenset({401, 404, 408, 429})
_BAD_GATEWAY = 502


@dataclass(frozen=True)
class Judgement:
    """What a reply is instead; ``again``: whether the SDK may try again at once."""

    status: int
    body: bytes
    again: bool = True


def judged(path: str, status: int, content_type: str, body: bytes) -> Judgement | None:
    """Return what a reply is, ``None`` when it is what it says.

    :param path: of the request
    """
    is_success = 200 <= status < 300
    if is_success and not path.endswith(_ANSWERS):
        return None
    text = body[:2000].decode(errors="replace")
    if "html" in content_type or _MARKUP.match(text):
        return _page(status, text, is_success)
    try:
        reply = json.loads(body)
    except (ValueError, RecursionError):
        return _bad("The reply is no JSON.") if is_success and body.strip() else None
    if is_success:
        return _success(path, reply)
    return _failure(status, reply)


def _failure(status: int, reply: Any) -> Judgement | None:
    """Return an error as the SDK reads it: an object with a message."""
    if isinstance(reply, list) and len(reply) == 1:
        reply = reply[0]  # Google's way
    if not isinstance(reply, dict):
        return None
    error = reply.get("error")
    if isinstance(error, str):
        reply = {"error": {"message": error, "code": reply.get("code")}}
    body = json.dumps(reply, ensure_ascii=False)
    # No waiting ends that, however it is worded.
    is_spent = status == 429 and code_in_words(body, status) == "quota"
    return Judgement(status, body.encode(), again=not is_spent)


def _page(status: int, text: str, is_success: bool) -> Judgement | None:
    if not is_success and (status >= 500 or status in _CLEAR_PAGES):
        title = _title(text)
        return Judgement(status, _error(None, title)) if title else None
    code = None if "https port" in text.lower() else "web_page"
    shown = "The plain HTTP request was sent to HTTPS port" if code is None else ""
    return Judgement(
        _BAD_GATEWAY if is_success else status,
        _error(code, shown or _title(text) or "A web page."),
        again=False,
    )


def _title(text: str) -> str:
    found = _TITLE.search(text)
    return html.unescape(found[1]).strip() if found else ""


def _success(path: str, reply: Any) -> Judgement | None:
    if not isinstance(reply, dict):
        return _bad("The reply is no object.")
    error = reply.get("error")
    if error and not _has_answer(path, reply):
        return Judgement(_status_of(error), json.dumps({"error": error}).encode())
    if _has_answer(path, reply):
        return None
    return _bad(f"The reply has no answer, only: {', '.join(map(str, reply))[:200]}")


def _has_answer(path: str, reply: dict[str, Any]) -> bool:
    if path.endswith("/chat/completions"):
        choices = reply.get("choices")
        return (
            isinstance(choices, list)
            and bool(choices)
            and isinstance(choices[0], dict)
            and isinstance(choices[0].get("message"), dict)
            and not choices[0].get("error")
        )
    # A failed run of the Responses API says so itself.
    name = "data" if path.endswith("/embeddings") else "output"
    return isinstance(reply.get(name), list)


def _status_of(error: Any) -> int:
    """Return the status that an error in a reply of success names."""
    code = error.get("code") if isinstance(error, dict) else None
    try:
        status = int(code or 0)
    except (TypeError, ValueError):
        return _BAD_GATEWAY
    return status if 400 <= status < 600 else _BAD_GATEWAY


def _bad(message: str) -> Judgement:
    # It may have been paid for: whoever asked decides.
    return Judgement(_BAD_GATEWAY, _error("bad_reply", message), again=False)


def _error(code: str | None, message: str) -> bytes:
    return json.dumps({"error": {"message": message, "code": code}}).encode()
