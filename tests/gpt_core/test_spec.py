# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.gpt_core.engine.chain.spec import ChainSpec, OutputSpec, StepSpec

OUTPUTS = tuple(OutputSpec(name=name) for name in ("a", "b", "c"))


def test_some_outputs_only() -> None:
    chain = ChainSpec(code="x", steps=(StepSpec(name="one", outputs=OUTPUTS),))
    assert [output.name for output in chain.only({"c", "a"}).outputs] == ["a", "c"]
    assert len(chain.outputs) == 3


def test_a_chain_of_several_steps_asks_for_all() -> None:
    steps = (
        StepSpec(name="one", outputs=OUTPUTS),
        StepSpec(name="two", outputs=(OutputSpec(name="d"),)),
    )
    chain = ChainSpec(code="x", steps=steps)
    assert chain.only({"d"}) == chain
