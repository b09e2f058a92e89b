# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Live Chat with GPT: Leads",
    "summary": "A lead out of every chat whose visitor can be reached",
    "version": "18.0.1.0.0",
    "license": "AGPL-3",
    "author": "odoo-gpt authors, Odoo Community Association (OCA)",
    "website": "https://github.com/OCA/ai",
    "category": "Website/Live Chat",
    "development_status": "Beta",
    "depends": ["livechat_gpt", "crm_livechat"],
    "data": [
        "views/gpt_agent_views.xml",
        "views/gpt_livechat_session_views.xml",
    ],
    "demo": ["demo/livechat_gpt_crm_demo.xml"],
    "auto_install": True,
}
