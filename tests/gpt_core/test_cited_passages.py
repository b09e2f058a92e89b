# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which passages an answer rests on, and what becomes of one that rests on none."""

import pytest
from openai_server import Fault, OpenAIServer

from odoo.addons.gpt_core.engine.chain.asking import StepModel
from odoo.addons.gpt_core.engine.chain.run import run_chain
from odoo.addons.gpt_core.engine.chain.spec import (
    ChainSpec,
    InputSpec,
    OutputSpec,
    StepSpec,
)
from odoo.addons.gpt_core.engine.provider.call_record import CallRecord
from odoo.addons.gpt_core.engine.provider.usage import Usage
from odoo.addons.gpt_core.engine.retrieval.cited_passages import (
    cited_numbers,
    citing,
    kind_of,
    lacks_source,
    marked_numbers,
    says_its_kind,
)
from odoo.addons.gpt_core.engine.retrieval.passages import Passage
from odoo.addons.gpt_core.engine.retrieval.retriever import Retrieval

from .chains import chat_model

SHIPPING = {"text": "El envío cuesta 150 pesos.", "source": "Envíos", "document_id": 1}
HOLIDAYS = {"text": "Hay doce días de vacaciones.", "source": "Personal"}
ANSWER = OutputSpec(name="answer", ttype="text", required=True)
KINDS = OutputSpec(
    name="kind",
    ttype="selection",
    required=True,
    choices=("answer", "small_talk", "clarification", "acknowledgement"),
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Cuesta 150 [1].", [1]),
        ("A [1][3], B [2, 3] y [1;2].", [1, 3, 2, 3, 1, 2]),
        ("A 【1】, B 【2†source】, C ［3］ y D【1†envios.pdf】【4】.", [1, 2, 3, 1, 4]),
        (
            "A [1 y 3], B [2 and 3], C [1 & 2], D [1-2] y E [1 , 2].",
            [1, 3, 2, 3, 1, 2, 1, 2, 1, 2],
        ),
        ("[[RFC_1]] [x] [] (1) [1234] [1†\nx] 【】 [1 yo]", []),
    ],
)
def test_marks(text: str, numbers: list[int]) -> None:
    assert marked_numbers(text) == numbers


@pytest.mark.parametrize(
    ("text", "data", "cited"),
    [
        ("Cuesta 150 [1].", None, (1,)),
        ("Cuesta 150 [5].", None, ()),
        ("Cuesta 150 [0].", None, ()),
        ("", {"answer": "Sí.", "cited": ["1", "[3]", "9", "x"]}, (1, 3)),
        ("", {"answer": "Sí.", "cited": "1, 2"}, (1, 2)),
        ("", {"answer": "Sí.", "cited": []}, ()),
        ("", {"answer": "Sí.", "cited": None}, ()),
        ("", {"answer": "Sí [2]."}, (2,)),
        # Numbers of other outputs are no citations.
        ("", {"answer": "Sí.", "days": "3", "count": 1}, ()),
    ],
)
def test_cited(text: str, data: dict | None, cited: tuple[int, ...]) -> None:
    assert cited_numbers(text, data, 4) == cited


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (None, "answer"),
        ({}, "answer"),
        ({"kind": "small_talk"}, "small_talk"),
        ({"kind": "made_up"}, "answer"),
        ({"action": "ask"}, "clarification"),
        ({"action": "ask", "kind": "answer"}, "answer"),
        ({"action": "handoff", "kind": "answer"}, "handoff"),
    ],
)
def test_kinds(data: dict | None, kind: str) -> None:
    assert kind_of(data) == kind
    assert lacks_source(data, ()) is (kind == "answer")
    assert not lacks_source(data, (1,))


def chain(*outputs: OutputSpec, **values: object) -> ChainSpec:
    steps = (
        StepSpec(name="documents", kind="retrieve", user_prompt="{question}"),
        StepSpec(
            name="answer",
            system_prompt="Answer.",
            user_prompt="{documents}\n{question}",
            outputs=outputs,
        ),
    )
    inputs = (InputSpec(name="question"),)
    return ChainSpec(code="c", inputs=inputs, steps=steps, **values)


def test_steps_are_told_to_cite() -> None:
    (_documents, writing) = citing(chain()).steps
    assert "[1]" in writing.system_prompt
    assert writing.system_prompt.startswith("Answer.")
    (_documents, filling) = citing(chain(ANSWER)).steps
    assert [output.name for output in filling.outputs] == ["answer", "cited"]
    assert citing(citing(chain(ANSWER))) == citing(chain(ANSWER))
    assert says_its_kind(chain(ANSWER, KINDS))
    assert not says_its_kind(chain(ANSWER))


class Found:
    """Finds the same passages for whatever question."""

    def __init__(self, *passages: Passage) -> None:
        self.passages = passages

    def retrieve(self, *_args: object, **_options: object) -> Retrieval:
        return Retrieval(self.passages)


