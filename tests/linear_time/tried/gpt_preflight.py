# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Functions of ``gpt_preflight``."""

from .ways import SETTINGS, Try

TRIED: dict[str, Try] = {}
EXCUSED: dict[str, str] = {
    "gpt_preflight.job_channels.configured_capacities": SETTINGS,
    "gpt_preflight.probes.ask_all": SETTINGS,
}
