# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tells whether a lead says anything new."""

import hashlib
import json
from collections.abc import Sequence

from .sources import Source


def fingerprint(version: int, sources: Sequence[Source], *more: object) -> str:
    """Return a digest of what would be asked: the chain's version and the texts.

    :param more: whatever else changes the answer
    """
    texts = [[source.kind, source.label, source.text] for source in sources]
    asked = json.dumps([version, texts, more], ensure_ascii=False, default=str)
    return hashlib.sha256(asked.encode()).hexdigest()
