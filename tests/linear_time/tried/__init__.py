# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How each function of the engines is given a hostile text, and which need none.

A file for each addon: a new function is named in its addon's.
"""

from . import (
    crm_lead_enrichment,
    fine_tuning,
    gpt_core,
    gpt_evaluation,
    gpt_preflight,
    is_chatgpt_integration_fork,
    kb_rag,
    livechat_gpt,
)
from .ways import Try

_ADDONS = (
    crm_lead_enrichment,
    fine_tuning,
    gpt_core,
    gpt_evaluation,
    gpt_preflight,
    is_chatgpt_integration_fork,
    kb_rag,
    livechat_gpt,
)
TRIED: dict[str, Try] = {
    name: item for addon in _ADDONS for name, item in addon.TRIED.items()
}
EXCUSED: dict[str, str] = {
    name: why for addon in _ADDONS for name, why in addon.EXCUSED.items()
}
