# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whether two chains have the same settings."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def fingerprint(settings: Mapping[str, Any]) -> str:
    """Return what two snapshots have in common exactly when their values are equal."""
    text = json.dumps(settings, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
