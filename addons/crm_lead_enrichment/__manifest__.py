# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Lead Enrichment with GPT",
    "summary": "Summary, priority, missing data and next step of leads, with evidence",
    "version": "18.0.1.0.0",
    "license": "AGPL-3",
    "author": "odoo-gpt authors, Odoo Community Association (OCA)",
    "website": "https://github.com/OCA/ai",
    "category": "Sales/CRM",
    "development_status": "Beta",
    "depends": ["gpt_core", "crm"],
    # From 0.5.2 on it wants lxml 6, which Odoo 18.0 and 19.0 do not work with.
    "external_dependencies": {
        "python": [
            "phonenumbers>=8.13,<10",
            "quotequail>=0.5,<0.5.2",
            "rapidfuzz>=3.6,<4",
        ],
    },
    "data": [
        "security/crm_lead_enrichment_security.xml",
        "security/ir.model.access.csv",
        "data/queue_job_function_data.xml",
        "data/gpt_lead_input_data.xml",
        "data/gpt_chain_data.xml",
        "data/gpt_chain_history_data.xml",
        "wizards/gpt_lead_reject_views.xml",
        "views/gpt_lead_value_views.xml",
        "views/gpt_lead_run_views.xml",
        "views/gpt_lead_batch_views.xml",
        "views/gpt_lead_input_views.xml",
        "views/gpt_chain_views.xml",
        "views/crm_lead_views_form.xml",
        "views/crm_lead_views_held.xml",
        "views/crm_lead_views_list.xml",
        "views/crm_lead_views_search.xml",
        "views/crm_lead_report_views.xml",
        "views/res_config_settings_views.xml",
        "views/crm_lead_enrichment_menus.xml",
    ],
    "demo": ["demo/crm_lead_demo.xml"],
    "assets": {
        "web.assets_backend": ["crm_lead_enrichment/static/src/lead/**/*"],
    },
}
