# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What becomes of a model's answer, and what of it the visitor reads."""

import pytest

from odoo.addons.livechat_gpt.engine.chat import ModelDecision
from odoo.addons.livechat_gpt.engine.decision import Rules, decide
from odoo.addons.livechat_gpt.engine.reply_text import (
    Piece,
    is_allowed,
    pieces,
    reply_text,
)

from ..gpt_core.properties import given, many, st

ANSWER = {"action": "answer", "answer": "Sí.", "confidence": 0.9, "missing": []}
RULES = Rules(min_confidence=0.5, max_questions=2)


@pytest.mark.parametrize(
    ("change", "decision"),
    [
        ({}, ModelDecision()),
        ({"action": "handoff"}, ModelDecision("handoff", "model")),
        (
            {"action": "handoff", "missing": ["RFC"]},
            ModelDecision("handoff", "missing"),
        ),
        ({"action": "ask"}, ModelDecision("ask")),
        ({"confidence": 0.49}, ModelDecision("handoff", "confidence")),
        ({"confidence": 0.5}, ModelDecision()),
        ({"confidence": None}, ModelDecision()),
        ({"answer": "  "}, ModelDecision("handoff", "error")),
        ({"answer": None}, ModelDecision("handoff", "error")),
        ({"answer": "action: handoff /asesor"}, ModelDecision()),
        ({"action": None}, ModelDecision()),
    ],
)
def test_decide(change: dict, decision: ModelDecision) -> None:
    assert decide(ANSWER | change, RULES) == decision


def test_questions_in_a_row() -> None:
    asking = ANSWER | {"action": "ask"}
    assert decide(asking, RULES, questions=1) == ModelDecision("ask")
    assert decide(asking, RULES, questions=2) == ModelDecision("handoff", "missing")
    assert decide(asking, Rules(), questions=99) == ModelDecision("ask")


NEEDS_SOURCE = Rules(needs_source=True)
NO_SOURCE = ModelDecision("handoff", "no_source")


@pytest.mark.parametrize(
    ("change", "cited", "decision"),
    [
        ({"kind": "answer"}, 0, NO_SOURCE),
        ({"kind": "answer"}, 1, ModelDecision()),
        ({"kind": "small_talk"}, 0, ModelDecision()),
        ({"kind": "clarification"}, 0, ModelDecision()),
        ({"kind": "clarification", "action": "ask"}, 0, ModelDecision("ask")),
        ({"kind": "acknowledgement"}, 0, ModelDecision()),
        # The model's own wish goes before what it says about its text.
        ({"kind": "answer", "action": "handoff"}, 0, ModelDecision("handoff", "model")),
        # An administrator's own chain may have no such output.
        ({}, 0, NO_SOURCE),
        ({}, 2, ModelDecision()),
        ({"action": "ask"}, 0, ModelDecision("ask")),
        ({"kind": "joke"}, 0, NO_SOURCE),
    ],
)
def test_an_answer_rests_on_a_source(
    change: dict, cited: int, decision: ModelDecision
) -> None:
    assert decide(ANSWER | change, NEEDS_SOURCE, cited=cited) == decision
    if decision == NO_SOURCE:
        assert decide(ANSWER | change, Rules(), cited=cited) == ModelDecision()


def test_a_text_rests_on_a_source() -> None:
    assert decide(None, NEEDS_SOURCE) == NO_SOURCE
    assert decide(None, NEEDS_SOURCE, cited=1) == ModelDecision()


def test_small_talk_of_a_chain_that_does_not_say_so() -> None:
    assert decide(None, NEEDS_SOURCE, is_small_talk=True) == ModelDecision()
    assert decide(ANSWER, NEEDS_SOURCE, is_small_talk=True) == ModelDecision()
    told = ANSWER | {"kind": "answer"}
    assert decide(told, NEEDS_SOURCE, is_small_talk=True) == NO_SOURCE


@pytest.mark.parametrize("nothing", [None, False, {}])
def test_a_chain_that_gives_text(nothing) -> None:
    assert decide(nothing, RULES) == ModelDecision()


