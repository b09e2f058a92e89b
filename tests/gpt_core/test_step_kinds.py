# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a kind of step is stands in one table, and is asked by its properties."""

import re
from pathlib import Path

import pytest

from odoo.addons.gpt_core.engine.chain.spec import StepSpec
from odoo.addons.gpt_core.engine.chain.step_kinds import STEP_KINDS
from odoo.addons.gpt_core.engine.chain.steps import STEP_BUILDERS

ADDONS = Path(__file__).parents[2] / "addons"
COMPARED = re.compile(
    rf"\bkind\s*(?:==|!=|in|not in)\s*[(\[{{]?\s*[\"'](?:{'|'.join(STEP_KINDS)})[\"']"
)


def test_every_kind_can_be_run():
    assert STEP_BUILDERS.keys() == STEP_KINDS.keys()


def test_a_kind_whose_addon_is_gone():
    gone = StepSpec(name="spoken", kind="speak", user_prompt="{text}")
    assert not (gone.asks_model or gone.gives_answer or gone.looks_up)


def test_nothing_compares_the_name_of_a_kind():
    files = [*ADDONS.glob("**/*.py"), *ADDONS.glob("*/views/*.xml")]
    assert len(files) > 300
    assert not [
        str(path.relative_to(ADDONS))
        for path in files
        if "tests" not in path.parts and COMPARED.search(path.read_text())
    ]


@pytest.mark.parametrize(
    "line",
    [
        'if step.kind == "retrieve":',
        "invisible=\"kind != 'prompt'\"",
        'if step.kind in ("check", "retrieve"):',
        'step.kind not in ("check",)',
    ],
)
def test_a_planted_comparison_is_found(line: str):
    assert COMPARED.search(line)
