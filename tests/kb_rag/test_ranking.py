# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.kb_rag.engine.retrieval.language import language_of, spellings
from odoo.addons.kb_rag.engine.retrieval.merging import (
    ScoredChunk,
    joined_text,
    merge_neighbours,
)
from odoo.addons.kb_rag.engine.retrieval.ranking import (
    bm25,
    fuse,
    inverse_frequency,
    z_scores,
)


def order(*ways, codes=None):
    return [item for item, _score in fuse(ways, codes)]


def test_z_scores() -> None:
    assert z_scores({1: 1.0, 2: 3.0}, [1, 2, 3]) == {1: -1.0, 2: 1.0}
    assert z_scores({1: 0.8, 2: 0.8}, [1, 2]) == {1: 0.0, 2: 0.0}
    assert z_scores({}, [1, 2]) == {}


def test_what_stands_out_counts() -> None:
    """A model that finds all of them alike does not spoil what the words find."""
    words = {1: 9.0, 2: 1.0, 3: 1.0, 4: 0.0}
    alike = {1: 0.798, 2: 0.799, 3: 0.800, 4: 0.797}
    assert order(words, alike)[0] == 1
    meaning = {1: 0.70, 2: 0.95, 3: 0.71, 4: 0.69}
    assert order({1: 1.0, 2: 1.1, 3: 1.2, 4: 1.1}, meaning)[0] == 2


def test_one_way_is_that_way() -> None:
    assert order({1: 0.1, 2: 0.9, 3: 0.5}) == [2, 3, 1]
    assert order({7: 0.4}, {}) == [7]
    assert fuse([{}, {}]) == []


def test_without_a_vector_is_neither_near_nor_far() -> None:
    words = {1: 1.0, 2: 5.0, 3: 1.0}
    assert order(words, {1: 0.9, 3: 0.1})[0] == 2


def test_a_rare_code_goes_first() -> None:
    words, meaning = {1: 1.0, 2: 9.0, 3: 0.0}, {1: 0.1, 2: 0.9, 3: 0.0}
    assert order(words, meaning, codes={1: 1}) == [1, 2, 3]
    assert order(words, meaning, codes={1: 1, 3: 2}) == [3, 1, 2]


FINITE = st.floats(-1e6, 1e6)


@given(st.lists(st.dictionaries(st.integers(0, 20), FINITE), max_size=3))
def test_fusion(ways) -> None:
    fused = fuse(ways)
    assert {item for item, _score in fused} == {item for way in ways for item in way}
    scores = [score for _item, score in fused]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_rare_words_tell_more() -> None:
    assert inverse_frequency(1, 1000) > inverse_frequency(500, 1000) > 0
    weights = {"envío": 5.0, "pedido": 1.0}
    rare = bm25({"envío": 1}, weights, 100, 100)
    common = bm25({"pedido": 3}, weights, 100, 100)
    assert rare > common
    assert bm25({"envío": 1}, weights, 50, 100) > bm25({"envío": 1}, weights, 500, 100)
    assert bm25({"otra": 9}, weights, 100, 100) == 0


def found(chunk_id: int, document_id: int, sequence: int, score: float) -> ScoredChunk:
    return ScoredChunk(chunk_id, document_id, sequence, f"t{chunk_id}", "s", score)


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


def test_a_whole_document_is_no_passage() -> None:
    whole = [found(number, 1, number, 1 - number / 100) for number in range(40)]
    groups = merge_neighbours(whole, 4)
    assert [[f.sequence for f in group] for group in groups] == [
        [0, 1, 2], [3, 4, 5], [6, 7, 8], [9]
    ]  # fmt: skip


def test_what_is_far_behind_does_not_join() -> None:
    others = [found(100 + n, 2, 10 * n, 0.5) for n in range(6)]
    groups = merge_neighbours([found(1, 1, 1, 0.9), *others, found(2, 1, 2, 0.1)], 2)
    assert [len(group) for group in groups] == [1, 1]


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
