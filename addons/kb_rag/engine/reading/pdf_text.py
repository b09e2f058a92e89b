# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The text of a PDF's page → paragraphs and headings.

A PDF knows glyphs and places, not paragraphs. What is recognised is what can be
recognised without doubt: numbered headings, words cut at the end of a line.
"""

import re

from .documents import Block

_HYPHEN = re.compile(r"(\w)[-\u00ad]\n(?=[a-záéíóúüñ])")
_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+[A-ZÁÉÍÓÚÜÑ¿¡].{2,80}$")
_CHAPTER = re.compile(r"^(cap[ií]tulo|chapter|anexo|appendix)\s+\S+", re.I)
_SPACES = re.compile(r"[ \t\u00a0]+")
_DOTS = re.compile(r"(?<!\s)\s*+\.(?:\s*+\.){4,}+")


def blocks_of(text: str) -> tuple[Block, ...]:
    """Return the blocks of a page's extracted text."""
    text = _HYPHEN.sub(r"\1", text.replace("\x00", "").replace("\r\n", "\n"))
    text = _DOTS.sub(" …", text)  # of a table of contents
    blocks: list[Block] = []
    lines: list[str] = []

    def finish() -> None:
        if lines:
            blocks.append(Block("\n".join(lines)))
            lines.clear()

    for raw in text.split("\n"):
        line = _SPACES.sub(" ", raw).strip()
        level = heading_level(line)
        if level:
            finish()
            blocks.append(Block(line, level))
        elif line:
            lines.append(line)
        else:
            finish()
    finish()
    return tuple(blocks)


def heading_level(line: str) -> int:
    """Return the depth of a line that is a heading without doubt, else 0."""
    if len(line) > 90 or line.endswith((".", ",", ";", ":")) or "…" in line:
        return 0
    if _CHAPTER.match(line):
        return 1
    numbered = _NUMBERED.match(line)
    # A line of a table of contents ends with a page's number.
    if not numbered or re.search(r"\s\d{1,4}$", line):
        return 0
    return numbered.group(1).count(".") + 1
