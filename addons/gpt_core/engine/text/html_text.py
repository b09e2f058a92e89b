# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""HTML → text and back, in a time that grows with the length of the HTML and no faster.

Whoever writes to a company chooses the HTML. Python's own parser looks for the end of
each unclosed comment anew, libxml2 compares each attribute of a tag with all the
others, and Odoo's ``html2plaintext`` and ``plaintext2html`` look at each letter of an
address as the beginning of something: a megabyte that is built for it takes minutes.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from markupsafe import Markup, escape

from .html_entities import unescaped
from .html_styles import OpenElements, Style

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
_BREAKING = frozenset(
    "address article aside blockquote center dd div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody "
    "tfoot thead tr ul".split()
)
_SPACES = re.compile(r"[^\S\n]+")
# A picture within the text is as long as a book, and no text.
_DATA_URI = re.compile(r"(?<![A-Za-z0-9])data:[\w/+.;=-]{0,100},[A-Za-z0-9+/=%]{100,}+")
_SURROGATES = re.compile("[\ud800-\udfff]")
QUOTE_MARK = "> "
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
            yield Token("text", unescaped(source[at : found.start()]))
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
        yield Token("text", unescaped(source[at:]))


def plain_text(
    source: str, max_chars: int = MAX_HTML_CHARS, *, mark_quotes: bool = False
) -> str:
    """Return the text of HTML as people see it, with its lines.

    What people cannot see (``display: none`` and the like) is left out. The addresses
    of links whose text is another one follow at the end.

    :param max_chars: of ``source``, how much is read; pictures within do not count
    :param mark_quotes: whether lines that are quoted begin with ``"> "``
    """
    # Not Markup, which would escape what is added to it.
    source = without_data_uris(str(source))[:max_chars]
    parts: list[str] = []
    styles: list[Style] = []
    links: dict[str, None] = {}
    elements = OpenElements()
    for token in tokens(source):
        if token.kind == "start":
            elements.start(token.text, token.attributes)
        elif token.kind == "end":
            elements.end(token.text)
        if elements.style.is_hidden:
            continue
        _add_token(parts, token, links)
        styles += [elements.style] * (len(parts) - len(styles))
    if mark_quotes:
        parts = _with_quote_marks(parts, styles)
    lines = "".join(parts).split("\n")
    text = "\n".join(_SPACES.sub(" ", line).strip() for line in lines).strip()
    shown = set(text.split())
    return "\n".join([text, *(link for link in links if link not in shown)]).strip()


def without_data_uris(source: str) -> str:
    """Return text without the pictures that stand within it, and broken characters."""
    if "data:" in source:
        source = _DATA_URI.sub("", source)
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", source)


def _add_token(parts: list[str], token: Token, links: dict[str, None]) -> None:
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


def _with_quote_marks(parts: list[str], styles: list[Style]) -> list[str]:
    """Return the parts with a mark before each line that is quoted.

    Odoo marks all of the element in which a mail program put a quotation. Who answers
    between its paragraphs does so within it: where there are blocks of quotations, only
    they are quoted.
    """
    has_blocks = any(style.is_node_quoted for style in styles)
    lines: list[list[str]] = [[]]
    are_quoted: list[bool | None] = [None]
    for part, style in zip(parts, styles, strict=True):
        is_quoted = style.is_node_quoted if has_blocks else style.is_marked
        for number, piece in enumerate(part.split("\n")):
            if number:
                lines.append([])
                are_quoted.append(None)
            lines[-1].append(piece)
            if piece.strip() and are_quoted[-1] is None:
                are_quoted[-1] = is_quoted
    texts = (
        QUOTE_MARK + "".join(line).lstrip() if is_quoted else "".join(line)
        for line, is_quoted in zip(lines, are_quoted, strict=True)
    )
    return ["\n".join(texts)]


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
    target = unescaped(found[1] or found[2] or found[3] or "").strip() if found else ""
    if target.startswith(("http://", "https://")):
        return target
    return target.removeprefix("mailto:") if target.startswith("mailto:") else ""
