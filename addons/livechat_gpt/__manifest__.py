# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Live Chat with GPT",
    "summary": "An assistant that answers the website live chat",
    "version": "18.0.1.0.0",
    "license": "AGPL-3",
    "author": "odoo-gpt authors, Odoo Community Association (OCA)",
    "website": "https://github.com/OCA/ai",
    "category": "Website/Live Chat",
    "development_status": "Beta",
    "depends": ["gpt_core", "resource", "website_livechat"],
    "external_dependencies": {
        "python": ["phonenumbers>=8.13,<10", "rapidfuzz>=3.6,<4"]
    },
    "data": [
        "security/livechat_security.xml",
        "security/ir.model.access.csv",
        "data/gpt_chain_data.xml",
        "data/queue_job_function_data.xml",
        "data/ir_cron_data.xml",
        "views/gpt_agent_views.xml",
        "views/im_livechat_channel_views.xml",
        "views/gpt_livechat_session_views.xml",
        "views/gpt_livechat_report_views.xml",
        "views/livechat_gpt_menus.xml",
    ],
    "demo": ["demo/livechat_gpt_demo.xml"],
    "assets": {
        "im_livechat.assets_embed_core": ["livechat_gpt/static/src/embed/**/*"],
    },
}
