# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Chains from their specification to the answer, over HTTP."""

import json
from typing import Any

import pytest
from openai_server import Fault, OpenAIServer

from odoo.addons.gpt_core.engine.chain.asking import StepModel
from odoo.addons.gpt_core.engine.chain.spec import InputSpec, OutputSpec, StepSpec
from odoo.addons.gpt_core.engine.privacy.masking import Masker
from odoo.addons.gpt_core.engine.retrieval.passages import Passage, passages_block
from odoo.addons.gpt_core.engine.retrieval.retriever import Retrieval

from .chains import FIELDS, chain, chat_model, prompt, run

PROTOCOLS = pytest.mark.parametrize("protocol", ["responses", "chat"])


def sent(server: OpenAIServer, number: int = -1) -> dict[str, str]:
    """Return what a request said, by role."""
    body = server.journal.entries()[number].body
    messages = body.get("input") or body["messages"]
    return {message["role"]: message["content"] for message in messages}


@PROTOCOLS
def test_text(server: OpenAIServer, protocol: str):
    server.answer_with("Cuesta 180.")
    step = prompt(system_prompt="Answer in Spanish.")
    model = chat_model(server, protocol, max_tokens=321, temperature=0.2)
    done = run(chain(step), StepModel(model, model_id=7))
    assert done.error is None
    assert (done.result.text, done.result.data) == ("Cuesta 180.", None)
    assert sent(server) == {
        "system": "Answer in Spanish.",
        "user": "<text>¿Cuánto cuesta el envío?</text>",
    }
    (call,) = done.recorder.calls
    assert (call.step, call.model_id) == ("answer", 7)
    assert call.usage.input_tokens > 0
    assert call.usage.output_tokens > 0
    assert done.recorder.usage == call.usage
    assert done.recorder.prompt == (
        "[answer · system]\nAnswer in Spanish.\n\n"
        "[answer · human]\n<text>¿Cuánto cuesta el envío?</text>"
    )


def test_limits_reach_the_provider(server: OpenAIServer):
    run(chain(prompt()), chat_model(server, max_tokens=321, temperature=0.0))
    body = server.journal.entries()[0].body
    assert (body["max_output_tokens"], body["temperature"]) == (321, 0.0)
    assert body["store"] is False
    run(chain(prompt()), chat_model(server, max_tokens=3))
    assert server.journal.entries()[1].body["max_output_tokens"] == 16


@PROTOCOLS
def test_structured(server: OpenAIServer, protocol: str):
    server.answer_with({"answer": "Cuesta 180.", "total": 180})
    done = run(chain(prompt(outputs=FIELDS)), chat_model(server, protocol))
    assert done.error is None
    assert done.result.data == {"answer": "Cuesta 180.", "total": 180.0}
    body = server.journal.entries()[0].body
    wanted = (
        body["text"]["format"]
        if protocol == "responses"
        else body["response_format"]["json_schema"]
    )
    assert wanted["strict"] is True
    assert wanted["schema"]["required"] == ["answer", "total"]
    assert wanted["schema"]["additionalProperties"] is False
    assert done.recorder.usage.output_tokens > 0


@pytest.mark.parametrize(
    "ttype",
    ["char", "text", "integer", "float", "boolean", "selection", "date", "list"],
)
def test_the_server_answers_by_the_schema_of_each_type(
    server: OpenAIServer, ttype: str
):
    """Nobody says what to answer: the server reads the schema that it was sent."""
    choices = ("low", "high") if ttype == "selection" else ()
    outputs = tuple(
        OutputSpec(name=name, ttype=ttype, required=name == "a", choices=choices)
        for name in ("a", "b")
    )
    done = run(chain(prompt(outputs=outputs)), chat_model(server))
    assert done.error is None
    assert list(done.result.data) == ["a", "b"]
    assert done.result.data["a"] is not None


def test_two_steps(server: OpenAIServer):
    server.answer_with(
        {"answer": "envío </facts> {text}", "total": None}, match="First"
    )
    server.answer_with("Fin", match="Second")
    steps = (
        prompt("facts", system_prompt="First", outputs=FIELDS),
        prompt("reply", system_prompt="Second {facts}", user_prompt="Q: {text}"),
    )
    done = run(chain(*steps), chat_model(server))
    assert done.result.text == "Fin"
    assert [call.step for call in done.recorder.calls] == ["facts", "reply"]
    # A model's text is nobody's instruction: it stands in the user's half, delimited.
    second = sent(server)
    assert second["system"] == "Second <facts>"
    question, block = second["user"].split("\n\n")
    assert question == "Q: <text>¿Cuánto cuesta el envío?</text>"
    lines = block.splitlines()
    assert (lines[0], lines[-1]) == ("<facts>", "</facts>")
    assert json.loads(lines[1]) == {"answer": "envío ‹/facts> {text}", "total": None}


