# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# ruff: noqa: E501
"""Units of measure, in Spanish and English, and which one a field is in."""

import re
from typing import NamedTuple


class Unit(NamedTuple):
    """What it measures, and how much of the first unit it is."""

    kind: str
    size: float


_NAMES: dict[str, dict[str, float]] = {
    "mass": {
        "g gr gramo gramos gram grams": 0.001, "kg kgs kilo kilos kilogramo kilogramos": 1,
        "t ton tons tonelada toneladas tonne tonnes": 1000, "oz ounce ounces": 0.0283495,
        "lb lbs libra libras pound pounds": 0.453592, "quintal quintales": 100,
        "arroba arrobas": 11.5,
    },
    "length": {
        "mm milimetro milimetros": 0.001, "cm centimetro centimetros": 0.01,
        "m metro metros meter meters mt mts": 1, "km kilometro kilometros": 1000,
        "in inch inches pulgada pulgadas": 0.0254, "ft foot feet pie pies": 0.3048,
        "yd yard yards yarda yardas": 0.9144, "mile miles milla millas": 1609.344,
    },
    "area": {
        "m2 mts2 metros-cuadrados": 1, "ha hectarea hectareas hectare hectares": 10000,
        "acre acres": 4046.856, "sqft": 0.09290304, "km2": 1e6,
    },
    "volume": {
        "ml mililitro mililitros": 0.001, "l lt lts litro litros liter liters": 1,
        "gal galon galones gallon gallons": 3.78541, "m3": 1000,
    },
    "time": {
        "minuto minutos minute minutes min": 1 / 1440, "hora horas hour hours hrs": 1 / 24,
        "dia dias day days": 1, "semana semanas week weeks wk wks": 7, "quincena": 15,
        "quincenas fortnight": 15, "mes meses month months mo": 30.4375,
        "trimestre trimestres quarter quarters": 91.3125, "semestre semestres": 182.625,
        "ano anos year years yr yrs": 365.25, "decada decadas decade decades": 3652.5,
    },
    "power": {
        "w watt watts": 0.001, "kw kilowatt kilowatts": 1, "mw": 1000,
        "hp caballo caballos horsepower": 0.7457, "kva": 1.0001,
    },
    "angle": {"grado grados degree degrees": 1},
}  # fmt: skip
UNITS = {
    name: Unit(kind, size)
    for kind, names in _NAMES.items()
    for words, size in names.items()
    for name in words.replace("-", " ").split(" ")
}
UNITS["metros cuadrados"] = UNITS["square meters"] = Unit("area", 1)
UNITS["square feet"] = UNITS["sq ft"] = UNITS["pies cuadrados"] = UNITS["sqft"]
UNITS["cuadrados"] = Unit("area", 1)
CURRENCIES = frozenset(
    "$ € £ q peso pesos pesito pesitos dolar dolares dollar dollars buck bucks euro euros"
    " sol soles mxn usd eur mdp mdd lana quetzal quetzales bolivar lempira lempiras"
    " colon colones libras-esterlinas cop ars clp pen gtq dop".split(" ")
)


def unit_of(names: str) -> Unit | None:
    """Return the unit that a field's name tells, such as kg in ``weight_kg``."""
    for word in reversed(re.findall(r"[^\W_]+", names)):
        if len(word) > 1 or word in ("m", "l"):
            if found := UNITS.get(word):
                return found
    return None
