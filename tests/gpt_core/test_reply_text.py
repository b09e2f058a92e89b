# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What people read of a model's answer."""

import pytest

from odoo.addons.gpt_core.engine.conversation.reply_text import (
    Piece,
    is_allowed,
    pieces,
    reply_text,
)

from .properties import given, many, st

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
