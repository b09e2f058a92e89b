# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is sent: own words of mails, sources that fit, and the figures in answers."""

import pytest

from odoo.addons.crm_lead_enrichment.engine.quoted_reply import strip_quoted_reply
from odoo.addons.crm_lead_enrichment.engine.sources import (
    MAX_BLOCK_CHARS,
    Source,
    fitting,
    sources_block,
)
from odoo.addons.crm_lead_enrichment.engine.ungrounded_figures import ungrounded_figures

from ..gpt_core.properties import given, many, st


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Hola\n\n\n  son   tres\n", "Hola\n\nson tres"),
        ("Sí.\nEl lun, 3 nov 2026 a las 9:00, Ana escribió:\n> Antes", "Sí."),
        ("Yes.\nOn Mon, Nov 3, 2026 at 9:00 AM Ana <a@b.c> wrote:\n> old", "Yes."),
        ("Sí.\n-----Mensaje original-----\nDe: Ana", "Sí."),
        ("Sí.\n> cita\nY más.", "Sí.\nY más."),
        ("Texto\n-- \nAna López\nDirectora", "Texto"),
        ("> todo es cita", "> todo es cita"),
        ("Una\n\n> cita\nY más.", "Una\nY más."),
        (
            "Sí.\n________________________________\nDe: Ana <a@b.c>\nPara: Luis\nNo",
            "Sí.",
        ),
        ("Sí.\n\n________________\n\nFrom: Ana\nSent: Monday\n\nOld", "Sí."),
        ("Uno\n____________________\nDos", "Uno\n____________________\nDos"),
        ("On time is what we want.", "On time is what we want."),
        (
            "El pedido que Ana escribió: ya llegó",
            "El pedido que Ana escribió: ya llegó",
        ),
        ("", ""),
    ],
)
def test_own_words(text: str, own: str) -> None:
    assert strip_quoted_reply(text) == own


@pytest.mark.parametrize(
    "text",
    [
        "Máquinas.\n\nOther Information:\n___________\n\nDe : Mérida\nPara : Cancún",
        "Información:\n___________\n\nPlazo : 3 días\n\nMetadata\n________\n\nIP : 1",
        "其他信息：\n___________\n\nFrom : x",
    ],
)
def test_what_a_contact_form_asked_for_stays(text: str) -> None:
    # As Odoo's own form writes the fields that a company added to it.
    assert strip_quoted_reply(text) == text


def test_a_very_long_mail() -> None:
    assert len(strip_quoted_reply("a " * 1_000_000)) <= 200_000


def test_block() -> None:
    sources = [
        Source("field", "Ciudad", "Mérida"),
        Source("description", "Notas", "Una\nDos"),
        Source("email", "E-mail · Ana", "Hola", 3),
    ]
    assert sources_block(sources) == (
        "Ciudad: Mérida\nNotas:\nUna\nDos\n\nE-mail · Ana:\nHola"
    )


def test_the_first_and_the_newest_messages_stay() -> None:
    mails = [Source("email", f"m{n}", "x" * 4000, n) for n in range(1, 9)]
    name = Source("field", "Nombre", "Ana")
    fit = fitting([*mails, name])
    labels = [source.label for source in fit.kept]
    assert labels == ["Nombre", "m1", "m6", "m7", "m8"]
    assert [source.label for source in fit.left_out] == ["m2", "m3", "m4", "m5"]
    assert fit.newest_from == 6
    assert fit.kept[2].text.endswith("[…]"), "what there is room for"
    assert len(sources_block(fit.kept)) > MAX_BLOCK_CHARS * 0.99


def test_the_first_message_is_the_customers() -> None:
    ours = Source("comment", "ours", "x" * 4000, 1, is_evidence=False)
    mails = [Source("email", f"m{n}", "x" * 4900, n) for n in range(2, 9)]
    fit = fitting([ours, *mails])
    assert fit.first and fit.first.label == "m2"


def test_a_long_first_message_is_whole() -> None:
    mails = [Source("email", f"m{n}", "x" * 7900, n) for n in range(1, 5)]
    first, *others = fitting(mails).kept
    assert len(first.text) == 7900
    assert max(len(other.text) for other in others) == 5000


def test_a_summary_stands_in_the_gap() -> None:
    mails = [Source("email", f"m{n}", "x" * 4000, n) for n in range(1, 9)]
    fit = fitting(mails, 14_000)
    summary = Source("summary", "Between", "What was said", is_evidence=False)
    labels = [source.label for source in fit.with_summary(summary)]
    assert labels[:2] == ["m1", "Between"]


def test_a_long_source_is_cut() -> None:
    (cut,) = fitting([Source("field", "x", "y" * 90_000)]).kept
    assert cut.text.endswith("[…]")
    assert len(cut.text) <= 4000


def test_empty_sources_are_left_out() -> None:
    assert fitting([Source("field", "x", " \x00\n")]).kept == []


sources = st.builds(
    Source,
    st.sampled_from(["field", "email", "note"]),
    st.text(max_size=30),
    st.text(max_size=9000),
    st.integers(0, 9),
)


@many
@given(st.lists(sources, max_size=12))
def test_the_block_always_fits(given_sources: list[Source]) -> None:
    assert len(sources_block(fitting(given_sources).kept)) <= MAX_BLOCK_CHARS


@pytest.mark.parametrize(
    "text",
    [
        "Tienen 55 000 pesos",
        "Presupuesto: $55,000.00",
        "Llamar al 5512345678",
        "Llamar al +52 (55) 1234-5678",
        "Escribir a Ana@Example.com.",
        "Quieren 2 máquinas en 15 días",
        "Ver https://example.com/x",
        "",
    ],
)
def test_given_figures(text: str) -> None:
    known = [
        "Tenemos $55,000 y mi teléfono es +52 55 1234 5678, ana@example.com",
        "https://example.com/x",
    ]
    assert ungrounded_figures(text, known) == []


@pytest.mark.parametrize(
    "text",
    ["Tienen 75,000", "Llamar al 55 9999 0000", "Escribir a otro@example.com"],
)
def test_invented_figures(text: str) -> None:
    assert ungrounded_figures(text, ["Tenemos $55,000, ana@example.com"])