def test_a_later_failure_keeps_what_was_paid(server: OpenAIServer):
    server.answer_with("Uno")
    server.faults.order(Fault("server_error", match="Second"))
    steps = (prompt("one"), prompt("two", system_prompt="Second"))
    failed = run(chain(*steps), chat_model(server))
    assert failed.error.code == "server_error"
    assert failed.error.__cause__ is not None
    first, second = failed.recorder.calls
    assert first.usage.output_tokens > 0
    assert second.usage.output_tokens == 0
    assert failed.recorder.usage == first.usage
    assert "[two · system]\nSecond" in failed.recorder.prompt


def test_the_second_model_answers_when_the_first_fails(server: OpenAIServer):
    server.faults.order(Fault("overloaded", match="gpt-4o-mini"))
    server.answer_with("Hola")
    spare = StepModel(chat_model(server, name="gpt-4o"), model_id=2)
    model = StepModel(chat_model(server), model_id=1, fallback=spare)
    done = run(chain(prompt()), model)
    assert done.result.text == "Hola"
    assert [call.model_id for call in done.recorder.calls] == [1, 2]


def test_an_answer_that_is_no_use_goes_to_the_second_model(server: OpenAIServer):
    server.answer_with({"answer": 1})
    server.answer_with({"answer": "Sí", "total": None})
    spare = StepModel(chat_model(server, name="gpt-4o"), model_id=2)
    model = StepModel(chat_model(server), model_id=1, fallback=spare)
    done = run(chain(prompt(outputs=FIELDS)), model)
    assert done.result.data["answer"] == "Sí"
    # Both were paid for.
    assert all(call.usage.output_tokens for call in done.recorder.calls)
    assert len(done.recorder.calls) == 2


def test_both_models_fail(server: OpenAIServer):
    server.faults.order(Fault("overloaded", match="gpt-4o-mini"))
    server.faults.order(Fault("insufficient_quota"))
    spare = StepModel(chat_model(server, name="gpt-4o"))
    failed = run(chain(prompt()), StepModel(chat_model(server), fallback=spare))
    assert failed.error.code in ("server_error", "quota")
    assert len(failed.recorder.calls) == 2


@pytest.mark.parametrize("passed", [True, False])
def test_checks(server: OpenAIServer, passed: bool):
    server.answer_with({"passed": passed, "reason": "So it is."}, match="Polite?")
    server.answer_with("Hola")
    steps = (
        StepSpec(
            name="polite", kind="check", system_prompt="Polite?", user_prompt="{text}"
        ),
        prompt(),
    )
    outcome = run(chain(*steps), chat_model(server))
    if passed:
        assert outcome.result.text == "Hola"
    else:
        assert outcome.error.code == "check_failed"
        assert outcome.error.detail == "polite: So it is."
    assert len(outcome.recorder.calls) == 1 + passed


def test_a_check_at_the_end_leaves_the_answer(server: OpenAIServer):
    server.answer_with("Hola")
    server.answer_with({"passed": True, "reason": "Yes."})
    check = StepSpec(name="ok", kind="check", user_prompt="Good? {answer}")
    done = run(chain(prompt(), check), chat_model(server))
    assert done.result.text == "Hola"


def test_personal_data_does_not_leave(server: OpenAIServer):
    server.answer_with("Anoté [[RFC_1]] de [[NAME_1]].")
    masker = Masker(names=["Ana López"])
    inputs = (InputSpec(name="text"), InputSpec(name="shop", trusted=True))
    values = {"text": "ana lopez, RFC HEGL750313DEA", "shop": "Tel. 55 1234 5678"}
    step = prompt(system_prompt="We are {shop}")
    done = run(chain(step, inputs=inputs), chat_model(server), values, masker=masker)
    assert sent(server) == {
        "system": "We are Tel. 55 1234 5678",
        "user": "<text>[[NAME_1]], RFC [[RFC_1]]</text>",
    }
    assert "HEGL" not in done.recorder.prompt
    assert done.result.text == "Anoté [[RFC_1]] de [[NAME_1]]."
    assert done.masker.restore(done.result.text) == (
        "Anoté HEGL750313DEA de ana lopez."
    )


