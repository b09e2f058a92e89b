# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tells whether two things say the same."""

import hashlib
import json


def digest(*parts: object) -> str:
    """Return what equal ``parts`` have in common, and others have not.

    They are JSON; what is none is taken by its text. The order of keys does not matter.
    """
    said = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()
