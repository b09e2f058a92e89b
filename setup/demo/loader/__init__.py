# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Puts the demo company into an Odoo database; runs in an Odoo shell.

Loading twice changes nothing: each record has an external id below ``gpt_demo``.
"""

from typing import Any

from . import assistant, catalogue, company, documents, leads, people, privacy, site


def load(env: Any) -> None:
    """Create or update the demo company, its site, people, products and leads."""
    privacy.load(env)
    company.load(env)
    people.load(env)
    catalogue.load(env)
    leads.load(env)
    site.load(env)
    if "gpt.agent" in env:
        assistant.load(env)
    if "gpt.kb.document" in env:
        documents.load(env)
    env.cr.commit()
