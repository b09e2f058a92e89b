# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a step asked is found again in the text of the ledger."""

from openai_server import OpenAIServer

from odoo.addons.gpt_core.engine.chain.recorder import asked_in
from odoo.addons.gpt_core.engine.examples.few_shot import FewShot

from .chains import chain, chat_model, prompt, run
from .test_few_shot import ALL


def test_what_a_step_asked() -> None:
    spec = chain(
        prompt(system_prompt="One."),
        prompt("check", kind="check", user_prompt="Is {answer} polite?"),
    )
    spec = spec.model_copy(update={"few_shot_count": 2})
    asked = "¿Cuánto cuesta el envío?\n\n¿Y los domingos?"
    with OpenAIServer() as server:
        server.answer_with("Mucho.", match="One.")
        server.answer_with({"passed": True, "reason": "Yes."})
        outcome = run(
            spec, chat_model(server), {"text": asked}, few_shot=FewShot.of(spec, ALL)
        )
    assert outcome.error is None and outcome.recorder.examples
    text = outcome.recorder.prompt
    assert asked_in(text, "answer") == f"<text>\n{asked}\n</text>"
    assert asked_in(text, "check").startswith("Is <answer>Mucho.</answer>")
    assert asked_in(text, "other") == asked_in("", "answer") == ""
