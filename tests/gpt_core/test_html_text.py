# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytest

from odoo.addons.gpt_core.engine.text.html_text import (
    as_html,
    plain_text,
    tokens,
)

from .properties import given, many, st


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("", ""),
        ("Sin marcas", "Sin marcas"),
        ("<p>Hola</p><p>Adiós</p>", "Hola\nAdiós"),
        ("<p>Hola</p>\n  <p>Adiós</p>", "Hola\nAdiós"),
        ("<div>Uno<div>dos</div>tres</div>", "Uno\ndos\ntres"),
        ("Uno<br>\ndos<br/><br/>tres", "Uno\ndos\n\ntres"),
        ("<p>Uno</p><p><br></p><p>dos</p>", "Uno\n\ndos"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("Nos <b class='x'>urge</b> <i>ya</i>", "Nos urge ya"),
        ("a &lt;b&gt; &amp;amp; &eacute;&#233;&#xe9;", "a <b> &amp; ééé"),
        ("3 < 4 y 5 > 4", "3 < 4 y 5 > 4"),
        ("a<!-- b --> c<!doctype html>d<?x y?>e", "a cde"),
        ("<style>p {}</style><script>if (a < b) '</p>'</script>a", "a"),
        ("<title>T</title>a", "a"),
        ("<p title='a > b' x=\"'>\">c</p>", "c"),
        ("<P>a</P><BR>b", "a\n\nb"),
        ("uno\xa0 dos \t tres", "uno dos tres"),
        ("<a href='https://a.mx/x'>https://a.mx/x</a>", "https://a.mx/x"),
        ('Ver <a href="https://a.mx/?a=1&amp;b">aquí</a>.', "Ver aquí.\nhttps://a.mx/?a=1&b"),
        ("<a href=mailto:a@b.mx>escriba</a>", "escriba\na@b.mx"),
        ("<a href='javascript:x'>a</a> <a data-href='https://a.mx'>b</a>", "a b"),
        # Broken
        ("a <b", "a <b"),
        ("a<!-- b", "a"),
        ("<p x='a>b", "b"),
        ("a &#" + "9" * 5000 + "; b", "a \ufffd b"),
        ("a &#xfffffffff; &#x110000; b", "a \ufffd \ufffd b"),
        ("</p><br>a", "a"),
    ],
)  # fmt: skip
def test_plain_text(source: str, text: str) -> None:
    assert plain_text(source) == text


def test_a_long_text_is_cut() -> None:
    assert len(plain_text("<p>" + "a" * 1_000_000)) < 200_000
    assert plain_text("<p>abc</p>", 5) == "ab"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", "<p></p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("Uno\r\ndos", "<p>Uno<br/>dos</p>"),
        ("Uno\n \n\ndos", "<p>Uno</p><p>dos</p>"),
        (
            "Ver https://a.mx/?b=1&c <x>",
            '<p>Ver <a href="https://a.mx/?b=1&amp;c" target="_blank" '
            'rel="noreferrer noopener">https://a.mx/?b=1&amp;c</a> &lt;x&gt;</p>',
        ),
        ('https://a"onclick="x', None),
    ],
)
def test_as_html(text: str, html: str | None) -> None:
    if html is None:
        assert '"onclick' not in as_html(text)
    else:
        assert as_html(text) == html


pieces = st.sampled_from(
    ["<", ">", "<p", "<!--", "-->", "</", "<a href=", "'", '"', "=", "/", " ", "\n",
     "&", "&#", "1", ";", "&lt", "<script>", "</script", "<br>", "a", "<td>", "\x00"]
)  # fmt: skip


@many
@given(st.lists(pieces, max_size=40).map("".join))
def test_nothing_breaks_it(source: str) -> None:
    list(tokens(source))
    assert plain_text(source) == plain_text(source).strip()


@many
@given(st.text("aé 1.,;", max_size=40))
def test_text_without_marks_stays(text: str) -> None:
    assert plain_text(text) == " ".join(text.split())
