# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.kb_rag.engine.language import language_of, spellings
from odoo.addons.kb_rag.engine.merging import Found, joined_text, merge_neighbours
from odoo.addons.kb_rag.engine.ranking import (
    Evidence,
    bm25,
    fuse,
    inverse_frequency,
    is_covered,
)
from odoo.addons.kb_rag.engine.vectors import as_literal


def test_fusion() -> None:
    assert [item for item, _ in fuse([[1, 2, 3], [3, 1, 4]])] == [1, 3, 2, 4]
    assert fuse([[], []]) == []
    assert [item for item, _ in fuse([[7], []])] == [7]


@given(st.lists(st.lists(st.integers(0, 20), unique=True), max_size=4))
def test_fusion_keeps_what_all_agree_on(rankings) -> None:
    fused = fuse(rankings)
    assert {item for item, _ in fused} == {item for r in rankings for item in r}
    firsts = {ranking[0] for ranking in rankings if ranking}
    if len(firsts) == 1:
        assert fused[0][0] in firsts
    assert [score for _, score in fused] == sorted((s for _, s in fused), reverse=True)


def test_rare_words_tell_more() -> None:
    assert inverse_frequency(1, 1000) > inverse_frequency(500, 1000) > 0
    weights = {"envío": 5.0, "pedido": 1.0}
    rare = bm25({"envío": 1}, weights, 100, 100)
    common = bm25({"pedido": 3}, weights, 100, 100)
    assert rare > common
    assert bm25({"envío": 1}, weights, 50, 100) > bm25({"envío": 1}, weights, 500, 100)
    assert bm25({"otra": 9}, weights, 100, 100) == 0


@pytest.mark.parametrize(
    ("evidence", "covered"),
    [
        (Evidence(standout=4.0, coverage=0.1), True),
        (Evidence(standout=1.0, coverage=0.9), True),
        (Evidence(standout=1.0, coverage=0.1), False),
        (Evidence(standout=None, coverage=0.9), True),
        (Evidence(standout=None, coverage=None), False),
    ],
)
def test_evidence(evidence: Evidence, covered: bool) -> None:
    assert is_covered(evidence, 3.0, 0.6) is covered


def found(chunk_id: int, document_id: int, sequence: int, score: float) -> Found:
    return Found(chunk_id, document_id, sequence, f"t{chunk_id}", "s", score)


def test_neighbours() -> None:
    groups = merge_neighbours(
        [
            found(5, 1, 5, 0.9),
            found(9, 2, 6, 0.8),
            found(6, 1, 6, 0.7),
            found(4, 1, 4, 0.6),
        ],
        2,
    )
    assert [[f.sequence for f in group] for group in groups] == [[4, 5, 6], [6]]


def test_groups_that_meet_are_one() -> None:
    groups = merge_neighbours(
        [found(1, 1, 1, 0.9), found(3, 1, 3, 0.8), found(2, 1, 2, 0.7)], 3
    )
    assert [[f.sequence for f in group] for group in groups] == [[1, 2, 3]]


def test_joined() -> None:
    left = "Uno. La garantía dura doce meses."
    right = "La garantía dura doce meses.\nDos."
    assert joined_text([left, right]) == "Uno. La garantía dura doce meses.\nDos."
    assert joined_text(["a", "b"]) == "a\nb"
    assert joined_text([]) == ""


def test_languages() -> None:
    assert language_of("El envío de los pedidos es por paquetería y tarda") == "spanish"
    assert (
        language_of("The shipping of your order is by mail and it takes") == "english"
    )
    assert language_of("0x7f 12.5 kWh AC/DC") == "simple"
    assert "devolución" in spellings("devolucion")


def test_vectors() -> None:
    assert as_literal([1, -0.5, 0.1]) == "[1.0,-0.5,0.1]"
    # The last is more than single precision holds.
    for bad in ([], [float("nan")], [float("inf")], [1e39]):
        with pytest.raises(ValueError):
            as_literal(bad)
