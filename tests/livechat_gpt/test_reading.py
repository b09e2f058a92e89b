# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is told from a visitor's text without a model."""

import pytest

from odoo.addons.livechat_gpt.engine.contact import find_contact, is_meant_as_contact
from odoo.addons.livechat_gpt.engine.reading import Reader, is_alike

READER = Reader(
    commands=("asesor", "agente"),
    keywords=("asesor", "human", "hablar con una persona", "atencion humana"),
    repeats=2,
    suggestions=("¿Cuánto cuesta?", "¿Qué horario tienen?"),
)


@pytest.mark.parametrize(
    "text",
    [
        "/asesor",
        "/ASESOR por favor",
        "  /Agente",
        "Asesor",
        "asesor, por favor",
        "Hola, buenas tardes: quiero un asesor, por favor",
        "¡Human!",
        "¿Puedo hablar   con una PERSONA?",
        "Quiero atención humana ya mismo, llevo una hora esperando aquí",
    ],
)
def test_asks_for_a_person(text: str) -> None:
    assert READER.asks_for_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "/asesoria",
        "/lead",
        "¿Qué asesor fiscal me recomiendan para mi negocio?",
        "asesoramiento",
        "humanos y humanidades",
        "hablar con una personalidad",
        "x" * 100_000,
    ],
)
def test_does_not_ask_for_a_person(text: str) -> None:
    assert not READER.asks_for_person(text)


def test_no_keywords_at_all() -> None:
    assert not Reader().asks_for_person("/asesor hablar con una persona")
    assert not Reader(keywords=("", "  ")).asks_for_person("hola")


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("juan.perez@example.com", "juan.perez@example.com"),
        ("mi correo: Juan+ventas@sub.example.com.mx, gracias",
         "Juan+ventas@sub.example.com.mx"),
        ("<a@b.co>", "a@b.co"),
        ("juan@@example.com", ""),
        ("juan@example", ""),
        ("juan@-example.com", ""),
        ("@example.com", ""),
        (f"{'a' * 300}@example.com", ""),
    ],
)  # fmt: skip
def test_email(text: str, email: str) -> None:
    assert find_contact(text).email == email


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("55 1234 5678", "+525512345678"),
        ("mi cel (999) 123-4567 por las tardes", "+529991234567"),
        ("+1 415 555 2671", "+14155552671"),
        ("123", ""),
        ("pedido 20261124", ""),
        ("0000000000", ""),
        ("juan5512345678@example.com", ""),
    ],
)
def test_phone(text: str, phone: str) -> None:
    assert find_contact(text, "MX").phone == phone


def test_meant_as_contact() -> None:
    assert is_meant_as_contact("juan@@example")
    assert is_meant_as_contact("55 1234 567")
    assert not is_meant_as_contact("no, gracias, son 2 cosas")


def test_a_contact_is_only_taken_when_it_was_asked_for() -> None:
    text = "escriban a ventas@example.com"
    assert READER.wish([text]) == "answer"
    assert READER.wish([text], contact_wanted=True) == "contact"
    assert READER.wish(["juan@@x"], contact_wanted=True) == "bad_contact"
    assert READER.wish(["juan@@x"]) == "answer"
    assert READER.wish(["/asesor", "a@b.co"], contact_wanted=True) == "person"


def test_files() -> None:
    assert READER.wish([""], has_file=True) == "file"
    assert READER.wish(["¿qué es?"], has_file=True) == "answer"
    assert READER.wish([]) == "answer"


def test_repeated() -> None:
    same = ["¿Dónde está mi pedido?", "donde esta mi pedido"]
    assert READER.wish(["¿DÓNDE está mi pedido??"], same) == "repeated"
    assert READER.wish(["¿Dónde está mi pedido?"], same[:1]) == "answer"
    assert READER.wish(["ok"], ["ok", "ok", "ok"]) == "answer", "small talk"
    never = Reader(repeats=0)
    assert never.wish(["¿Dónde está mi pedido?"], same * 5) == "answer"


def test_alike() -> None:
    assert is_alike("¿Cuánto cuesta el envío?", "cuanto cuesta el envio")
    assert not is_alike("¿Cuánto cuesta el envío?", "¿Cuánto tarda el envío?")
    assert is_alike("a b " * 50_000, "a b " * 50_000)


def test_suggestions() -> None:
    assert READER.question("2") == "¿Qué horario tienen?"
    assert READER.question(" 1. ") == "¿Cuánto cuesta?"
    for other in ("3", "0", "12", "1 kilo", "²", ""):
        assert READER.question(other) == other


@pytest.mark.parametrize(
    "text",
    [
        "",
        "…",
        "Hola, buenas tardes",
        "/asesor",
        "/asesor por favor",
        "asesor",
        "Quiero un asesor",
        "Hola, ¿podría hablar con una persona, por favor?",
        "sí",
        "No, gracias",
        "ana@example.com",
        "mi correo es ana@@example",
        "Sí: 55 1234 5678",
        "mi cel (999) 123-4567, gracias",
        "Soy Laura, mi correo es laura@cafetal.example",
        "Hola, soy Ana Pérez de Puebla. Mi cel es 55 1234 5678",
        "Me llamo Ana y mi correo electrónico es ana@example.com",
        "My name is Tom and my email is tom@example.com, thanks",
    ],
)
def test_without_substance(text: str) -> None:
    assert READER.substance(text) == ""


@pytest.mark.parametrize(
    ("text", "substance"),
    [
        ("¿Precio?", "¿Precio?"),
        ("Hola, ¿cuánto cuesta el envío?", "Hola, ¿cuánto cuesta el envío?"),
        ("/asesor, envío a Mérida", "envío a Mérida"),
        ("/lead", "/lead"),
        (
            "Quiero hablar con una persona, mi pedido 123 no llegó",
            "Quiero hablar con una persona, mi pedido 123 no llegó",
        ),
        (
            "¿Qué asesor fiscal me recomiendan para mi negocio?",
            "¿Qué asesor fiscal me recomiendan para mi negocio?",
        ),
        ("mi pedido 5512345678 no llegó", "mi pedido 5512345678 no llegó"),
        ("sí quiero factura", "sí quiero factura"),
        ("Soy distribuidor", "Soy distribuidor"),
        (
            "Soy distribuidor, quiero una lista de precios: ana@example.com",
            "Soy distribuidor, quiero una lista de precios: ana@example.com",
        ),
        (
            "Mi correo es ana@example.com, ¿cuánto cuesta el envío?",
            "Mi correo es ana@example.com, ¿cuánto cuesta el envío?",
        ),
    ],
)
def test_substance(text: str, substance: str) -> None:
    assert READER.substance(text) == substance


def test_substance_of_a_long_text() -> None:
    text = "envío " * 20_000
    assert READER.substance(text) == text.strip()