def run(
    server: OpenAIServer, spec: ChainSpec, question: str, found=(SHIPPING,), **more
):
    models = {"answer": StepModel(chat_model(server))}
    return run_chain(
        spec, models, {"question": question}, retriever=Found(*found), **more
    )


STRICT = citing(chain(needs_source=True))
STRICT_DATA = citing(chain(ANSWER, KINDS, needs_source=True))
ASKED = "¿Cuánto cuesta el envío?"


@pytest.mark.parametrize("spec", [STRICT, STRICT_DATA], ids=["text", "structured"])
def test_an_answer_with_its_passage(server: OpenAIServer, spec: ChainSpec) -> None:
    outcome = run(server, spec, ASKED, (HOLIDAYS, SHIPPING))
    assert outcome.error is None
    assert "150" in outcome.result.text
    assert outcome.cited == (2,)


@pytest.mark.parametrize(
    ("spec", "answer"),
    [
        (STRICT, "Ganó Atlantis por 9 a 0."),
        (STRICT, "Ganó Atlantis por 9 a 0 [7]."),
        (STRICT_DATA, {"answer": "Atlantis.", "kind": "answer", "cited": []}),
        (STRICT_DATA, {"answer": "Atlantis.", "kind": "answer", "cited": ["7"]}),
    ],
)
def test_an_answer_without_one(server: OpenAIServer, spec: ChainSpec, answer) -> None:
    server.answer_with(answer)
    outcome = run(server, spec, "¿Quién ganó?")
    assert outcome.error.code == "no_source"
    assert outcome.error.retry_in is None, "asking again would be paid again"
    assert outcome.result is None
    assert outcome.passages == [SHIPPING], "they were sent, all the same"
    assert outcome.recorder.usage.input_tokens
    server.answer_with(answer)
    relaxed = spec.model_copy(update={"needs_source": False})
    assert run(server, relaxed, "¿Quién ganó?").error is None


def test_a_run_without_a_passage_asks_nobody(server: OpenAIServer) -> None:
    outcome = run(server, STRICT, ASKED, ())
    assert outcome.error.code == "no_source"
    assert not server.journal.entries()
    greeted = run(server, STRICT, "¡Hola, buenas tardes!", ())
    assert greeted.error is None
    # A chain that says what its text is may still ask back.
    run(server, STRICT_DATA, ASKED, ())
    assert len(server.journal.entries()) == 2


def test_nothing_was_found_beforehand(server: OpenAIServer) -> None:
    values = {"question": ASKED, "query": ASKED, "passages": ""}
    models = {"answer": StepModel(chat_model(server))}
    call = CallRecord("question", [], Usage(input_tokens=9))
    given = Retrieval(calls=[call])
    outcome = run_chain(STRICT, models, values, given=given)
    assert outcome.error.code == "no_source"
    assert outcome.recorder.usage.input_tokens == 9, "it was paid for"
    assert not server.journal.entries()


def test_what_was_looked_up_is_kept_however_the_run_ends(server: OpenAIServer) -> None:
    call = CallRecord("question", [], Usage(input_tokens=9))

    class Asking(Found):
        def retrieve(self, *_args: object, **_options: object) -> Retrieval:
            return Retrieval(self.passages, [call], "how")

    server.faults.order(Fault("refusal"))
    outcome = run_chain(
        STRICT,
        {"answer": StepModel(chat_model(server))},
        {"question": ASKED},
        retriever=Asking(SHIPPING),
    )
    assert outcome.error.code == "refusal"
    assert outcome.passages == [SHIPPING]
    assert [found.trace for found in outcome.retrievals] == ["how"]
    assert [made.step for made in outcome.recorder.calls] == ["question", "answer"]
    assert outcome.recorder.usage.input_tokens > 9


def test_small_talk_needs_none(server: OpenAIServer) -> None:
    outcome = run(server, STRICT_DATA, "¡Hola, buenas tardes!")
    assert outcome.error is None
    assert outcome.result.data["kind"] == "small_talk"
    assert outcome.cited == ()


def test_no_two_passages_have_the_same_number(server: OpenAIServer) -> None:
    """Those that are handed in, and those of two steps."""
    spec = chain()
    first, answer = spec.steps
    second = first.model_copy(update={"name": "more"})
    prompt = "{passages}\n{documents}\n{more}\n{question}"
    answer = answer.model_copy(update={"user_prompt": prompt})
    spec = spec.model_copy(update={"steps": (first, second, answer)})
    server.answer_with("Sí [1] [2] [3] [4] [5].")
    outcome = run_chain(
        spec,
        {"answer": StepModel(chat_model(server))},
        {"question": ASKED, "passages": "[1] Personal\nHay doce días."},
        retriever=Found(SHIPPING),
        given=Retrieval([HOLIDAYS]),
    )
    assert outcome.passages == [HOLIDAYS, SHIPPING, SHIPPING]
    assert outcome.cited == (1, 2, 3)
    sent = str(server.journal.entries("/v1/responses")[-1].body["input"])
    assert "[2] Envíos" in sent
    assert "[3] Envíos" in sent
    assert "[1] Envíos" not in sent
