# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "GPT Fine-Tuning",
    "summary": "Data sets out of approved examples, and models tuned on them",
    "version": "18.0.1.0.0",
    "license": "AGPL-3",
    "author": "odoo-gpt authors, Odoo Community Association (OCA)",
    "website": "https://github.com/OCA/ai",
    "category": "Productivity/AI",
    "development_status": "Beta",
    "depends": ["gpt_core", "gpt_evaluation"],
    "external_dependencies": {"python": ["numpy>=1.24", "openai>=2.45"]},
    "data": [
        "security/fine_tuning_security.xml",
        "security/ir.model.access.csv",
        "data/queue_job_function_data.xml",
        "data/gpt_dataset_format_data.xml",
        "views/gpt_dataset_format_views.xml",
        "views/gpt_dataset_problem_views.xml",
        "views/gpt_dataset_views.xml",
        "views/fine_tuning_menus.xml",
    ],
}
