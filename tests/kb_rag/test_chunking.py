# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.kb_rag.engine.reading.chunking import Chunking, cut
from odoo.addons.kb_rag.engine.reading.documents import Block, Page

SENTENCES = [f"La oración {n} dice algo del tema." for n in range(60)]


def page(number: int, *blocks: str | tuple[str, int]) -> Page:
    return Page(
        number, tuple(Block(b) if isinstance(b, str) else Block(*b) for b in blocks)
    )


def test_sections_are_apart() -> None:
    chunks = cut(
        [
            page(1, ("Uno", 1), "a " * 60, ("Dos", 2), "b " * 60),
            page(2, ("Tres", 1), "c " * 60),
        ]
    )
    assert [chunk.section for chunk in chunks] == ["Uno", "Uno › Dos", "Tres"]
    assert [chunk.page for chunk in chunks] == [1, 1, 2]
    assert chunks[1].embedded_text.startswith("Uno › Dos\n")


def test_tiny_sections_stay_together() -> None:
    chunks = cut([page(0, ("A", 1), "x", ("B", 1), "y")])
    assert len(chunks) == 1
    assert chunks[0].text == "A\nx\nB\ny"


def test_overlap_is_whole_sentences() -> None:
    chunks = cut([page(1, " ".join(SENTENCES))], Chunking(400, 100))
    assert len(chunks) > 3
    for left, right in pairwise(chunks):
        first = right.text.split(". ")[0].split("\n")[0]
        assert first.rstrip(".") in left.text


def test_page_is_where_a_chunk_begins() -> None:
    chunks = cut([page(1, "uno " * 50), page(2, "dos " * 50)], Chunking(250, 0))
    assert [chunk.page for chunk in chunks] == [1, 2]


def test_short_pages_are_not_put_together() -> None:
    """Slides: what is on the fourth is not cited as what is on the first."""
    chunks = cut([page(n, f"Lámina {n}.", f"Dice {n}.") for n in range(1, 5)])
    assert [(chunk.page, chunk.text) for chunk in chunks] == [
        (n, f"Lámina {n}.\nDice {n}.") for n in range(1, 5)
    ]


def test_a_sentence_over_two_pages() -> None:
    """It is whole on the second, which is the page that the chunk is cited by."""
    first, second = cut([page(1, "Antes. El plazo es"), page(2, "de diez días. Fin.")])
    assert (first.page, second.page) == (1, 2)
    assert second.text == "El plazo es\nde diez días. Fin."


def test_checksum_knows_text_and_section() -> None:
    (one,) = cut([page(1, ("A", 1), "texto")])
    (same,) = cut([page(9, ("A", 1), "texto")])
    (other,) = cut([page(1, ("B", 1), "texto")])
    assert one.checksum == same.checksum != other.checksum


def test_nul_and_blank() -> None:
    (chunk,) = cut([page(1, "a\x00b", "  ", "\x00")])
    assert chunk.text == "ab"


WORDS = st.text("abcñé ¿?.\n", max_size=400)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(WORDS, st.integers(0, 3)), max_size=12),
    st.integers(50, 400),
    st.integers(0, 100),
)
def test_nothing_is_lost_and_nothing_is_too_long(blocks, size, overlap) -> None:
    pages = [page(n + 1, block) for n, block in enumerate(blocks)]
    chunks = cut(pages, Chunking(size, overlap))
    assert all(0 < len(chunk.text) <= max(size, 50) for chunk in chunks)
    kept = re.sub(r"\s", "", "".join(chunk.text for chunk in chunks))
    wanted = re.sub(r"\s", "", "".join(text for text, _level in blocks))
    # Overlaps repeat; what is left of each letter is never less than there was.
    assert all(kept.count(letter) >= wanted.count(letter) for letter in set(wanted))
    assert bool(chunks) == bool(wanted)
    assert [chunk.page for chunk in chunks] == sorted(chunk.page for chunk in chunks)
