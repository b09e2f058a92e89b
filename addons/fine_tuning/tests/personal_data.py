# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Made-up personal data that its own check digits say is right."""

import random

from stdnum import luhn
from stdnum.iso7064 import mod_97_10
from stdnum.mx import curp

from odoo.addons.gpt_core.engine.examples.near_copies import NEAR

LETTERS = "ABCDEFGHJKLMNPRSTVWXZ"
CONSONANTS = "BCDFGHJKLMNPQRSTVWXYZ"
NAMES = "Ana Luis Rosa Jorge Elena Pedro Lucía Hugo Irma Raúl".split()
SURNAMES = "Robles Tuz Canul Pech Salazar Ibarra Fuentes Zúñiga Ojeda Quiroz".split()
STREETS = "Reforma Juárez Morelos Hidalgo Allende Madero Zaragoza Guerrero".split()
WORDS = """
camisa zapato mesa lámpara silla pedido factura envío tienda precio color talla madera
vidrio rojo verde azul grande chico nuevo usado barato caro lunes martes jueves sábado
mañana tarde noche norte sur plaza calle pago tarjeta efectivo cambio garantía
""".split()


def sentence(draw, words=12):
    return " ".join(draw.choice(WORDS) for _word in range(words))


def _digits(draw, count):
    return "".join(str(draw.randrange(10)) for _digit in range(count))


def _date(draw):
    return (
        f"{draw.randrange(60, 99)}{draw.randrange(1, 13):02}{draw.randrange(1, 29):02}"
    )


def _clabe(draw):
    digits = "002180" + _digits(draw, 11)
    total = sum(
        int(d) * int(w) % 10 for d, w in zip(digits, "37137137137137137", strict=True)
    )
    return f"{digits}{-total % 10}"


def _curp(draw):
    start = f"{_four(draw)}{_date(draw)}{draw.choice('HM')}DF"
    start += "".join(draw.choice(CONSONANTS) for _ in range(3)) + "0"
    return start + str(curp.calc_check_digit(start))


def _four(draw):
    return draw.choice("BCDFGHL") + "O" + draw.choice("DLRST") + draw.choice("EARS")


def _iban(draw):
    bban = "21000418" + _digits(draw, 12)
    return f"ES{mod_97_10.calc_check_digits(bban + 'ES')}{bban}"


def _card(draw):
    start = "4" + _digits(draw, 14)
    return start + luhn.calc_check_digit(start)


def _nss(draw):
    start = f"{draw.randrange(10, 98)}{draw.randrange(70, 98)}{draw.randrange(60, 98)}"
    start += _digits(draw, 4)
    return start + luhn.calc_check_digit(start)


def values(seed):
    """Return a value of each kind, by its label."""
    draw = random.Random(seed)
    name = draw.choice(NAMES)
    return {
        "RFC": f"{_four(draw)}{_date(draw)}{draw.choice('GH')}R{draw.randrange(2, 9)}",
        "CURP": _curp(draw),
        "CLABE": _clabe(draw),
        "IBAN": _iban(draw),
        "CARD": _card(draw),
        "NSS": _nss(draw),
        "PHONE": f"55{draw.randrange(10, 90)}{_digits(draw, 6)}",
        "EMAIL": f"{name.lower()}{seed}@correo{seed % 7}.com.mx",
        "ADDRESS": f"Calle {draw.choice(STREETS)} {100 + seed}, Col. Centro",
        "NAME": f"{name} {draw.choice(SURNAMES)} {draw.choice(SURNAMES)}{seed}",
    }


def text_with(found):
    """Return what a customer writes who tells all of it."""
    return (
        f"Soy {found['NAME']}. Mi RFC es {found['RFC']}, mi CURP {found['CURP']} y mi "
        f"NSS {found['NSS']}. CLABE {found['CLABE']}, IBAN {found['IBAN']}, tarjeta "
        f"{found['CARD']}. Mi teléfono es {found['PHONE']} y mi correo "
        f"{found['EMAIL']}. Vivo en {found['ADDRESS']}."
    )


def pieces(text):
    """Return the pieces by which near-copies are told."""
    text = " ".join(text.casefold().split())
    return {text[place : place + 5] for place in range(max(1, len(text) - 4))}


def are_near(left, right, slack=0.08):
    """Tell whether two sets of pieces are so near that no measure may miss it."""
    return len(left & right) / (len(left | right) or 1) >= NEAR + slack
