# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What holds for any text, found out by trying many."""

from itertools import pairwise

from odoo.addons.gpt_core.engine.privacy.masking import Masker, StreamRestorer

from .pii_corpus import HELD_OUT, TUNING
from .properties import given, many, st

KNOWN = {"RFC_1": "HEGL750313DEA", "PHONE_12": "55 1234 5678", "TEXT_1": "[[RFC_1]]"}
VALUES = [v for s in (*TUNING, *HELD_OUT) for v in s.values()]
# Pieces of what the patterns look for, between them anything.
PIECES = st.one_of(
    st.sampled_from(VALUES),
    st.sampled_from(
        ["calle ", "av. ", " núm. ", " 12", ", ", "col. ", "Juárez ", "@", ".", "+52 "]
    ),
    st.sampled_from(["[", "]", "[[", "]]", "RFC_1", "RFC", " 1", "_", "\n", "\x00"]),
    st.sampled_from(["ana lópez", "ANA  LOPEZ", "Juárez & 12"]),
    st.text(max_size=6),
    st.text("0123456789 -.()+/[]_ABCÑ&ªº", max_size=12),
)
TEXTS = st.lists(PIECES, max_size=14).map("".join)


@many
@given(TEXTS)
def test_masking_and_restoring_gives_the_text_back(text: str):
    masker = Masker(names=["Ana López", "Juárez & 12"])
    assert masker.restore(masker.mask(text)) == text


@many
@given(st.lists(TEXTS, max_size=4))
def test_a_conversation_comes_back_from_what_it_carries_over(texts: list[str]):
    known: dict[str, str] = {}
    masked = []
    for text in texts:
        masker = Masker(known=known, names=["Ana López"])
        masked.append(masker.mask(text))
        known = masker.known
    assert [Masker(known=known).restore(text) for text in masked] == texts
    # One placeholder per value and label.
    assert len(set(known)) == len({(n.partition("_")[0], v) for n, v in known.items()})


@many
@given(TEXTS, st.sampled_from(VALUES))
def test_what_is_masked_is_masked_again_alike(text: str, value: str):
    masker = Masker()
    once = masker.mask(f"{text}\n{value}")
    assert Masker(known=masker.known).mask(f"{text}\n{value}") == once


ANSWERS = st.lists(
    st.one_of(
        st.sampled_from(["[[RFC_1]]", "[PHONE 12]", "[[ PHONE_12 ]]", "[[RFC_2]]"]),
        st.text("[] _RFCPHONE12\n", max_size=12),
        st.text(max_size=5),
    ),
    max_size=10,
).map("".join)


@many
@given(ANSWERS, st.lists(st.integers(0, 120), max_size=20))
def test_a_stream_in_any_pieces_is_the_restored_text(text: str, cuts: list[int]):
    masker = Masker(known=KNOWN)
    restorer = StreamRestorer(masker)
    places = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    shown = [restorer.feed(text[start:end]) for start, end in pairwise(places)]
    assert "".join([*shown, restorer.flush()]) == masker.restore(text)
