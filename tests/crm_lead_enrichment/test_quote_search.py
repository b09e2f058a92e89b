# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A quote counts when it stands in what the model was given, and only then."""

import pytest

from odoo.addons.crm_lead_enrichment.engine.quote_search import find_evidence
from odoo.addons.crm_lead_enrichment.engine.sources import Source
from odoo.addons.gpt_core.engine.text.folding import fold

from tests.gpt_core.properties import given, many, st

TEXT = "Buenos días,\nNOS URGE  cotizar «dos» máquinas — hoy.\nPresupuesto: $55,000."
NOTES = Source("description", "Notas", TEXT)
CITY = Source("field", "Ciudad", "Mérida")
MAIL = Source("email", "E-mail · Lucía · 2026-11-24", "Ahora son tres máquinas.", 7)
ALL = [CITY, NOTES, MAIL]


@pytest.mark.parametrize(
    "quote",
    [
        "NOS URGE  cotizar «dos» máquinas — hoy.",
        "nos urge cotizar",
        'Nos urge cotizar "dos" maquinas - hoy',
        "«nos urge»",
        "días, nos urge",
        "urge … máquinas",
        "urge [...] $55,000",
        "  nos urge cotizar,  ",
        "$55,000",
        "Notas: Buenos días",
    ],
)
def test_found(quote: str) -> None:
    found = find_evidence(quote, ALL)
    assert found is not None
    assert found.source is NOTES
    assert TEXT[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "   ",
        "…",
        "no",
        "--",
        "nos urge comprar",
        "máquinas … urge",  # in another order
        "urge cotiz",  # not whole words
        "Mérida tres máquinas",  # from two sources
        "Ciudad:",  # nothing but a label
        "$55,0000",
        "5,00",
        "Notas:",
    ],
)
def test_not_found(quote: str) -> None:
    assert find_evidence(quote, ALL) is None


def test_which_source() -> None:
    assert find_evidence("merida", ALL).source is CITY
    assert find_evidence("ciudad: Mérida", ALL).source is CITY
    assert find_evidence("tres máquinas", ALL).source.reference == 7
    assert find_evidence("dos máquinas", ALL) is None


def test_over_several_lines() -> None:
    found = find_evidence("Ciudad: Mérida Notas: Buenos días, nos urge", ALL)
    assert found.source is NOTES
    assert found.text == "Buenos días,\nNOS URGE"
    assert [other.source for other in found.others] == [CITY]
    assert find_evidence("Notas: Buenos días … tres máquinas", ALL).source is NOTES


def test_nothing_to_look_in() -> None:
    assert find_evidence("nos urge", []) is None


words = st.text(st.characters(categories=["L", "N"]), min_size=4, max_size=9)
texts = st.lists(words, min_size=6, max_size=30).map(" ".join)


@many
@given(texts, st.data())
def test_whatever_was_copied_is_found(text: str, data) -> None:
    parts = text.split(" ")
    begin = data.draw(st.integers(0, len(parts) - 3))
    end = data.draw(st.integers(begin + 2, len(parts)))
    quote = " ".join(parts[begin:end])
    assert find_evidence(quote, [Source("field", "x", text)])


@many
@given(st.text(max_size=200), st.text(max_size=80))
def test_never_breaks_and_never_lies(text: str, quote: str) -> None:
    source = Source("field", "x", text)
    found = find_evidence(quote, [source])
    if found:
        assert text[found.start : found.end].startswith(found.text)
        assert fold(found.text[:1]).text
