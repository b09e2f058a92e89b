# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Manuals as Debian packages them, in Spanish, by three different typesetters."""

import csv
from pathlib import Path

import pytest

from odoo.addons.kb_rag.engine.reading.chunking import cut
from odoo.addons.kb_rag.engine.reading.documents import Reading
from odoo.addons.kb_rag.engine.reading.reader import read_document
from odoo.addons.kb_rag.engine.retrieval.language import language_of

from setup.common.console import SetupError
from setup.get.documents import DOCUMENTS, document

GOLD = Path(__file__).parent / "data" / "gold.tsv"
PAGES = {
    "debian-reference": 272,
    "debian-edu": 104,
    "eyes17": 79,
    "maint-guide": 69,
    "ubuntu-packaging-guide": 53,
    "linuxcnc": 61,
}


@pytest.fixture(scope="module", params=sorted(DOCUMENTS))
def manual(request: pytest.FixtureRequest) -> tuple[str, Reading]:
    try:
        path = document(request.param)
    except SetupError as error:
        pytest.skip(f"{error.problem} {error.fix}")
    return request.param, read_document(path.read_bytes(), path.name)


def test_pages(manual: tuple[str, Reading]) -> None:
    name, reading = manual
    assert reading.page_count == PAGES[name]
    assert len(reading.empty_pages) <= 1


def test_words_are_apart(manual: tuple[str, Reading]) -> None:
    """TeX leaves gaps and no spaces; a paragraph must not come out as one word."""
    _name, reading = manual
    words = " ".join(b.text for p in reading.pages for b in p.blocks).split()
    letters = [word for word in words if word.isalpha()]
    long = sum(len(word) > 24 for word in letters)
    assert long / len(letters) < 0.004


def test_headings_and_chunks(manual: tuple[str, Reading]) -> None:
    name, reading = manual
    chunks = cut(reading.pages)
    assert max(len(chunk.text) for chunk in chunks) <= 1000
    assert all(1 <= chunk.page <= PAGES[name] for chunk in chunks)
    assert sum(bool(chunk.section) for chunk in chunks) / len(chunks) > 0.5
    middle = chunks[len(chunks) // 2 :][:60]
    expected = "english" if name == "linuxcnc" else "spanish"
    assert language_of(" ".join(chunk.text for chunk in middle)) == expected


def test_gold_set() -> None:
    with GOLD.open() as stream:
        rows = [row for row in csv.reader(stream, delimiter="\t") if row[0][0] != "#"]
    asked = [row for row in rows if row[1] != "-"]
    assert len(asked) >= 60
    assert len({question for question, *_rest in rows}) == len(rows)
    assert {name for _question, name, _pages in asked} == set(PAGES)
    for _question, name, pages in asked:
        assert all(1 <= int(page) <= PAGES[name] for page in pages.split(","))