def test_a_model_that_may_not_decide() -> None:
    assert (
        decide(ANSWER | {"action": "handoff"}, Rules(follows_model=False))
        == ModelDecision()
    )


HOSTS = ("example.com", "tienda.mx")


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("https://example.com", True),
        ("http://www.example.com/a?b=c", True),
        ("www.tienda.mx/x", True),
        ("https://EXAMPLE.com.", True),
        ("https://example.com:8443/x", True),
        ("https://notexample.com", False),
        ("https://example.com.evil.test", False),
        ("https://example.com@evil.test", False),
        ("https://evil.test@example.com", False),
        ("https://user:pw@example.com", False),
        ("https://evil.test/example.com", False),
        ("https://evil.test#example.com", False),
        ("https://exаmple.com", False),  # a Cyrillic letter
        ("https://[::1", False),
        ("https://", False),
    ],
)
def test_is_allowed(address: str, allowed: bool) -> None:
    assert is_allowed(address, HOSTS) is allowed


def test_no_hosts() -> None:
    assert not is_allowed("https://example.com", ())
    assert not is_allowed("https://example.com", ("", " ", "."))


def test_links_to_others_are_taken_out() -> None:
    text = reply_text(
        "Vea https://evil.test/a, o [aquí](https://evil.test/b); o "
        "https://example.com/c.",
        900,
        hosts=HOSTS,
        removed="[x]",
    )
    assert text == "Vea [x], o aquí: [x]; o https://example.com/c."


def test_pieces() -> None:
    assert pieces("Vea www.tienda.mx/a.", HOSTS) == [
        Piece("Vea "),
        Piece("www.tienda.mx/a", "https://www.tienda.mx/a"),
        Piece("."),
    ]
    assert pieces("nada", HOSTS) == [Piece("nada")]
    assert pieces("", HOSTS) == []


def test_sources_are_listed() -> None:
    text = reply_text(
        "Cuesta 150 [2]. Tarda 3 días [2][9]. Hoy no [1, 2].",
        900,
        sources={2: "B.pdf, p. 3"},
        heading="Fuentes:",
    )
    assert text == (
        "Cuesta 150 [2]. Tarda 3 días [2]. Hoy no [2].\nFuentes: [2] B.pdf, p. 3"
    )


def test_marks_of_other_kinds_are_shown_as_ours() -> None:
    text = reply_text(
        "Cuesta 150 【2†source】. Tarda 3 días【2】【9】. Hoy no [1 y 2].",
        900,
        sources={2: "B.pdf"},
        heading="Fuentes:",
    )
    assert text == ("Cuesta 150 [2]. Tarda 3 días[2]. Hoy no [2].\nFuentes: [2] B.pdf")


def test_sources_that_the_text_does_not_mark() -> None:
    text = reply_text("Cuesta 150.", 900, sources={3: "C.pdf"}, heading="Fuentes:")
    assert text == "Cuesta 150.\nFuentes: [3] C.pdf"


def test_marks_without_sources_go() -> None:
    assert reply_text("Cuesta 150 [1].", 900) == "Cuesta 150."


def test_markdown_is_no_text() -> None:
    assert reply_text("## Envío\n**Cuesta** 150 __hoy__.", 900) == (
        "Envío\nCuesta 150 hoy."
    )


@many
@given(
    st.text(max_size=3000) | st.text(alphabet="a. [1]hw:/()*_\n", max_size=3000),
    st.integers(20, 900),
    st.dictionaries(st.integers(1, 50), st.text(max_size=200), max_size=5),
)
def test_it_is_always_short(answer: str, limit: int, sources: dict[int, str]) -> None:
    text = reply_text(answer, limit, sources=sources, heading="Sources:")
    assert len(text) < max(limit, 1) + 1
    assert "http" not in text.casefold() or "://" not in text


@many
@given(st.text(alphabet="ahtps:/.@#?[]%\\ xemplco", max_size=80))
def test_a_link_leads_to_where_it_may(line: str) -> None:
    found = pieces(line, HOSTS)
    assert "".join(piece.text for piece in found) == line
    for piece in found:
        assert not piece.url or is_allowed(piece.url, HOSTS)
        assert not piece.url or piece.url.startswith(("http://", "https://"))
