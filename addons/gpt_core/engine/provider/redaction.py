# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Takes API keys out of what providers say about a request."""

import base64
import html
import json
import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

MARK = "[API key]"
# So many consecutive characters of a key give it away, wherever they stand in it.
_PART = 8
# Longer texts are no error message; what is kept of one is far shorter.
_MAX_CHARS = 100_000
# Keys of others: a gateway may show the key that it uses itself.
_KEY_OF_OTHERS = re.compile(r"\bsk-[\w*•…-]{6,}|\bBearer\s+[\w.~+/*•…=-]{6,}")
_WORD = re.compile(r"[^\s\"'`<>(){}\[\],;:=&?|\\]+")
# How providers hide the middle of a key, or all of it but its ends.
_HIDDEN = re.compile(r"[*•·#_]{2,}|…|\.{3}|[xX]{4}")


class Redactor:
    """Replaces keys, however they are written: quoted, encoded, cut, or half hidden."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._forms = {form for key in keys if key for form in _forms(key)}
        self._parts = {
            form[begin : begin + _PART]
            for form in self._forms
            for begin in range(len(form) - _PART + 1)
        }

    def is_in(self, content: bytes) -> bool:
        """Tell whether a key stands in some bytes, in any of its forms."""
        return any(form.encode() in content for form in self._forms)

    def redact(self, text: str) -> str:
        """Return ``text`` without keys."""
        text = self._without_parts(text[:_MAX_CHARS])
        for form in self._forms:
            if len(form) < _PART:
                text = text.replace(form, MARK)
        text = _KEY_OF_OTHERS.sub(MARK, text)
        return _WORD.sub(self._without_ends, text)

    def _without_parts(self, text: str) -> str:
        """Replace each run of characters that is made of parts of a key."""
        kept, begin = [], 0
        hits = (
            place
            for place in range(len(text) - _PART + 1)
            if text[place : place + _PART] in self._parts
        )
        end = 0
        for place in hits:
            if place >= end:
                kept += [text[end:place], MARK]
            end = place + _PART
            begin = end
        return "".join([*kept, text[begin:]])

    def _without_ends(self, word: re.Match[str]) -> str:
        """Replace a word whose visible ends are those of a key."""
        text = word[0]
        hidden = _HIDDEN.search(text)
        if hidden is None:
            return text
        head = text[: hidden.start()]
        tail = _HIDDEN.split(text)[-1].rstrip(".!…").lstrip(".")
        is_key = any(
            (len(head) > 1 and form.startswith(head))
            or (len(tail) > 1 and form.endswith(tail))
            for form in self._forms
        )
        return MARK if is_key else text


def _forms(key: str) -> set[str]:
    """Return how a key may be written."""
    return {
        key,
        quote(key, safe=""),
        quote(key),
        quote_plus(key),
        html.escape(key),
        json.dumps(key)[1:-1],
        base64.b64encode(key.encode()).decode().rstrip("="),
    }