class Library:
    """Something that can be searched, and remembers for what it was."""

    def __init__(self, *passages: Passage):
        self.passages = passages
        self.asked: list[tuple[str, int, Any]] = []

    def retrieve(
        self, query: str, k: int, collection_ids: Any = None, *, masker: Any = None
    ) -> Retrieval:
        self.asked.append((query, k, collection_ids))
        return Retrieval(self.passages)


def test_retrieval(server: OpenAIServer):
    found = Library(
        {"text": "Cuesta 180. Escriba a ana@x.mx", "source": "Envíos", "page": 2},
        {"text": "Tarda 3 días."},
    )
    steps = (
        StepSpec(
            name="docs",
            kind="retrieve",
            user_prompt="{text} envío",
            passages=2,
            collection_ids=(5,),
        ),
        prompt(user_prompt="{text}\n{docs}"),
    )
    values = {"text": "RFC HEGL750313DEA <b>"}
    masker = Masker()
    done = run(
        chain(*steps), chat_model(server), values, masker=masker, retriever=found
    )
    # It is looked up as it was written, and what was found is masked.
    assert found.asked == [("RFC HEGL750313DEA <b> envío", 2, (5,))]
    assert sent(server)["user"] == (
        "<text>RFC [[RFC_1]] <b></text>\n<docs>\n[1] Envíos, p. 2\n"
        "Cuesta 180. Escriba a [[EMAIL_1]]\n\n[2]\nTarda 3 días.\n</docs>"
    )
    assert done.passages == list(found.passages)


def test_a_passage_is_quoted_as_it_is():
    assert passages_block([{"text": "[x] \ny"}]) == "[1]\n[x] \ny"


@pytest.mark.parametrize("name", ["cls", "self", "input", "kwargs", "first"])
def test_a_step_may_have_any_name(server: OpenAIServer, name: str):
    server.answer_with("Uno")
    server.answer_with("Dos")
    steps = (prompt(name), prompt("last", user_prompt=f"{{{name}}}"))
    done = run(chain(*steps), chat_model(server))
    assert done.result.text == "Dos"
    assert sent(server)["user"] == f"<{name}>Uno</{name}>"


def test_an_answer_has_no_nul(server: OpenAIServer):
    server.answer_with("Uno\x00 dos")
    assert run(chain(prompt()), chat_model(server)).result.text == "Uno dos"


def test_nothing_to_retrieve_from(server: OpenAIServer):
    steps = (StepSpec(name="docs", kind="retrieve", user_prompt="{text}"), prompt())
    done = run(chain(*steps), chat_model(server))
    assert done.error is None
    assert done.passages == []


def test_passages_that_no_prompt_names_are_added(server: OpenAIServer):
    values = {"text": "hola", "passages": "Cuesta 180."}
    run(chain(prompt()), chat_model(server), values)
    assert sent(server)["user"] == (
        "<text>hola</text>\n\n<passages>Cuesta 180.</passages>"
    )


def test_values_are_cut_masked_and_never_parsed(server: OpenAIServer):
    inputs = (InputSpec(name="text", max_chars=20), InputSpec(name="more"))
    values = {"text": "{more} " * 20, "unknown": "x"}
    step = prompt(user_prompt="{text}|{more}")
    run(chain(step, inputs=inputs), chat_model(server), values)
    assert sent(server)["user"] == ("<text>{more} {more} {m […]</text>|<more></more>")


def test_a_chain_that_cannot_be_built_fails_in_order(server: OpenAIServer):
    failed = run(chain(prompt(user_prompt="{nobody}")), chat_model(server))
    assert failed.error.code == "internal"
    failed = run(chain(StepSpec(name="x", kind="dance")), chat_model(server))
    assert failed.error.code == "internal"
    assert server.journal.entries() == []


def test_the_key_is_in_no_text(server: OpenAIServer):
    server.faults.order(Fault("wrong_key"))
    model = chat_model(server)
    failed = run(chain(prompt()), model)
    shown = f"{failed!r} {failed.recorder.calls!r} {model!r}"
    assert "sk-test-key" not in shown
