# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "GPT Pre-flight",
    "summary": "A page that shows whether all is in place for an answer of a model",
    "version": "18.0.1.0.0",
    "license": "AGPL-3",
    "author": "odoo-gpt authors, Odoo Community Association (OCA)",
    "website": "https://github.com/OCA/ai",
    "category": "Productivity/AI",
    "development_status": "Beta",
    "depends": ["gpt_core"],
    "external_dependencies": {"python": ["packaging>=23"]},
    "data": [
        "security/gpt_preflight_security.xml",
        "security/ir.model.access.csv",
        "data/queue_job_function_data.xml",
        "wizards/gpt_preflight_views.xml",
        "views/res_config_settings_views.xml",
        "views/gpt_preflight_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["gpt_preflight/static/src/**/*"],
    },
    "auto_install": True,
}
