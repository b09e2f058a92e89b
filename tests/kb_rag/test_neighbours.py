# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.kb_rag.engine.retrieval.neighbours import (
    ScoredChunk,
    joined_text,
    merge_neighbours,
)


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
