# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "GPT Evaluation",
    "summary": "Cases of prompt chains, and what they say before a draft is published",
    "version": "18.0.1.0.0",
    "license": "AGPL-3",
    "author": "odoo-gpt authors, Odoo Community Association (OCA)",
    "website": "https://github.com/OCA/ai",
    "category": "Productivity/AI",
    "development_status": "Beta",
    "depends": ["gpt_core"],
    "data": [
        "security/gpt_evaluation_security.xml",
        "security/ir.model.access.csv",
        "data/ir_config_parameter_data.xml",
        "views/gpt_chain_case_views.xml",
        "views/gpt_chain_evaluation_views.xml",
        "views/gpt_chain_views.xml",
        "views/res_config_settings_views.xml",
        "wizards/gpt_chain_publish_views.xml",
    ],
    "demo": ["demo/gpt_chain_demo.xml"],
    "auto_install": True,
}
