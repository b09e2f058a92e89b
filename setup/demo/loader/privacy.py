# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The demo talks to nobody but the model: what Odoo sends by itself is switched off."""

from typing import Any

#: Sends leads to Odoo's enrichment service; sends statistics about the database;
#: sends e-mail.
_SCHEDULED = (
    "crm_iap_enrich.ir_cron_lead_enrichment",
    "mail.ir_cron_module_update_notification",
    "mail.ir_cron_mail_scheduler_action",
)


def load(env: Any) -> None:
    """Archive the scheduled actions that leave the machine."""
    for xml_id in _SCHEDULED:
        action = env.ref(xml_id, raise_if_not_found=False)
        if action:
            action.active = False
