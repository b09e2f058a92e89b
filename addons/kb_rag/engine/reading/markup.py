# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""HTML, Markdown and plain text → one page of headings, paragraphs and tables."""

import re

from odoo.addons.gpt_core.engine.text.html_text import tokens

from .documents import Block, Page

_SKIPPED = frozenset({"script", "style", "head", "noscript", "template", "svg", "nav"})
_BREAKING = frozenset(
    "p div br li tr table ul ol dl dt dd pre blockquote section article header footer "
    "main figure figcaption hr h1 h2 h3 h4 h5 h6".split()
)
_CELLS = frozenset({"td", "th"})
_HEADING = re.compile(r"^h([1-6])$")
_MD_HEADING = re.compile(r"(#{1,6})\s")
_MD_FENCE = re.compile(r"^\s*(```|~~~)")


def read_html(text: str) -> Page:
    """Return the page of an HTML text; scripts, styles and menus are left out."""
    collected = _Blocks()
    for token in tokens(text):
        if token.kind == "text":
            collected.add_text(token.text)
        elif token.kind == "start":
            collected.open(token.text)
        else:
            collected.close(token.text)
    collected.finish()
    return Page(0, tuple(collected.blocks))


def read_markdown(text: str) -> Page:
    """Return the page of a Markdown text, its headings recognised."""
    blocks: list[Block] = []
    lines: list[str] = []
    fenced = False

    def finish() -> None:
        if lines:
            blocks.append(Block("\n".join(lines)))
            lines.clear()

    for line in text.splitlines():
        fenced ^= bool(_MD_FENCE.match(line))
        heading = None if fenced else _MD_HEADING.match(line)
        if heading:
            finish()
            title = line[heading.end() :].rstrip().rstrip("#").strip()
            blocks.append(Block(title, len(heading.group(1))))
        elif line.strip() or fenced:
            lines.append(line.rstrip())
        else:
            finish()
    finish()
    return Page(0, tuple(blocks))


def read_text(text: str) -> list[Page]:
    """Return the pages of a plain text: form feeds, if there are any, part them."""
    parts = text.replace("\r\n", "\n").split("\f")
    return [
        Page(
            number if len(parts) > 1 else 0,
            tuple(
                Block(paragraph.strip("\n"))
                for paragraph in re.split(r"\n\s*\n", part)
                if paragraph.strip()
            ),
        )
        for number, part in enumerate(parts, 1)
    ]


class _Blocks:
    """Collects the visible text of a page."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._text: list[str] = []
        self._skipped = 0
        self._level = 0
        self._pre = 0
        self._in_row = False

    def open(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipped += 1
        elif tag in _CELLS:
            if self._text:
                self._text.append(" | ")
        elif tag in _BREAKING and not (self._in_row and tag != "tr"):
            self.finish()
        self._in_row = tag == "tr" or (self._in_row and tag != "table")
        self._pre += tag == "pre"
        if heading := _HEADING.match(tag):
            self._level = int(heading.group(1))

    def close(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipped = max(0, self._skipped - 1)
        elif tag in ("tr", "table"):
            self._in_row = False
            self.finish()
        elif tag in _BREAKING and not self._in_row:
            self.finish()
        self._pre = max(0, self._pre - (tag == "pre"))

    def add_text(self, data: str) -> None:
        if not self._skipped:
            self._text.append(data if self._pre else re.sub(r"\s+", " ", data))

    def finish(self) -> None:
        text = "".join(self._text).strip().strip("|").strip()
        self._text.clear()
        if text:
            self.blocks.append(Block(text, self._level))
        self._level = 0
