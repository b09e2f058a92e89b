# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.kb_rag.engine.retrieval.language import language_of, spellings


def test_languages() -> None:
    assert language_of("El envío de los pedidos es por paquetería y tarda") == "spanish"
    assert (
        language_of("The shipping of your order is by mail and it takes") == "english"
    )
    assert language_of("0x7f 12.5 kWh AC/DC") == "simple"
    assert "devolución" in spellings("devolucion")
