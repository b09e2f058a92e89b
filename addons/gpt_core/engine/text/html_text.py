# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""HTML → text and back, in a time that grows with the length of the HTML and no faster.

Whoever writes to a company chooses the HTML. Python's own parser looks for the end of
each unclosed comment anew, libxml2 compares each attribute of a tag with all the
others, and Odoo's ``html2plaintext`` and ``plaintext2html`` look at each letter of an
address as the beginning of something: a megabyte that is built for it takes minutes.
"""

import html
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from markupsafe import Markup, escape

# More of a mail is newsletters and pictures: its beginning is the message.
MAX_HTML_CHARS = 200_000

_MARKUP = re.compile(r"<(?:(!--)|(/?)([A-Za-z][^\s/>]*+)|[!?/])")
# A quoted value may have ">" in it.
_TAG_END = re.compile(r"(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?)*+>")
_HREF = re.compile(
    r"(?<![\w-])href\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))", re.IGNORECASE
)
# What is in these is no text, whatever it looks like.
_RAW_END = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "title")
}
# Python refuses to read numbers with thousands of digits.
_LONG_NUMBER = re.compile(r"&#(?:\d{8,}+|[xX][0-9a-fA-F]{7,}+);?")
_BREAKING = frozenset(
    "address article aside blockquote center dd div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody "
    "tfoot thead tr ul".split()
)
_SPACES = re.compile(r"[^\S\n]+")
_URL = re.compile(r"https?://[^\s<>\"']++")
_PARAGRAPH_END = re.compile(r"\n(?:[^\S\n]*+\n)++")
_LINK = Markup('<a href="%s" target="_blank" rel="noreferrer noopener">%s</a>')


class Token(NamedTuple):
    """A piece of HTML.

    :param text: what can be read, or the name of a tag
    :param attributes: those of a tag that opens, as they are written
    """

    kind: Literal["text", "start", "end"]
    text: str
    attributes: str = ""


def tokens(source: str) -> Iterator[Token]:
    """Yield texts and tags, in order; without comments, scripts and styles.

    Nobody sees what an unclosed comment hides. A tag that never ends is text.
    """
    at = 0
    while found := _MARKUP.search(source, at):
        if found.start() > at:
            yield Token("text", _unescaped(source[at : found.start()]))
        comment, closing, name = found.groups()
        if not name:
            mark = "-->" if comment else ">"
            end = source.find(mark, found.end())
            if end < 0:
                return
            at = end + len(mark)
            continue
        ended = _TAG_END.match(source, found.end())
        if not ended:
            at = found.start()
            break
        at, name = ended.end(), name.lower()
        if closing:
            yield Token("end", name)
            continue
        yield Token("start", name, source[found.end() : at - 1])
        if name in _RAW_END:
            raw_end = _RAW_END[name].search(source, at)
            at = raw_end.start() if raw_end else len(source)
    if at < len(source):
        yield Token("text", _unescaped(source[at:]))


def plain_text(source: str, max_chars: int = MAX_HTML_CHARS) -> str:
    """Return the text of HTML as people see it, with its lines.

    The addresses of links whose text is another one follow at the end.

    :param max_chars: of ``source``, how much is read
    """
    parts: list[str] = []
    links: dict[str, None] = {}
    # Not Markup, which would escape what is added to it.
    for token in tokens(str(source[:max_chars])):
        if token.kind == "text":
            # What follows a break in the source, as in "<br>\n", is no second one.
            at_line_start = not parts or parts[-1] == "\n"
            if text := token.text.lstrip() if at_line_start else token.text:
                parts.append(text)
        elif token.text == "br" or token.text in _BREAKING:
            _break_line(parts, always=token.text == "br")
        elif token.text in ("td", "th"):
            parts.append(" ")
        elif token.text == "a" and (address := link_target(token.attributes)):
            links[address] = None
    lines = "".join(parts).split("\n")
    text = "\n".join(_SPACES.sub(" ", line).strip() for line in lines).strip()
    shown = set(text.split())
    return "\n".join([text, *(link for link in links if link not in shown)]).strip()


def _break_line(parts: list[str], always: bool) -> None:
    """Begin a line, unless one was just begun; ``always``: an empty one then."""
    if parts and parts[-1] != "\n":
        parts[-1] = parts[-1].rstrip()
        parts.append("\n")
    elif parts and always:
        parts.append("\n")


def as_html(text: str) -> Markup:
    """Return plain text as HTML: paragraphs, lines, and links that can be clicked."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    paragraphs = (
        Markup("<br/>").join(map(_linked, paragraph.split("\n")))
        for paragraph in _PARAGRAPH_END.split(text)
    )
    return Markup("<p>%s</p>") % Markup("</p><p>").join(paragraphs)


def _linked(line: str) -> Markup:
    parts, end = [], 0
    for found in _URL.finditer(line):
        parts += [escape(line[end : found.start()]), _LINK % (found[0], found[0])]
        end = found.end()
    return Markup("").join([*parts, escape(line[end:])])


def link_target(attributes: str) -> str:
    """Return the address that a link with these attributes leads to, or ``""``."""
    found = _HREF.search(attributes)
    target = _unescaped(found[1] or found[2] or found[3] or "").strip() if found else ""
    if target.startswith(("http://", "https://")):
        return target
    return target.removeprefix("mailto:") if target.startswith("mailto:") else ""


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    return html.unescape(_LONG_NUMBER.sub("\N{REPLACEMENT CHARACTER}", text))
