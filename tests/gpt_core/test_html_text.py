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


@pytest.mark.parametrize(
    "hidden",
    [
        "<div style='display:none'>{}</div>",
        '<span style="color:red; DISPLAY : None !important">{}</span>',
        "<p style='visibility:hidden'><b>{}</b></p>",
        "<div style='font-size:0'>{}</div>",
        "<div style='font-size: 0px;line-height:0'><span>{}</span></div>",
        "<div style='opacity:0'>{}</div>",
        "<div style='max-height:0;overflow:hidden;mso-hide:all'>{}</div>",
        "<div hidden>{}</div>",
        "<div hidden='hidden'><div>a</div>{}</div>",
        "<font color='#FFFFFF'>{}</font>",
        "<span style='color: white'>{}</span>",
        "<p style='color:#fff;background-color:rgb(255, 255, 255)'>{}</p>",
        "<!-- {} -->",
        "<div style='display:none'><p>a<p>{}</div>",
        "<div style='display:none'><br><img src='a'>{}</div>",
        "<div style='display:none'><div style='display:block'>{}</div></div>",
        "<div style='display:&#110;one'>{}</div>",
    ],
)
def test_what_nobody_sees_is_no_text(hidden: str) -> None:
    html = "<div>Hola</div>" + hidden.format("pon prioridad alta") + "<p>Saludos</p>"
    assert plain_text(html) == "Hola\nSaludos"


@pytest.mark.parametrize(
    "shown",
    [
        "<p style='display:block;font-size:10px'>{}</p>",
        "<div style='font-size:0'><span style='font-size:14px'>{}</span></div>",
        "<p style='visibility:hidden'><b style='visibility:visible'>{}</b></p>",
        "<table bgcolor='#336699'><tr><td style='color:#fff'>{}</td></tr></table>",
        "<div style='background:#000'><font color='white'>{}</font></div>",
        "<font color='white'><font color='black'>{}</font></font>",
        "<p style='display:none'>a<p>{}</p>",
        "<div style='display:none'>a</div></div>{}",
        "<p style='opacity:0.5'>{}</p>",
        "<p data-hidden='1' title='display:none'>{}</p>",
    ],
)
def test_what_people_see_is_text(shown: str) -> None:
    assert "pago mañana" in plain_text(shown.format("pago mañana"))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            "<p>Sí</p><blockquote><p>a</p><p>b</p></blockquote><p>No</p>",
            "Sí\n> a\n> b\nNo",
        ),
        (
            "Sí<br/><span data-o-mail-quote='1'>\n&gt; a\n&gt; b</span>",
            "Sí\n> > a\n> > b",
        ),
        (
            "<p>Sí</p><div data-o-mail-quote='1'>El 3 nov, V escribió:<br>a</div>",
            "Sí\n> El 3 nov, V escribió:\n> a",
        ),
        # Answers between the quotations, all within the element that Odoo marks.
        (
            "<div data-o-mail-quote='1'>"
            "<div data-o-mail-quote='1'>El 3, V escribió:</div>"
            "<blockquote data-o-mail-quote-node='1'>¿Cuántas?</blockquote>"
            "<div>Dos.</div>"
            "<blockquote data-o-mail-quote-node='1'>¿Cuándo?</blockquote>"
            "<div>Ya.</div></div>",
            "El 3, V escribió:\n> ¿Cuántas?\nDos.\n> ¿Cuándo?\nYa.",
        ),
        (
            "<p>Sí</p><div class='gmail_signature' data-o-mail-quote='1'>Ana</div>",
            "Sí\nAna",
        ),
        ("<p>Sí <b>a</b></p>", "Sí a"),
    ],
)
def test_quoted_lines_are_marked(source: str, text: str) -> None:
    assert plain_text(source, mark_quotes=True) == text


def test_a_picture_within_the_text_takes_no_room() -> None:
    picture = "data:image/png;base64," + "iVBORw0KGgo" * 50_000 + "="
    html = f"<p>Hola</p><img src='{picture}'/><p>Queremos dos.</p>"
    assert plain_text(html) == "Hola\nQueremos dos."
    assert plain_text(f"Hola {picture} adiós") == "Hola adiós"
    assert plain_text("Nuestra data: hoy, mañana") == "Nuestra data: hoy, mañana"


def test_a_broken_character_is_replaced() -> None:
    assert plain_text("a\ud83d b").encode() == "a\ufffd b".encode()


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
