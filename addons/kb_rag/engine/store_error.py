# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Apart from :mod:`.store_backend`, which imports LangChain."""


class StoreError(Exception):
    """A store of vectors cannot be reached, or refuses."""
