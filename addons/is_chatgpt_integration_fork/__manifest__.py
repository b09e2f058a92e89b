# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Discuss with GPT",
    "summary": "An assistant in the channels, groups and direct messages of Discuss",
    "version": "18.0.1.0.0",
    "license": "AGPL-3",
    "author": "odoo-gpt authors, Odoo Community Association (OCA)",
    "website": "https://github.com/OCA/ai",
    "category": "Productivity/Discuss",
    "development_status": "Beta",
    "depends": ["gpt_core", "mail"],
    "data": [
        "security/gpt_ask_security.xml",
        "security/ir.model.access.csv",
        "data/gpt_ask_chain_data.xml",
        "data/gpt_ask_action_data.xml",
        "views/gpt_ask_views.xml",
        "views/gpt_ask_action_views.xml",
        "views/gpt_ask_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["is_chatgpt_integration_fork/static/src/**/*"],
    },
}
