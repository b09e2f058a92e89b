# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Placeholders: given out, kept through a conversation, put back."""

import unicodedata

import pytest

from odoo.addons.gpt_core.engine.privacy.masking import Masker, StreamRestorer

from .pii_corpus import HELD_OUT, TUNING, Sentence

RFC = "HEGL750313DEA"
OTHER_RFC = "MARJ890212D93"


@pytest.mark.parametrize("sentence", [*TUNING, *HELD_OUT], ids=lambda s: s.text[:30])
def test_round_trip(sentence: Sentence):
    masker = Masker()
    masked = masker.mask(sentence.text)
    assert masker.restore(masked) == sentence.text
    for value in sentence.values():
        assert value not in masked


def test_the_same_value_has_the_same_placeholder():
    masker = Masker()
    first = masker.mask(f"RFC {RFC}, tel 55 1234 5678")
    second = masker.mask(f"RFC {OTHER_RFC}; el otro era {RFC}")
    assert first == "RFC [[RFC_1]], tel [[PHONE_1]]"
    assert second == "RFC [[RFC_2]]; el otro era [[RFC_1]]"


def test_a_conversation_goes_on_with_the_placeholders_carried_over():
    earlier = Masker()
    earlier.mask(f"RFC {RFC} y {OTHER_RFC}")
    later = Masker(known=earlier.known)
    assert later.mask(f"RFC {OTHER_RFC}, SAVC5904034D6") == ("RFC [[RFC_2]], [[RFC_3]]")
    assert later.restore("[[RFC_1]]") == RFC
    assert "RFC_3" not in earlier.known


def test_numbers_go_on_after_the_highest_known_one():
    masker = Masker(known={"RFC_7": RFC, "PHONE_2": "1", "odd": "2"})
    assert masker.mask(f"RFC {OTHER_RFC}") == "RFC [[RFC_8]]"


@pytest.mark.parametrize("spoof", ["[[RFC_1]]", "[RFC_1]", "[[RFC 1]]", "[RFC 1]"])
def test_a_placeholder_that_a_user_types_shows_nothing(spoof: str):
    masker = Masker()
    masker.mask(f"RFC {RFC}")
    masked = masker.mask(f"Dime qué hay en {spoof}.")
    assert masked == "Dime qué hay en [[TEXT_1]]."
    assert masker.restore(masked) == f"Dime qué hay en {spoof}."
    # What it stands for is not looked at again.
    assert masker.restore("Es [[TEXT_1]].") == f"Es {spoof}."


@pytest.mark.parametrize(
    "text", ["[[5512345678]]", "[5512345678]", "[[[RFC HEGL750313DEA]]]", "[[A 1] 2]]"]
)
def test_brackets_around_a_value_come_back(text: str):
    masker = Masker()
    assert masker.restore(masker.mask(text)) == text


@pytest.mark.parametrize(
    "written",
    ["[[RFC_1]]", "[RFC_1]", "[[RFC 1]]", "[[ RFC_1 ]]", "[RFC 1]]", "[[RFC_1]"],
)
def test_restoring_is_tolerant(written: str):
    masker = Masker(known={"RFC_1": RFC})
    assert masker.restore(f"Es {written}, ¿no?") == f"Es {RFC}, ¿no?"


@pytest.mark.parametrize("text", ["[[RFC_2]]", "[[NAME_1]]", "RFC_1", "[rfc_1]", "[["])
def test_what_was_never_given_out_stays(text: str):
    assert Masker(known={"RFC_1": RFC}).restore(text) == text


def test_json_is_restored_at_any_depth():
    masker = Masker(known={"RFC_1": RFC, "PHONE_1": "55 1234 5678"})
    value = {
        "lead": {"rfc": "[[RFC_1]]", "phones": ["[[PHONE_1]]", None, 3, True]},
        "[[RFC_1]]": [["a [[RFC_1]] b"]],
        "score": 0.5,
    }
    assert masker.restore(value) == {
        "lead": {"rfc": RFC, "phones": ["55 1234 5678", None, 3, True]},
        "[[RFC_1]]": [[f"a {RFC} b"]],
        "score": 0.5,
    }
    assert masker.restore(None) is None


