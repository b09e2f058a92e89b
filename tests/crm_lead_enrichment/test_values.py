# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Values of realistic leads, and the passages that support them or do not."""

from datetime import date

import pytest

from odoo.addons.crm_lead_enrichment.engine.evidence_check import Wanted, ground_values
from odoo.addons.crm_lead_enrichment.engine.sources import Source
from odoo.addons.crm_lead_enrichment.engine.ungrounded_figures import ungrounded_figures
from odoo.addons.crm_lead_enrichment.engine.values.figures import figures

TODAY = date(2026, 12, 1)


def is_grounded(name: str, ttype: str, value: object, text: str, **more) -> bool:
    is_text = ttype in ("char", "text")
    wanted = Wanted(name, name, is_text=is_text, ttype=ttype, **more)
    answer = {name: value, f"{name}_quote": text}
    source = Source("email", "E-mail", text, 1, written_on=TODAY)
    (item,) = ground_values(answer, [wanted], [source])
    return item.is_grounded


SUPPORTED = [
    ("budget", "monetary", 60000, "Tenemos 60 mil"),
    ("budget", "monetary", 1200000, "unos 1.2 millones"),
    ("budget", "monetary", 15000, "about 15k"),
    ("budget", "monetary", 500000, "medio millón de pesos"),
    ("budget", "monetary", 60000, "ascienden a 60.000 €"),
    ("needed_by", "date", "2026-12-15", "lo quiero el 15 de diciembre"),
    ("needed_by", "date", "2026-12-15", "lo necesitamos en dos semanas"),
    ("phone", "char", "+52 55 1234 5678", "mi cel es 55 1234 5678"),
    ("email_from", "char", "ana@example.com", "ana arroba example punto com"),
    ("price_range", "char", "10,000-12,000", "entre 10,000 y 12,000"),
    ("discount_percent", "float", 10, "con el 10 por ciento"),
    ("order_total", "monetary", 60000, "3 equipos a 20 mil cada uno"),
    ("order_total", "monetary", 1130, "$980 for the tent plus $150 delivery"),
    ("weight_kg", "float", 2000, "2 toneladas de varilla"),
    ("needs_invoice", "boolean", False, "no necesito factura"),
    ("partner_name", "char", "Hotel Aurora", "Soy el gerente del Hotel Aurora"),
    ("current_system", "char", "SAP", "hoy usamos SAP"),
    ("next_step", "text", "Llamar por la tarde a la clienta para cotizar.",
     "Prefiero que me llamen"),
]  # fmt: skip
INVENTED = [
    ("budget", "monetary", 600000, "Tenemos 60 mil"),
    ("budget", "monetary", 12000, "contrato por 12 meses"),
    ("needed_by", "date", "2026-12-16", "lo quiero el 15 de diciembre"),
    ("phone", "char", "+52 55 1234 5679", "mi cel es 55 1234 5678"),
    ("email_from", "char", "anna@example.com", "ana@example.com"),
    ("order_total", "monetary", 80000, "4 laptops de 15 mil cada una"),
    ("needs_invoice", "boolean", True, "no necesito factura"),
    ("city", "char", "Monterrey", "Somos una cafetería de Mérida"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "ttype", "value", "text"), SUPPORTED)
def test_supported(name: str, ttype: str, value: object, text: str) -> None:
    assert is_grounded(name, ttype, value, text)


@pytest.mark.parametrize(("name", "ttype", "value", "text"), INVENTED)
def test_invented(name: str, ttype: str, value: object, text: str) -> None:
    assert not is_grounded(name, ttype, value, text)


def test_a_choice_that_is_denied() -> None:
    choices = ("alquiler", "compra")
    said = "No pensamos en compra, solo alquiler"
    assert not is_grounded("kind", "selection", "compra", said, choices=choices)
    assert is_grounded("kind", "selection", "alquiler", said, choices=choices)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Tienen $60,000 pesos", "Tenemos 60 mil"),
        ("Presupuesto de 1,200,000", "unos 1.2 millones"),
        ("Son 15,000", "about 15k"),
        ("El 15 de diciembre de 2026", "el 15 de diciembre"),
        ("Llamar al +52 55 1234 5678", "+52 55 1234 5678"),
        ("Renta de 10,000-12,000", "entre 10,000 y 12,000"),
    ],
)
def test_reworded_figures(text: str, given: str) -> None:
    assert ungrounded_figures(text, [given], TODAY) == []


def test_figures_of_words() -> None:
    read = [
        figure.value for figure in figures("dieciocho mil quinientos y media docena")
    ]
    assert read == [18500, 6]
    assert figures("tonelada y media")[0].value == 1.5
