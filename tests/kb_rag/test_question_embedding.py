# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.kb_rag.engine.vectors.question_embedding import masked_question


def test_placeholders_stay_what_they_are():
    masked = masked_question("Soy [[NAME_1]], RFC GODE561231GR8, [[PHONE_2]]")
    assert masked == "Soy [[NAME_1]], RFC [[RFC_1]], [[PHONE_2]]"
