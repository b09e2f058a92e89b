# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "GPT Knowledge",
    "summary": "The company's documents as sources of answers, by rights",
    "version": "18.0.1.0.0",
    "license": "AGPL-3",
    "author": "odoo-gpt authors, Odoo Community Association (OCA)",
    "website": "https://github.com/OCA/ai",
    "category": "Productivity/AI",
    "development_status": "Beta",
    "depends": ["gpt_core"],
    "external_dependencies": {
        "python": [
            "docx2txt>=0.9,<1",
            "langchain-core>=1.7,<2",
            "numpy>=1.24",
            "orjson>=3.9",
            "pypdf>=5,<8",
        ],
    },
    "data": [
        "security/kb_rag_security.xml",
        "security/ir.model.access.csv",
        "data/queue_job_function_data.xml",
        "data/ir_cron_data.xml",
        "views/gpt_kb_chunk_views.xml",
        "views/gpt_kb_document_views.xml",
        "views/gpt_kb_source_views.xml",
        "views/gpt_kb_store_views.xml",
        "wizards/gpt_kb_tester_views.xml",
        "wizards/gpt_kb_move_views.xml",
        "wizards/gpt_kb_upload_views.xml",
        "views/gpt_kb_collection_views.xml",
        "views/gpt_chain_views.xml",
        "views/gpt_request_views.xml",
        "views/kb_rag_menus.xml",
    ],
    "demo": ["demo/kb_rag_demo.xml"],
    "assets": {
        "web.assets_backend": [
            "kb_rag/static/src/**/*",
        ],
    },
}
