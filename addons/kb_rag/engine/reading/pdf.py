# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""PDF → pages, one at a time, so that a thick document needs no more memory."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from .documents import Block, Page, ReadingError
from .ocr import recognised
from .pdf_gaps import widen_gaps
from .pdf_text import blocks_of

if TYPE_CHECKING:
    from pypdf import PdfReader


def read_pdf(path: Path, ocr_seconds: float = 0) -> Iterator[Page]:
    """Yield the pages of a PDF; one without text yields a page without blocks.

    Scanned ones come last.

    :param ocr_seconds: how long their text may be looked for
    :raises ReadingError: ``encrypted`` or ``broken``
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadingError("encrypted")
        count = len(reader.pages)
    except DependencyError as error:
        raise ReadingError("encrypted", str(error)) from error
    except (PyPdfError, *_BROKEN) as error:
        raise ReadingError("broken", str(error)) from error
    if not count:
        raise ReadingError("broken", "no pages")
    scanned = []
    for index in range(count):
        blocks = _page_blocks(reader, index)
        if not blocks and ocr_seconds and _has_picture(reader, index):
            scanned.append(index + 1)
        else:
            yield Page(index + 1, blocks)
        _forget(reader)
    texts = recognised(path, scanned, ocr_seconds)
    for number in scanned:
        yield Page(number, tuple(blocks_of(texts.get(number, ""))))


# What pypdf lets through when a file is not what it says it is.
_BROKEN = (
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    AssertionError,
    NotImplementedError,
    OverflowError,
    RecursionError,
    OSError,
)


def _page_blocks(reader: "PdfReader", index: int) -> tuple[Block, ...]:
    """Return the blocks of a page; a page that cannot be read has none."""
    from pypdf.errors import PyPdfError

    try:
        text = reader.pages[index].extract_text(visitor_operand_before=widen_gaps)
        return blocks_of(text)
    except (PyPdfError, *_BROKEN):
        return ()


def _has_picture(reader: "PdfReader", index: int) -> bool:
    """Tell whether something is painted on a page; a blank one needs no OCR."""
    try:
        resources = reader.pages[index].get("/Resources", {}).get_object()
        return bool(resources.get("/XObject", {}).get_object())
    except _BROKEN:
        return False


def _forget(reader: "PdfReader") -> None:
    """Drop the objects that a page left in the reader's cache."""
    cache = getattr(reader, "resolved_objects", None)
    if isinstance(cache, dict) and len(cache) > 5000:
        cache.clear()
