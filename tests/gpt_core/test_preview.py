# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The preview shows what is sent, and sends nothing."""

from openai_server import OpenAIServer

from odoo.addons.gpt_core.engine.chain.preview import first_prompt, step_prompts
from odoo.addons.gpt_core.engine.privacy.masking import Masker

from .chains import chain, chat_model, prompt, run

RFC = "GODE561231GR8"


def steps():
    return (
        prompt("found", kind="retrieve", user_prompt="sobre {text}"),
        prompt("answer", system_prompt="Be brief."),
        prompt("review", user_prompt="{answer} {text}"),
    )


def test_the_first_call_is_what_was_previewed():
    spec, values = chain(*steps()), {"text": f"Mi RFC es {RFC}"}
    with OpenAIServer() as server:
        shown = step_prompts(spec, values, Masker())
        assert not server.journal.entries()
        outcome = run(spec, chat_model(server), values, masker=Masker())
    assert outcome.error is None
    calls = outcome.recorder.calls
    assert list(shown[1].messages) == calls[0].messages
    assert RFC not in str(shown)
    assert calls[1].step == shown[2].step
    assert calls[0].answer in calls[1].messages[0][1]


def test_what_is_not_known_yet():
    found, answer, review = step_prompts(chain(*steps()), {"text": "x"})
    assert found.messages == (("query", "sobre x"),)
    assert answer.messages == (("system", "Be brief."), ("human", "<text>x</text>"))
    assert review.messages == (("human", "<answer>…</answer> <text>x</text>"),)


def test_first_prompt():
    assert first_prompt(chain(*steps()), {"text": "x"}) == (
        "[system]\nBe brief.\n\n[human]\n<text>x</text>"
    )
    only = chain(prompt("found", kind="retrieve"))
    assert "x" in first_prompt(only, {"text": "x"})


def test_inputs_are_kept_as_they_were_sent():
    with OpenAIServer() as server:
        outcome = run(
            chain(prompt()), chat_model(server), {"text": RFC}, masker=Masker()
        )
    assert outcome.inputs == {"text": "[[RFC_1]]"}


def test_a_step_is_cut():
    with OpenAIServer() as server:
        server.answer_with("Una frase. Otra frase.", times=2)
        spec = chain(prompt(max_chars=15))
        assert run(spec, chat_model(server)).result.text == "Una frase."
        whole = chain(prompt())
        assert run(whole, chat_model(server)).result.text == "Una frase. Otra frase."
