# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""DOCX → pages of headings, paragraphs and tables.

``docx2txt`` turns each paragraph's XML into text. Where it flattens a document, this
module walks the body itself: a heading's style, a table's rows and the places where
Word last broke a page are what a citation needs.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from .documents import MAX_TEXT_CHARS, Block, Page, ReadingError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
# Text is no larger than this packed, nor unpacked. A bomb is.
_MAX_XML = 64 * 1024 * 1024
_MAX_RATIO = 200
_RATIO_FROM = 5 * 1024 * 1024
_HEADING = re.compile(r"^(?:heading|t[ií]tulo|ttulo|title|titre)\s*(\d)?$", re.I)
_DEEPEST = 6


def read_docx(path: Path) -> Iterator[Page]:
    """Yield the pages of a Word document, as Word last broke them.

    Without such marks in the file there is one page, with the number 0.

    :raises ReadingError: ``broken``, ``encrypted``, ``too_large``, ``unknown_format``
    """
    try:
        with zipfile.ZipFile(path) as archive:
            body = _member(archive, _BODY)
            styles = _heading_styles(archive)
            notes = [_plain(archive, name) for name in _note_names(archive)]
    except zipfile.BadZipFile as error:
        raise ReadingError("broken", str(error)) from error
    except (RuntimeError, NotImplementedError) as error:  # a password, odd packing
        raise ReadingError("encrypted", str(error)) from error
    pages = _Pages()
    for element in _parse(body).iterfind(f"{_W}body/*"):
        pages.add(element, styles)
    yield from pages.finished([note for note in notes if note])


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a part of the archive, unless it is no document or too much of one."""
    try:
        info = archive.getinfo(name)
    except KeyError as error:
        raise ReadingError("unknown_format", f"no {name}") from error
    # What is declared is what is unpacked: no more is read, whatever there is.
    if info.file_size > _MAX_XML:
        raise ReadingError("too_large", f"{name}: {info.file_size} bytes")
    packed = max(info.compress_size, 1)
    if info.file_size > _RATIO_FROM and info.file_size > _MAX_RATIO * packed:
        raise ReadingError("too_large", f"{name}: packed too well to be text")
    with archive.open(info) as stream:
        return stream.read(_MAX_XML)


def _parse(data: bytes) -> ElementTree.Element:
    # Word writes no document type; entities that multiply need one.
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise ReadingError("broken", "document type in XML")
    try:
        return ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise ReadingError("broken", str(error)) from error


def _heading_styles(archive: zipfile.ZipFile) -> dict[str, int]:
    """Return the depth of each style that is a heading's, by the style's id."""
    if "word/styles.xml" not in archive.namelist():
        return {}
    found = {}
    for style in _parse(_member(archive, "word/styles.xml")).iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        label = name.get(f"{_W}val", "") if name is not None else ""
        if match := _HEADING.match(label):
            found[style.get(f"{_W}styleId", "")] = int(match.group(1) or 1)
    return found


def _note_names(archive: zipfile.ZipFile) -> list[str]:
    return [
        name
        for name in ("word/footnotes.xml", "word/endnotes.xml")
        if name in archive.namelist()
    ]


def _plain(archive: zipfile.ZipFile, name: str) -> str:
    return _text(_parse(_member(archive, name)))


def _text(element: ElementTree.Element) -> str:
    from docx2txt.docx2txt import xml2text

    text: str = xml2text(ElementTree.tostring(element, encoding="unicode"))
    return text.strip()


class _Pages:
    """Collects blocks, and begins a page where the document has a break."""

    def __init__(self) -> None:
        self._pages: list[list[Block]] = [[]]
        self._chars = 0

    def add(self, element: ElementTree.Element, styles: dict[str, int]) -> None:
        if element.tag == f"{_W}tbl":
            self._append(Block(_table(element)))
        elif element.tag == f"{_W}p":
            self._add_paragraph(element, styles)
        elif element.tag == f"{_W}sdt":
            for inner in element.iterfind(f"{_W}sdtContent/*"):
                self.add(inner, styles)

    def _add_paragraph(
        self, element: ElementTree.Element, styles: dict[str, int]
    ) -> None:
        if _breaks_page(element):
            self._pages.append([])
        style = element.find(f"{_W}pPr/{_W}pStyle")
        level = styles.get(style.get(f"{_W}val", ""), 0) if style is not None else 0
        self._append(Block(_text(element), min(level, _DEEPEST)))

    def _append(self, block: Block) -> None:
        if not block.text.strip():
            return
        self._chars += len(block.text)
        if self._chars > MAX_TEXT_CHARS:
            raise ReadingError("too_large")
        self._pages[-1].append(block)

    def finished(self, notes: list[str]) -> Iterator[Page]:
        for note in notes:
            self._append(Block(note))
        numbered = len(self._pages) > 1
        for index, blocks in enumerate(self._pages, 1):
            if blocks or not numbered:
                yield Page(index if numbered else 0, tuple(blocks))


def _breaks_page(element: ElementTree.Element) -> bool:
    if element.find(f".//{_W}lastRenderedPageBreak") is not None:
        return True
    return any(item.get(f"{_W}type") == "page" for item in element.iter(f"{_W}br")) or (
        element.find(f"{_W}pPr/{_W}pageBreakBefore") is not None
    )


def _table(element: ElementTree.Element) -> str:
    """Return a table as lines of cells; a cell stays on one line."""
    rows = []
    for row in element.iterfind(f"{_W}tr"):
        cells = [" ".join(_text(cell).split()) for cell in row.iterfind(f"{_W}tc")]
        if any(cells):
            rows.append(" | ".join(cells))
    return "\n".join(rows)
