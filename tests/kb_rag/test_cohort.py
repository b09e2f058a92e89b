# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Comparing a question with those that documents cannot answer."""

import pytest

from odoo.addons.kb_rag.engine.cohort import COHORT, Unanswered


def test_by_how_much_a_passage_is_nearer() -> None:
    unanswered = Unanswered.of([0.79, 0.81])
    assert unanswered.nearest == pytest.approx(0.8)
    assert unanswered.standout(0.83) == pytest.approx(3)
    assert unanswered.standout(0.79) == pytest.approx(-1)


def test_a_model_that_finds_all_of_them_equally_far() -> None:
    unanswered = Unanswered.of([0.0] * len(COHORT))
    assert unanswered.standout(0.0) == 0
    assert unanswered.standout(0.3) > 10


def test_nobody_asks_twice() -> None:
    assert len(set(COHORT)) == len(COHORT)
