# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A record of each model of this addon; see ``gpt_core``'s module of that name."""

from odoo import Command

KEPT = {
    "gpt.preflight": "transient: deleted by Odoo within hours",
    "gpt.preflight.finding": "transient",
}


def samples(env, made):
    preflight = env["gpt.preflight"].create(
        {
            "finding_ids": [
                Command.create({"check": "x", "severity": "ok", "name": "Sample"})
            ]
        }
    )
    return {record._name: record for record in (preflight, preflight.finding_ids)}
