# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whether two snapshots of a chain mean the same."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def fingerprint(snapshot: Mapping[str, Any]) -> str:
    """Return what two snapshots have in common exactly when they mean the same.

    What is empty means the same as what is missing: a snapshot made before an addon
    brought a field is no other chain for that.
    """
    meaning = json.dumps(_without_empty(snapshot), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(meaning.encode()).hexdigest()


def _without_empty(value: Any) -> Any:
    if isinstance(value, Mapping):
        plain = {key: _without_empty(item) for key, item in value.items()}
        # A temperature of 0 is a temperature.
        return {
            key: item
            for key, item in plain.items()
            if item or (key == "temperature" and item is not None)
        }
    if isinstance(value, list | tuple):
        return [_without_empty(item) for item in value]
    return value
