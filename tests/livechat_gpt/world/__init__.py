# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A chat with everything around it, for tests of the engine's transitions."""

from .examples import AT_ONCE, DECISIONS, EVENTS, WISHES
from .state import PEOPLE
from .world import World

__all__ = ["AT_ONCE", "DECISIONS", "EVENTS", "PEOPLE", "WISHES", "World"]
