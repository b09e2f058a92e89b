# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from hypothesis import example, given
from hypothesis import strategies as st

from odoo.addons.kb_rag.engine.retrieval.fusion import fuse, z_scores


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


def test_a_method_that_knows_little_of_the_question_counts_little() -> None:
    words = {1: 9.0, 2: 0.0, 3: 0.0, 4: 0.0}
    meaning = {1: 0.1, 2: 0.9, 3: 0.8, 4: 0.2}
    assert fuse([words, meaning])[0][0] == 1
    assert fuse([words, meaning], weights=[0.2, 1.0])[0][0] == 2


# Their scores differ by less than the last digit of what they are squeezed to.
TAIL = [180.6561946037691, 170902.9514963315, 999998.9999999999]
FINITE = st.floats(-1e6, 1e6)


@given(st.lists(st.dictionaries(st.integers(0, 20), FINITE), max_size=3))
@example([dict(enumerate([*[0.0] * 7, 999999.0, 1e6, 114.494140625, *TAIL]))])
def test_fusion(ways) -> None:
    fused = fuse(ways)
    assert {item for item, _score in fused} == {item for way in ways for item in way}
    scores = [score for _item, score in fused]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
