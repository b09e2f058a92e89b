# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Texts without case and accents, and where they were in the text."""

import unicodedata

import pytest

from odoo.addons.gpt_core.engine.text.folding import (
    fold,
    fold_lines,
    fold_words,
    without_accents,
)

from .properties import given, many, st


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ÁRBOL,  Ñandú\n¡sí!", "arbol, nandu ¡si!"),
        ("«dos» “tres” O’Brien — hoy", '"dos" "tres" o\'brien - hoy'),
        ("Straße ﬁn", "strasse fin"),
        (unicodedata.normalize("NFD", "José"), "jose"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text).text == folded


def test_words() -> None:
    assert fold_words("  ¡Ñandú, ÁRBOL!\n") == "nandu arbol"
    assert fold_words("…") == ""


def test_accents_alone() -> None:
    assert without_accents("Ñandú, qué güero") == "Nandu, que guero"
    assert without_accents(unicodedata.normalize("NFD", "José")) == "Jose"


def test_a_span_has_its_last_accent() -> None:
    text = unicodedata.normalize("NFD", "Soy José, hola")
    folded = fold(text)
    start = folded.text.index("jose")
    begin, end = folded.span(start, start + len("jose"))
    assert unicodedata.normalize("NFC", text[begin:end]) == "José"
    alone = fold(unicodedata.normalize("NFD", "José"))
    assert alone.span(0, 4) == (0, 5)


def test_a_span_of_half_a_character_is_all_of_it() -> None:
    folded = fold("ﬁn")
    assert folded.text == "fin"
    assert folded.span(0, 1) == (0, 1)


@many
@given(st.text(max_size=300))
def test_places(text: str) -> None:
    folded = fold(text)
    assert len(folded.places) == len(folded.text)
    assert folded.places == sorted(folded.places)
    assert all(0 <= place < len(text) for place in folded.places)


@many
@given(st.text(max_size=300), st.data())
def test_spans_lie_in_the_text(text: str, data) -> None:
    folded = fold(text)
    if folded.text:
        end = data.draw(st.integers(1, len(folded.text)))
        start = data.draw(st.integers(0, end - 1))
        begin, after = folded.span(start, end)
        assert 0 <= begin < after <= len(text)
        assert folded.text[start:end] in fold(text[begin:after]).text


@many
@given(st.text(max_size=300))
def test_lines_are_as_long(text: str) -> None:
    assert len(fold_lines(text)) == len(text)
