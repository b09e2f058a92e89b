# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.gpt_core.engine.retrieval.bm25 import bm25, inverse_frequency


def test_rare_words_tell_more() -> None:
    assert inverse_frequency(1, 1000) > inverse_frequency(500, 1000) > 0
    weights = {"envío": 5.0, "pedido": 1.0}
    rare = bm25({"envío": 1}, weights, 100, 100)
    common = bm25({"pedido": 3}, weights, 100, 100)
    assert rare > common
    assert bm25({"envío": 1}, weights, 50, 100) > bm25({"envío": 1}, weights, 500, 100)
    assert bm25({"otra": 9}, weights, 100, 100) == 0
