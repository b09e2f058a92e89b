# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the elements that are open at a place of HTML do to the text there.

Whoever hides text in a mail writes it for machines: a person who reads the mail does
not see it, and must not be surprised by what a model read there.
"""

import re
from collections import Counter
from typing import NamedTuple

from .html_entities import unescaped

_ATTRIBUTE = re.compile(
    r"([A-Za-z][\w-]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++)))?"
)
# They have no end tag.
VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()
)
_ZERO = re.compile(r"0*\.?0*(?:px|pt|em|rem|%)?")
_WHITE = frozenset("white #fff #ffffff rgb(255,255,255)".split())
_NO_BACKGROUND = frozenset("transparent none inherit initial".split()) | _WHITE
# A mail with more elements within each other is no mail.
_MAX_DEPTH = 500
_SIGNATURES = ("odoo_signature_wrapper", "gmail_signature")


class Style(NamedTuple):
    """What holds for the text within an element.

    :param is_gone: nothing within it can be seen, whatever it says of itself
    :param is_node_quoted: it is a block of a quotation
    :param is_marked: Odoo marked it as quoted, or as a signature
    """

    is_gone: bool = False
    is_invisible: bool = False
    is_tiny: bool = False
    is_white: bool = False
    has_background: bool = False
    is_node_quoted: bool = False
    is_marked: bool = False
    is_signature: bool = False

    @property
    def is_hidden(self) -> bool:
        is_white_on_white = self.is_white and not self.has_background
        return self.is_gone or self.is_invisible or self.is_tiny or is_white_on_white


class OpenElements:
    """The elements that are open at a place, and the style of its text."""

    def __init__(self) -> None:
        self._open: list[tuple[str, Style]] = []
        self._counts: Counter[str] = Counter()
        self._too_deep: Counter[str] = Counter()

    @property
    def style(self) -> Style:
        return self._open[-1][1] if self._open else Style()

    def start(self, name: str, attributes: str) -> None:
        if name in VOID or attributes.endswith("/"):
            return
        if self._open and self._open[-1][0] == "p" == name:
            self.end("p")
        if len(self._open) >= _MAX_DEPTH:
            self._too_deep[name] += 1
            return
        self._counts[name] += 1
        self._open.append((name, _within(self.style, name, attributes)))

    def end(self, name: str) -> None:
        if self._too_deep[name]:
            self._too_deep[name] -= 1
            return
        if not self._counts[name]:
            return
        while self._open:
            last, _style = self._open.pop()
            self._counts[last] -= 1
            if last == name:
                return


def attributes_of(source: str) -> dict[str, str]:
    """Return the attributes of a tag, by their names in small letters.

    The first of those with one name counts, as in a browser.
    """
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(source):
        found.setdefault(name.lower(), unescaped(double or single or bare))
    return found


def _within(outer: Style, name: str, source: str) -> Style:
    """Return the style within an element, from that around it."""
    if not source:
        return outer._replace(is_node_quoted=True) if name == "blockquote" else outer
    attributes = attributes_of(source)
    css = _declarations(attributes.get("style", ""))
    if color := css.get("color") or (name == "font" and attributes.get("color")):
        outer = outer._replace(is_white=_compact(color) in _WHITE)
    backs = (css, "background-color"), (css, "background"), (attributes, "bgcolor")
    if back := next((of[key] for of, key in backs if of.get(key)), ""):
        outer = outer._replace(has_background=_compact(back) not in _NO_BACKGROUND)
    if "visibility" in css:
        hidden = css["visibility"] in ("hidden", "collapse")
        outer = outer._replace(is_invisible=hidden)
    if "font-size" in css:
        is_tiny = bool(_ZERO.fullmatch(css["font-size"]))
        outer = outer._replace(is_tiny=is_tiny)
    is_signature = outer.is_signature or _is_signature(attributes)
    return outer._replace(
        is_gone=outer.is_gone or _is_gone(attributes, css),
        is_signature=is_signature,
        is_node_quoted=outer.is_node_quoted
        or name == "blockquote"
        or "data-o-mail-quote-node" in attributes,
        is_marked=not is_signature
        and (outer.is_marked or "data-o-mail-quote" in attributes),
    )


def _is_gone(attributes: dict[str, str], css: dict[str, str]) -> bool:
    return (
        "hidden" in attributes
        or css.get("display") == "none"
        or css.get("mso-hide") == "all"
        or ("opacity" in css and bool(_ZERO.fullmatch(css["opacity"])))
        or (
            css.get("overflow") == "hidden"
            and bool(_ZERO.fullmatch(css.get("max-height", css.get("height", "x"))))
        )
    )


def _is_signature(attributes: dict[str, str]) -> bool:
    name = attributes.get("class", "")
    return attributes.get("id") == "Signature" or any(s in name for s in _SIGNATURES)


def _declarations(css: str) -> dict[str, str]:
    """Return the declarations of a style attribute, the last of each name."""
    found = {}
    for declaration in css.lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            found[name.strip()] = value.replace("!important", "").strip()
    return found


def _compact(value: str) -> str:
    return "".join(value.lower().split())
