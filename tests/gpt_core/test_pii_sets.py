# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is found in messages of customers, and in the ways they write it down."""

from pathlib import Path

import pytest

from odoo.addons.gpt_core.engine.privacy import pii

from .pii_score import score
from .pii_sets import MX_DEV, MX_HELD_OUT, meddocan


def test_the_sets_are_as_large_as_they_say():
    for half in (MX_DEV, MX_HELD_OUT):
        assert len(half) == 194
        assert sum(not sentence.expected for sentence in half) >= 49


def test_of_the_messages_little_remains_and_little_is_masked_in_vain():
    result = score(MX_DEV)
    assert result.recall >= 0.98, result.missed
    assert len(result.false_hits) <= 0.02 * len(MX_DEV), result.false_hits
    assert len(result.too_much) <= 3, result.too_much


def test_reports_of_meddocan_are_read(tmp_path: Path):
    (tmp_path / "a.txt").write_text("Ana. C/ Lerma 5, 2º B. Tel. 612 345 678")
    (tmp_path / "a.ann").write_text(
        "T1\tNOMBRE 0 3\tAna\nT2\tCALLE 5 21\tC/ Lerma 5, 2º B\n"
        "T3\tNUMERO_TELEFONO 28 39\t612 345 678\n"
    )
    (report,) = meddocan(tmp_path)
    assert [value.label for value in report.expected] == ["ADDRESS", "PHONE"]
    assert [value.label for value in report.other] == ["OTHER"]
    assert score([report]).recall == 1


def found(text: str) -> list[tuple[str, str]]:
    return [(f.label, text[f.start : f.end]) for f in pii.find(text)]


@pytest.mark.parametrize(
    ("label", "before", "value", "after"),
    [
        # Read as a reader reads it.
        (
            "PHONE",
            "es el ",
            "cincuenta y cinco, doce, 34, cincuenta y seis, siete ocho",
            "",
        ),
        ("PHONE", "", "seis uno dos, tres cuatro cinco, seis siete ocho", " es mío"),
        ("PHONE", "my number is ", "two one oh five five five oh one nine nine", ""),
        ("PHONE", "cel ", "５５１２３４５６７８", " ok"),
        ("PHONE", "cel ", "55\u200b1234\u200b5678", " ok"),
        ("PHONE", "marca a ", "5 5 1 2 3 4 5 6 7 8", " y ya"),
        ("RFC", "r f c ", "M A R J 7 9 1 1 0 2 K L 4", ""),
        ("CARD", "la tarjeta:\n", "4772\n1430\n0099\n1238", "\ngracias"),
        ("CARD", "la tarjeta:\n- ", "4772\n- 1430\n- 0099\n- 1238", ""),
        ("PHONE", "mi celular es:\n", "55-1234\n5678", ""),
        ("EMAIL", "mail ", "ventas(at)lopez.example", " gracias"),
        ("EMAIL", "mail ", "ana [at] example [dot] net", ""),
        ("EMAIL", "mail ", "dan.harper at example dot com", ""),
        # Spain, and the rest of the world.
        ("PHONE", "llamadme al ", "612 34 58 90", ""),
        ("PHONE", "", "91 534 22 08", " de la tienda"),
        ("PHONE", "Tfno. ", "918823884", ""),
        ("PHONE", "", "57 310 456 7890", " soy de Colombia"),
        ("PHONE", "lada ", "55 y el número es 1234 5678", ""),
        ("PHONE", "tel. ", "986413144 ext 1530", " - Fax"),
        ("NIF", "mi dni es ", "12.345.678-Z", ""),
        ("NIF", "soy ", "12345678Z", ""),
        ("NIF", "CIF ", "B46.120.333", ""),
        ("NSS", "ssn ", "078051120", " for credit"),
        ("IBAN", "", "ES91-2100-0418-4502-0005-1332", " ok"),
        # Papers and places.
        ("RFC", "de ", "SATM 001231 ZZ0", " es el emisor"),
        ("RFC", "con homo es ", "HERM.760809.9T0", ""),
        ("RFC", "sin homoclave, la homoclave es ", "9T0", ""),
        ("ACCOUNT", "bbva ", "152 987 3344", " sucursal"),
        ("PASSPORT", "mi pasaporte mexicano vigente es el ", "G12345678", ""),
        ("VOTERKEY", "", "GMCRMR85031209H700", " es mi clave"),
        ("PLATE", "mis placas son ", "ABC-123-D", " de Jalisco"),
        ("BIRTHDATE", "nací el ", "12 de marzo de 1985", " en León"),
        (
            "BIRTHDATE",
            "nací el ",
            "tres de mayo de mil novecientos ochenta y cinco",
            ".",
        ),
        ("LOCATION", "estoy en ", "19.432608, -99.133209", ""),
        ("LOCATION", "", "https://maps.app.goo.gl/aBcD3fGh1JkLmN", " ahí"),
        # Addresses.
        ("ADDRESS", "", "5 de Febrero 87 bis", " ahí está el taller"),
        ("ADDRESS", "Envíenlo a ", "Av. Juárez 5, col. Centro", ""),
        ("ADDRESS", "Envíenlo a ", "Uxmal 345, Col. Narvarte", ""),
        ("ADDRESS", "es en ", "reforma 222 piso 8", ""),
        ("ADDRESS", "vivo por ", "juarez 18", " junto a la farmacia"),
        ("ADDRESS", "", "guerrero 210 sur", ""),
        ("ADDRESS", "", "hidalgo 33-A", " esquina con allende"),
        ("ADDRESS", "en ", "calle hidalgo cuarenta y cinco", ""),
        ("ADDRESS", "", "Ctra. de Colmenar, km. 9,100", ""),
        ("ADDRESS", "en ", "km 8 carretera a el fuerte", ""),
        ("ADDRESS", "", "C/ Diputació 345, 2º-1ª", ""),
        ("ADDRESS", "Domicilio: ", "Calle Patricio Jimenez, 6, 3, B", "."),
        ("ADDRESS", "Domicilio: ", "Calle Abad 18, Bajo izq", "."),
        ("ADDRESS", "to ", "P.O. Box 4418", ", El Paso"),
    ],
)
def test_kinds_of_writing(label: str, before: str, value: str, after: str):
    assert found(f"{before}{value}{after}") == [(label, value)]


@pytest.mark.parametrize(
    "text",
    [
        "cuarenta y cinco piezas de la chica y treinta y dos de la grande",
        "tallas 2 4 6 8 10 12",
        "son dos, tres, cinco y diez piezas",
        "la entrega es en 5 dias",
        "envien a monterrey 20 rollos",
        "en la lista no. 45 viene",
        "se recogen en la tabla 1. Destacar",
        "con temperatura 37,5 ºC y tos",
        "placas de yeso 1220 x 2440, placa base b550",
        "el pasaporte cuesta 1730 pesos",
        "un proyecto del 3 de mayo de 2024",
        "lote 900 123 456, sku 912 345 678",
        "Deposité 1500000 pesos ayer",
        "IP 192.168.100.200, versión 18.0.1.2",
        "precisión 0.0001, 0.0002",
        "tornillo 3/8 c/tuerca 20 pzas",
    ],
)
def test_what_is_not_personal_stays(text: str):
    assert found(text) == []
