# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What reading a file gives, and the ways in which it can fail."""

from dataclasses import dataclass, field

# What a document may cost to read. Beyond it, it fails and says so.
MAX_FILE_BYTES = 200 * 1024 * 1024
MAX_TEXT_CHARS = 20_000_000


@dataclass(frozen=True)
class Block:
    """A piece of a page: a paragraph, a heading, or a table row by row.

    :param level: depth of a heading, 0 for everything else
    """

    text: str
    level: int = 0


@dataclass(frozen=True)
class Page:
    """A page of a document; ``number`` is 0 where the format has no pages."""

    number: int
    blocks: tuple[Block, ...]

    @property
    def has_text(self) -> bool:
        return any(block.text.strip() for block in self.blocks)


@dataclass
class Reading:
    """A document as it was read.

    :param page_count: how many pages the file has, with or without text
    :param empty_pages: numbers of the pages that have no text: scans, or blank ones
    """

    pages: list[Page] = field(default_factory=list)
    page_count: int = 0
    empty_pages: list[int] = field(default_factory=list)


#: Why a document cannot be read; an addon's models put each into words.
READING_PROBLEMS = (
    "empty",
    "unknown_format",
    "encrypted",
    "broken",
    "too_large",
    "too_long",
    "no_text",
    "crashed",
)


class ReadingError(Exception):
    """A file that cannot be read, for one of :data:`READING_PROBLEMS`."""

    def __init__(self, problem: str, detail: str = ""):
        if problem not in READING_PROBLEMS:
            raise ValueError(problem)
        super().__init__(detail or problem)
        self.problem = problem
        self.detail = detail


def number_ranges(numbers: list[int]) -> str:
    """Return sorted numbers as people write them: ``3-7, 12``."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
