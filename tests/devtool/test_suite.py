# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which parts ``make test`` has, and what becomes of one that cannot run."""

import pytest

from setup.check.part import Part
from setup.check.side_by_side import run_parts
from setup.check.suite import _stages

BOTH = ["18.0", "19.0"]


def kinds(chosen: list[str]) -> list[list[tuple[str, str]]]:
    stages = _stages(BOTH, chosen)
    return [[(part.kind, part.series) for part in parts] for _title, parts in stages]


@pytest.fixture(autouse=True)
def no_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TAGS", raising=False)
    monkeypatch.delenv("ADDONS", raising=False)


def test_everything_is_run_once() -> None:
    parts = [part for stage in kinds([]) for part in stage]
    expected = [("engine", "18.0")]
    expected += [(kind, series) for kind in ("e2e", "odoo") for series in BOTH]
    assert sorted(parts) == sorted(expected)


def test_browsers_have_the_machine_for_themselves() -> None:
    with_browsers = [stage for stage in kinds([]) if "e2e" in dict(stage)]
    assert all(len(stage) == 1 for stage in with_browsers)


def test_of_some_addons() -> None:
    odoo = [("odoo", series) for series in BOTH]
    assert kinds(["gpt_core"]) == [[*odoo, ("engine", "18.0")]]
    assert kinds(["livechat_gpt_crm"]) == [odoo], "it has no tests without Odoo"


def test_some_tests_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAGS", "/gpt_core:TestBudget")
    assert kinds([]) == [[("odoo", series) for series in BOTH]]


def test_what_cannot_run_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ODOO_HOME", "/nonexistent")
    outcomes = run_parts([Part("odoo", series) for series in BOTH], at_once=2)
    assert [outcome.failed for outcome in outcomes] == [1, 1]
    for series, outcome in zip(BOTH, outcomes, strict=True):
        assert outcome.title == f"Odoo {series}"
        assert "There is no Odoo in ODOO_HOME" in outcome.notes[0]


def test_a_part_that_breaks_off_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHOME", "/nonexistent")  # its Python does not start
    (outcome,) = run_parts([Part("odoo", "18.0")], at_once=1)
    assert (outcome.passed, outcome.failed) == (0, 1)