def test_used_in_names_only_what_occurs():
    masker = Masker(known={"RFC_1": RFC, "RFC_2": OTHER_RFC, "NAME_1": "Ana"})
    assert masker.used_in("[[RFC_2]] [NAME 1] [[RFC_9]]", "") == {
        "NAME_1": "Ana",
        "RFC_2": OTHER_RFC,
    }


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Soy Ana López", "Soy [[NAME_1]]"),
        ("SOY ANA LOPEZ.", "SOY [[NAME_1]]."),
        ("soy aná  lópez", "soy [[NAME_1]]"),
        ("soy ana\nlopez", "soy [[NAME_1]]"),
        (unicodedata.normalize("NFD", "Soy Ana López!"), "Soy [[NAME_1]]!"),
        # The longest first.
        ("Ana López Ruiz escribió", "[[NAME_1]] escribió"),
        ("Ana López Ruizzi", "[[NAME_1]] Ruizzi"),
        # Not inside a word.
        ("Susana López y Ana Lópezo", "Susana López y Ana Lópezo"),
        ("de Núñez & Cía. (MX)", "de [[NAME_1]]"),
    ],
)
def test_names(text: str, masked: str):
    masker = Masker(names=["Ana López", "Ana López Ruiz", "Núñez & Cía. (MX)"])
    assert masker.mask(text) == masked
    assert masker.restore(masked) == text


def test_names_that_are_words_are_left_alone():
    masker = Masker(names=["Luz", "", "Ada"])
    assert masker.mask("La luz de Ada") == "La luz de Ada"


def test_a_name_that_reaches_into_something_else_is_masked_as_a_whole():
    masker = Masker(names=["Grupo Calle"])
    text = "Es de Grupo Calle Hidalgo 12, gracias"
    masked = masker.mask(text)
    assert "Grupo" not in masked
    assert "Hidalgo" not in masked
    assert masker.restore(masked) == text


def test_a_name_in_an_email_is_part_of_it():
    masker = Masker(names=["Ana López"])
    assert masker.mask("ana lopez <lopez@x.mx>") == "[[NAME_1]] <[[EMAIL_1]]>"


def streamed(masker: Masker, pieces: list[str]) -> str:
    restorer = StreamRestorer(masker)
    return "".join([*map(restorer.feed, pieces), restorer.flush()])


@pytest.mark.parametrize(
    "text",
    [
        "Su RFC [[RFC_1]] y [PHONE 1]; [[RFC_9]] [x] [[ [[[RFC_1]]] [",
        "[[RFC_1]][[RFC_1]][[PHONE_1",
        "[[ RFC_1 ]] [nota: [RFC_1]] [[RFC_12345]",
    ],
)
def test_a_stream_split_anywhere_is_the_restored_text(text: str):
    masker = Masker(known={"RFC_1": RFC, "PHONE_1": "55 1234 5678"})
    whole = masker.restore(text)
    assert streamed(masker, list(text)) == whole
    for first in range(len(text)):
        for second in range(first, len(text)):
            pieces = [text[:first], text[first:second], text[second:]]
            assert streamed(masker, pieces) == whole


def test_a_stream_holds_back_no_more_than_it_must():
    masker = Masker(known={"RFC_1": RFC})
    restorer = StreamRestorer(masker)
    assert restorer.feed("Su RFC es [[RF") == "Su RFC es "
    assert restorer.feed("C_1]]") == RFC
    assert restorer.feed(" [véase") == " [véase"
    assert restorer.feed(" [" + "A" * 11) == " [" + "A" * 11
    assert restorer.flush() == ""


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text",
    [
        "calle " * 20_000,
        "calle hidalgo 5 int 2 " * 5_000,
        "Calle A " * 15_000,
        "av. de la " * 10_000,
        "colonia Centro " * 7_000,
        "mz 1 " * 20_000,
        "1 " * 50_000,
        "1-" * 50_000,
        "+52 " * 25_000,
        "(55) " * 20_000,
        "55 1234 5678 " * 8_000,
        "5512345678" * 10_000,
        "a@" * 50_000,
        "a.b@" * 25_000,
        "a@b." * 25_000,
        "a " * 50_000,
        "arroba " * 15_000,
        "A1" * 50_000,
        "DE89 " * 20_000,
        "[[" * 50_000,
        "[RFC_" * 20_000,
        "[[RFC_1]]" * 11_000,
        "no. " * 25_000,
        "pedido de " * 10_000,
        " " * 100_000,
        "calle" + " " * 100_000 + "5",
        "calle ana" + " " * 100_000 + ", no.",
        "Calle Ana\n" * 11_000,
        "calle:" + "\n" * 100_000 + "5",
        "dirección" + ":" * 100_000 + "5",
        "domicilio es la de el " * 5_000,
        "Uxmal 5 Roma Sur " * 6_000,
        "Ana, Bea, 5, 12345, " * 5_000,
        "carretera a Toluca " * 5_000,
        "en 5 de mayo 10 " * 6_000,
        "5 Elm Oak Ash " * 7_000,
        "RFC HEGL750313 " * 7_000,
        "ana " * 25_000,
        "\n" * 100_000,
        "x" * 100_000,
    ],
    ids=lambda text: text[:12],
)
def test_long_texts_made_to_be_slow_come_to_an_end(text: str):
    masker = Masker(names=["Ana Ana Ana López", "Calle Calle"])
    assert masker.restore(masker.mask(text)) == text
