# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Snapshots side by side, and whether they mean the same."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.gpt_core.engine.chain.compare import compare, side_by_side
from odoo.addons.gpt_core.engine.digest import digest

SNAPSHOT = {
    "code": "shop",
    "inputs": [{"name": "question", "trusted": False, "max_chars": 100}],
    "steps": [
        {
            "name": "facts",
            "kind": "retrieve",
            "system_prompt": "",
            "user_prompt": "{question}",
            "temperature": None,
            "outputs": [],
        },
        {
            "name": "answer",
            "kind": "prompt",
            "system_prompt": "You are brief.\nAnswer in Spanish.",
            "user_prompt": "{question} {facts}",
            "temperature": None,
            "outputs": [{"name": "text", "ttype": "text", "required": True}],
        },
    ],
    "model_id": None,
    "temperature": None,
    "max_chars": 900,
    "mask_pii": True,
}


def changed(path, value):
    """Return the snapshot with one thing different."""
    snapshot = copy.deepcopy(SNAPSHOT)
    place = snapshot
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return snapshot


CHANGES = [
    (("max_chars",), 10, ("settings", "", "changed")),
    (("mask_pii",), False, ("settings", "", "changed")),
    (("temperature",), 0.0, ("settings", "", "changed")),
    (("inputs", 0, "trusted"), True, ("inputs", "question", "changed")),
    (("steps", 1, "user_prompt"), "{facts}", ("steps", "answer", "changed")),
    (("steps", 1, "temperature"), 0.0, ("steps", "answer", "changed")),
    (("steps", 1, "outputs", 0, "required"), False, ("steps", "answer", "changed")),
    (("steps", 1, "outputs"), [], ("steps", "answer", "changed")),
    (("inputs",), [], ("inputs", "question", "removed")),
]


@pytest.mark.parametrize(("path", "value", "section"), CHANGES)
def test_every_change_is_seen(path, value, section):
    other = changed(path, value)
    assert digest(other) != digest(SNAPSHOT)
    (found,) = compare(SNAPSHOT, other)
    assert (found.kind, found.name, found.status) == section
    assert found.changes
    (back,) = compare(other, SNAPSHOT)
    assert len(back.changes) == len(found.changes)


def test_the_order_of_steps_matters():
    other = changed(("steps",), SNAPSHOT["steps"][::-1])
    assert digest(other) != digest(SNAPSHOT)
    assert [s.status for s in compare(SNAPSHOT, other)] == ["moved", "moved"]


def test_added_and_renamed():
    other = copy.deepcopy(SNAPSHOT)
    other["steps"][1]["name"] = "reply"
    statuses = {s.name: s.status for s in compare(SNAPSHOT, other)}
    assert statuses == {"answer": "removed", "reply": "added"}


def test_the_same():
    shuffled = dict(reversed(list(copy.deepcopy(SNAPSHOT).items())))
    assert compare(SNAPSHOT, shuffled) == []
    assert digest(shuffled) == digest(SNAPSHOT)


def test_what_is_missing_is_empty():
    older = copy.deepcopy(SNAPSHOT)
    del older["model_id"], older["steps"][0]["temperature"]
    newer = {**SNAPSHOT, "collection_ids": [], "added_later": 0}
    assert compare(older, newer) == []


def words(lines, side):
    return [getattr(line, side) for line in lines]


def test_words_are_marked():
    (line,) = side_by_side("Answer in three sentences.", "Answer in two sentences.")
    assert [s.text for s in line.left if s.changed] == ["three"]
    assert [s.text for s in line.right if s.changed] == ["two"]


def test_another_line_is_not_spelled_out():
    (line,) = side_by_side("It costs 150 pesos.", "I do not know.")
    assert [span.changed for span in line.left] == [True]


texts = st.text(st.sampled_from("ab .\n"), max_size=60)


@given(texts, texts)
def test_both_sides_are_whole(left, right):
    lines = side_by_side(left, right)
    for text, side in ((left, "left"), (right, "right")):
        shown = [
            "".join(span.text for span in spans)
            for spans in words(lines, side)
            if spans is not None
        ]
        assert shown == text.splitlines()
    unmarked = all(not line.changed for line in lines)
    assert unmarked == (left.splitlines() == right.splitlines())
