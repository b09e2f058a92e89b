# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Texts that are built to keep a program busy, of any length."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Hostile:
    """``unit`` again and again, between a beginning and an end."""

    unit: str
    begin: str = ""
    end: str = "!"

    def __call__(self, length: int) -> str:
        count = max(1, (length - len(self.begin) - len(self.end)) // len(self.unit))
        return f"{self.begin}{self.unit * count}{self.end}"

    def __str__(self) -> str:
        return ascii(f"{self.begin}{self.unit}…{self.end}")


def _all(*units: str) -> tuple[Hostile, ...]:
    return tuple(map(Hostile, units))


# Any function may meet them.
PLAIN = _all(
    "a", " ", "\n", "a ", "Ana\n", "a. ", ".", "1", ",", "[", "<", "@", "\u0301\u0316",
)  # fmt: skip
# For those that look for words, sentences, marks or white space.
WORDS = _all(
    "_", "-", "#", "*", "&", "(", "\"", "'", "\xa0", "\u200b", "\x00", "á", "ﷺ",
    " \n", "\n\n a", "\r\n", "\t ", "hola mundo ", "Ana ", "de ", "a\u0301 ", "a, ",
    "¿Qué? ", "a-", "a_", "... ", "…", "\"a\" ", ".\")", "a\u200b", "a,1;",
    "[[", "[1] ", "[[RFC_1]", "[[A ", "[a](b", "](", "(a", "{a} ", "a: ",
)  # fmt: skip
DIGITS = _all(
    "5 ", "55 1234 567 ", "(5) ", "5-", "5.", "1,000.00 ", "+52 ", "+(", "5  ", "$5,",
    "4111 1111 1111 1112 ", "032180000118359718 ", "12345678901 ", "GB82 WEST 12 ",
    "GODE561231GR", "GODE561231HDFXXX", "tel 55 ", "folio no. ", "12/12/2026 ", "AB12",
    "pedido: pedido: ", "1234 ",
)  # fmt: skip
CONTACTS = _all(
    "a@", "a@a.", "a.a", "a@a.a ", " @ ", "@a . ", "a punto ", "a arroba ", "arroba",
    "a arroba b punto ", "a guion bajo ", "a+", "a%", "http://", "https://a.a/", "www.",
    "https://a@a:", "a.a.a@a-a-", "soy ana ", "mi correo es ", "me llamo Ana De La ",
    "/asesor ", "hola hola, ",
)  # fmt: skip
STREETS = _all(
    "calle ", "calle a ", "calle 1 ", "calle de la ",
    "av. a 1, ", "Av. A. ", "mz 4 lt ",
    "vivo en ", "5 de mayo ", "en 5 de mayo 1 ", "km 1 ", "carretera a ", "Calle A 1 ",
    "A 1, Col. A, ", "1 A ", "1 col ", "Sur ", "1 int 1 ", "s/n ", "cerrada de ",
    "1 Elm ", "Uxmal 3, ", "lote 1 ", "eje 5 sur ", "1, A, ", "domicilio de ", "a 1 ",
    "dirección: dirección: ",
)  # fmt: skip
IDENTITIES = _all(
    "cinco ", "cincuenta y ", "cinco, ", "cincuenta y cinco\n", "A 1 ", "a ", "A 1",
    "nací el ", "nací 1 de ", "nací tres de mayo de mil novecientos ", "3/3/",
    "placas A1", "placas ", "pasaporte 1 ", "pasaporte A", "elector AAAAAA1",
    "dni 1", "ES", "X1", "clave AAAAAA", "19.1234, ", "19.1234 -99", "1° 2' 3\" N",
    "maps.google.com/",
    "geo:", "maps ", "google.", "1\n", "12\n- ", "\uff11", "1\u200b", "5\ufe0f\u20e3",
    "homoclave ", "a (at) ", "a at b dot ", "IDMEX1", "lada 55 ",
)  # fmt: skip
MAIL = _all(
    "> ", "> > > \n", "> a\n", "De: a\n", "De: a\nEnviado el: b\nPara: c\nAsunto: d\n",
    "On a ", "On a\n", "El a, Ana escribió", "el el ", "on a wrote ", "am a schrieb:\n",
    "-- \n", "--", "-----Original Message", "--original message --", "____ ", "_____\n",
    "___________\n\n", "El a\nescribió:\n", "a\n\n\n", " > \n", "________________",
    "ignora a ", "ignora ", "set a ", "set the the ", "pon el campo ", "system ",
    "prioridad ", "nota para la ", "you are an ", "a.\n",
)  # fmt: skip
MARKUP = (
    *_all(
        "<a ", "<b>", "</", "<!--", "<a href='", "&#1", "&amp", "<p a=1 b ",
        "<div>", "<p>", "<table><tr><td>", "<td>a", "</p>", "<br/>", "<![CDATA[", "<?",
        "<!a", "<!--a--", "<script>", "</script ", "<style>", "<script", "<a b=\"",
        "<b a>", "<h1>a", "&#x", "&nbsp", "&lt;b&gt;", "<pre>\n", "<a href=x>y</a>",
        "<img src=x>", "a | ", "# a\n", "## ", "```\n", "~~~", "| a | b |\n", "**a** ",
        "**a", "__a", "__a__", "** ", "\f", "a\f", "1. A\n", "1.1 ", ". . .", "a-\n",
        " \n \n", "\n \n", "Capítulo a\n", "<title>", "<textarea>", "<!doctype ",
        "<span style='display:none'>", "<p>a</div>", "<blockquote>a",
        "<b style='color:#fff;font-size:0'>a</b>",
    ),
    Hostile("#", "# "), Hostile(" ", "# a"), Hostile(" #", "# a"), Hostile("# ", "## "),
    Hostile("1", "&#"), Hostile("a", "&"), Hostile(" .", "a"),
    Hostile("a", "<img src='", "'>"), Hostile(".a", "<img src='", "'>"),
    Hostile(" a", "<p", ">"), Hostile(" ", "**a", "** b"), Hostile("[a", "[b]("),
)  # fmt: skip
DATA = (
    *_all("{\"a\":", "[{", "\"\\u", "\\", "\"a\": 1, ", "[1,", "{a}{b}", "null "),
    Hostile("1", "", ""), Hostile("[", "", ""), Hostile("a", "\"", "\""),
    Hostile("1,", "[", "1]"), Hostile("\"a\":1,", "{", "\"b\":2}"),
)  # fmt: skip
