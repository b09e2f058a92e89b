# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which parts of a chain another model takes over."""

import pytest

from odoo.addons.fine_tuning.engine.tuning.snapshots import main_model, with_model

DEFAULT, NEW = 1, 9


def snapshot(of_chain, *steps):
    made = [{"kind": kind, "model_id": model} for kind, model in steps]
    return {"model_id": of_chain, "steps": made}


@pytest.mark.parametrize(
    ("before", "main", "after"),
    [
        (snapshot(None, ("prompt", None)), 1, snapshot(9, ("prompt", None))),
        (snapshot(2, ("prompt", None)), 2, snapshot(9, ("prompt", None))),
        (
            snapshot(None, ("check", 3), ("prompt", 4), ("retrieve", None)),
            4,
            snapshot(None, ("check", 3), ("prompt", 9), ("retrieve", None)),
        ),
        (
            snapshot(2, ("prompt", None), ("prompt", 2)),
            2,
            snapshot(9, ("prompt", None), ("prompt", 9)),
        ),
        (
            snapshot(2, ("check", None), ("prompt", 1)),
            1,
            snapshot(2, ("check", None), ("prompt", 9)),
        ),
        (snapshot(None), 1, snapshot(9)),
    ],
)
def test_with_model(before, main, after):
    assert main_model(before, DEFAULT) == main
    assert with_model(before, DEFAULT, NEW) == after
    assert before != after, "the one that was given stays as it is"
