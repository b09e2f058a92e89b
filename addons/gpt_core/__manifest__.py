# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "GPT Core",
    "summary": "Providers, models, prompt chains and a ledger of tokens and cost",
    "version": "18.0.1.0.0",
    "license": "AGPL-3",
    "author": "odoo-gpt authors, Odoo Community Association (OCA)",
    "website": "https://github.com/OCA/ai",
    "category": "Productivity/AI",
    "development_status": "Beta",
    "depends": ["mail", "queue_job"],
    "external_dependencies": {
        "python": [
            "langchain>=1.4,<2",
            "langchain-openai>=1.7,<2",
            "openai>=2.45",
            "pydantic>=2.12,<3",
        ],
    },
    "data": [
        "security/gpt_security.xml",
        "security/ir.model.access.csv",
        "data/ir_config_parameter_data.xml",
        "data/queue_job_channel_data.xml",
        "data/queue_job_function_data.xml",
        "data/gpt_provider_data.xml",
        "data/gpt_model_data.xml",
        "views/gpt_provider_views.xml",
        "views/gpt_model_views.xml",
        "views/gpt_chain_views.xml",
        "views/gpt_request_views.xml",
        "views/gpt_conversation_views.xml",
        "views/res_config_settings_views.xml",
        "views/gpt_menus.xml",
    ],
    "application": True,
}
