# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the patterns find in the corpus, and the corpus itself."""

from itertools import pairwise

import pytest

from odoo.addons.gpt_core.engine.privacy import pii

from .pii_corpus import HELD_OUT, TUNING, Sentence, parse
from .pii_score import score


def found(text: str) -> list[tuple[str, str]]:
    """Return (label, value) of what is found."""
    return [(f.label, text[f.start : f.end]) for f in pii.find(text)]


def test_the_corpus_has_both_kinds_of_sentences():
    for half in (TUNING, HELD_OUT):
        assert sum(bool(sentence.expected) for sentence in half) >= 75
        assert sum(not sentence.expected for sentence in half) >= 50
    assert not {s.text for s in TUNING} & {s.text for s in HELD_OUT}


def test_marks_are_read():
    sentence = parse("en <<ADDRESS:la |Av. Juárez 5~, Centro>>⏎<<RFC:X>>")
    assert sentence.text == "en la Av. Juárez 5, Centro\nX"
    assert sentence.values() == ["Av. Juárez 5", "X"]
    street = sentence.expected[0]
    assert sentence.text[street.first : street.last] == "la Av. Juárez 5, Centro"


@pytest.mark.parametrize("line", ["<<RFC:x", "a <<RCF:x>>", "x>> a"])
def test_a_mark_that_is_wrong_is_refused(line: str):
    with pytest.raises(ValueError, match=r"mark|label"):
        parse(line)


def test_the_score_sees_what_remains_and_what_is_too_much():
    text = "RFC HEGL750313DEA y correo a@b.mx, pedido 5512345678"
    wrong = Sentence(text, parse(f"{text[:4]}<<RFC:{text[4:13]}>>").expected)
    result = score([wrong])
    assert (result.recall, len(result.too_much), len(result.false_hits)) == (1, 1, 1)
    missing = score([parse("mi clave es <<RFC:HEGL-7503>>")])
    assert (missing.recall, len(missing.missed)) == (0, 1)


def test_nothing_of_the_tuning_half_is_missed_or_masked_in_vain():
    result = score(TUNING)
    assert (result.missed, result.false_hits, result.too_much) == ([], [], [])
    assert not result.relabelled


def test_the_held_out_half_stays_as_good():
    result = score(HELD_OUT)
    assert result.recall >= 0.99, result.missed
    assert len(result.false_hits) <= 2, result.false_hits
    assert len(result.too_much) <= 1, result.too_much


def test_findings_are_in_order_and_apart():
    text = "\n".join(sentence.text for sentence in (*TUNING, *HELD_OUT))
    findings = pii.find(text)
    assert len(findings) > 200
    for before, after in pairwise(findings):
        assert before.end <= after.start
        assert after.start < after.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A wrong digit does not matter where a word announces the number …
        ("mi CLABE es 012180741215472808", [("CLABE", "012180741215472808")]),
        ("tarjeta 4152633043483954", [("CARD", "4152633043483954")]),
        ("mi rfc: HEGL75O313DE4", [("RFC", "HEGL75O313DE4")]),
        ("IBAN ES92 2100 0418 4502 00", [("IBAN", "ES92 2100 0418 4502 00")]),
        # … but does where none does.
        ("va 012180741215472808", []),
        ("va 4152633043483954", []),
        ("va 012180741215472807", [("CLABE", "012180741215472807")]),
        ("va 4152633043483953", [("CARD", "4152633043483953")]),
        # A folio is one whatever it looks like, an RFC with its check digit is not.
        ("folio 4152633043483953", []),
        ("factura HEGL750313DEA", [("RFC", "HEGL750313DEA")]),
        ("factura HEGL750313DE4", []),
        # The nearest word counts.
        ("pedido de ayer, tel. 5512345678", [("PHONE", "5512345678")]),
        ("me llamo Ana, pedido 5512345678", []),
        ("número de cliente 5512345678", []),
        ("atención a cliente 5512345678", [("PHONE", "5512345678")]),
        # Two of a kind, and different ones, beside each other.
        (
            "DE89370400440532013000 GB29NWBK60161331926819",
            [("IBAN", "DE89370400440532013000"), ("IBAN", "GB29NWBK60161331926819")],
        ),
        (
            "5512345678 3331234567/8181234567",
            [
                ("PHONE", "5512345678"),
                ("PHONE", "3331234567"),
                ("PHONE", "8181234567"),
            ],
        ),
        ("tarjeta y tel 5512345678", [("PHONE", "5512345678")]),
        # What is part of one thing is not found again in it.
        ("5512345678@correo.mx", [("EMAIL", "5512345678@correo.mx")]),
        # An IBAN does not take the words that follow it.
        (
            "iban de89 3704 0044 0532 0130 00 de la casa",
            [("IBAN", "de89 3704 0044 0532 0130 00")],
        ),
        ("ana arroba correo punto mx", [("EMAIL", "ana arroba correo punto mx")]),
        ("Calle: Lerma\nNúmero: 196", [("ADDRESS", "Calle: Lerma\nNúmero: 196")]),
        ("la escuela privada Hidalgo 3", []),
        ("en la privada Hidalgo 3", [("ADDRESS", "privada Hidalgo 3")]),
    ],
)
def test_single_rules(text: str, expected: list[tuple[str, str]]):
    assert found(text) == expected
