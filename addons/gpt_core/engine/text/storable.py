# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Values from outside, as PostgreSQL can keep them.

It takes no NUL character, in a text or in JSON, and no half of a surrogate pair, which
JSON can spell (``"\\ud83d"``) and Python can hold. Its JSON knows neither NaN nor
infinity.
"""

import math
import re
from typing import Any

_SURROGATE = re.compile("[\ud800-\udfff]")


def storable_text(text: str) -> str:
    """Return ``text`` without NUL and without halves of surrogate pairs."""
    return whole_characters(text.replace("\x00", ""))


def whole_characters(text: str) -> str:
    """Return ``text`` in which half a surrogate pair became a replacement mark.

    Two halves that belong together become the character that they mean.
    """
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def storable(value: Any) -> Any:
    """Return a JSON value all of whose texts and numbers can be kept."""
    if isinstance(value, str):
        return storable_text(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    if isinstance(value, dict):
        return {
            storable_text(name) if isinstance(name, str) else name: storable(item)
            for name, item in value.items()
        }
    return value
