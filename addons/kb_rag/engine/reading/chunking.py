# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Cuts a document into chunks that can be found, and cited by page and section."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from odoo.addons.gpt_core.engine.text.storable import storable_text

from .documents import Block, Page

_SENTENCE_END = re.compile(r"(?<=[.!?…:;])\s+")
# What ends so goes on nowhere.
_FINISHED = re.compile(r"[.!?…:;»”\")\]]$")
_SPACE = re.compile(r"\s+")
# A chunk is not closed at a heading before it has this share of its length.
_ENOUGH = 0.1


@dataclass(frozen=True)
class Chunking:
    """How documents are cut.

    :param size: characters that a chunk has at most
    :param overlap: characters at the end of a chunk that the next one begins with
    """

    size: int = 1000
    overlap: int = 150


@dataclass(frozen=True)
class Chunk:
    """A piece of a document.

    :param page: the page that it is on, 0 where there are no pages; a sentence that
        began on the page before is repeated
    :param section: the headings that it stands under
    """

    text: str
    page: int = 0
    section: str = ""

    @property
    def checksum(self) -> str:
        """Of what is embedded: the same text under the same headings is the same."""
        return hashlib.sha256(self.embedded_text.encode()).hexdigest()

    @property
    def embedded_text(self) -> str:
        """The text as it is embedded: under its headings, which say what it is of."""
        return embedded_text(self.section, self.text)


def embedded_text(section: str, text: str) -> str:
    """Return a chunk's text below its section, as it is embedded."""
    return f"{section}\n{text}" if section else text


def cut(pages: Iterable[Page], chunking: Chunking | None = None) -> list[Chunk]:
    """Return the chunks of a document, in order."""
    cutter = _Cutter(chunking or Chunking())
    for page in pages:
        for block in page.blocks:
            cutter.add(page.number, block)
    return cutter.finished()


class _Cutter:
    """Collects pieces until a chunk is full, and remembers where they came from."""

    def __init__(self, chunking: Chunking) -> None:
        self._size = max(chunking.size, 50)
        self._overlap = max(0, min(chunking.overlap, self._size // 2))
        self._headings: list[tuple[int, str]] = []
        self._pieces: list[tuple[int, str]] = []
        # How many of the pieces the last chunk ended with; the others are new.
        self._repeated = 0
        self._section = ""
        self._chunks: list[Chunk] = []

    def add(self, page: int, block: Block) -> None:
        text = storable_text(block.text).strip()
        if not text:
            return
        if self._pieces and self._pieces[-1][0] != page:
            ended = _FINISHED.search(self._pieces[-1][1])
            # What is on two pages could be cited by one of them only.
            self._close(keep_overlap=True)
            # Only of a sentence that goes on.
            self._pieces = [] if ended else self._pieces[-1:]
            self._repeated = len(self._pieces)
        if block.level:
            self._enter(block.level, _SPACE.sub(" ", text))
        for piece in _pieces(text, self._size - self._overlap):
            if self._length() + len(piece) + 1 > self._size and self._has_new():
                self._close(keep_overlap=True)
            self._pieces.append((page, piece))

    def finished(self) -> list[Chunk]:
        self._close(keep_overlap=False)
        return self._chunks

    def _enter(self, level: int, heading: str) -> None:
        """Begin a section; its chunks do not reach into the one before."""
        if self._length() >= self._size * _ENOUGH:
            self._close(keep_overlap=False)
        self._headings = [(lv, h) for lv, h in self._headings if lv < level]
        self._headings.append((level, heading[:120]))
        if not self._pieces:
            self._section = self._path()

    def _path(self) -> str:
        return " › ".join(heading for _level, heading in self._headings)[:250]

    def _has_new(self) -> bool:
        return len(self._pieces) > self._repeated

    def _length(self) -> int:
        return sum(len(piece) + 1 for _page, piece in self._pieces)

    def _close(self, keep_overlap: bool) -> None:
        if self._has_new():
            text = "\n".join(piece for _page, piece in self._pieces)
            page = self._pieces[self._repeated][0]
            self._chunks.append(Chunk(text, page, self._section))
        self._pieces = self._tail() if keep_overlap else []
        self._repeated = len(self._pieces)
        self._section = self._path()

    def _tail(self) -> list[tuple[int, str]]:
        """Return the last sentences, as far as they fit into the overlap."""
        kept: list[tuple[int, str]] = []
        length = 0
        for page, piece in reversed(self._pieces):
            for sentence in reversed(_SENTENCE_END.split(piece)):
                if length + len(sentence) + 1 > self._overlap:
                    return kept
                kept.insert(0, (page, sentence))
                length += len(sentence) + 1
        return kept


def _pieces(text: str, most: int) -> Iterator[str]:
    """Cut a block where a line or sentence ends, or between words if it must be."""
    if len(text) <= most:
        yield text
        return
    current = ""
    for part in _parts(text, most):
        if current and len(current) + len(part) + 1 > most:
            yield current
            current = ""
        current = f"{current} {part}" if current else part
    if current:
        yield current


def _parts(text: str, most: int) -> Iterator[str]:
    for sentence in _SENTENCE_END.split(text):
        begin = 0
        while len(sentence) - begin > most:
            end = begin + most
            at = max(
                sentence.rfind(" ", begin + 1, end),
                sentence.rfind("\n", begin + 1, end),
            )
            at = at if at > 0 else end
            yield sentence[begin:at].strip()
            begin = at
            while begin < len(sentence) and sentence[begin].isspace():
                begin += 1
        if rest := sentence[begin:].strip():
            yield rest
