# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "GPT Knowledge: PostgreSQL",
    "summary": "Vectors of documents in another PostgreSQL",
    "version": "18.0.1.0.0",
    "license": "AGPL-3",
    "author": "odoo-gpt authors, Odoo Community Association (OCA)",
    "website": "https://github.com/OCA/ai",
    "category": "Productivity/AI",
    "development_status": "Beta",
    "depends": ["kb_rag"],
    "external_dependencies": {
        "python": [
            "langchain-core>=1.7,<2",
            "langchain-postgres>=0.0.17,<0.1",
            "sqlalchemy>=2,<3",
        ],
    },
    "data": [
        "views/gpt_kb_store_views.xml",
    ],
    "demo": ["demo/gpt_kb_store_demo.xml"],
}
