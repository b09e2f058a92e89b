# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# ruff: noqa: E501
"""Tells whether a passage supports a value, by what kind of value it is."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import combinations
from typing import Any

from odoo.addons.gpt_core.engine.text.folding import fold_words

from .contacts import has_email, has_phone
from .dates import supports_day
from .figures import Figure, figures
from .meaning import (
    denies,
    is_of_a_supplier,
    is_of_others,
    names_it,
    says_no,
)
from .times import times_in
from .units import Unit, unit_of

_COMPARED = frozenset(
    "boolean integer float monetary date datetime phone email selection text".split()
)
_NUMBERS = frozenset({"integer", "float", "monetary"})
_TOTAL = re.compile(r"total|spend|gasto|annual|anual|importe|amount|order|suma|presup|budget"
                    r"|revenue|rooms|users|quantity|cantidad|count")  # fmt: skip
_EACH = re.compile(r"\b(?:cada|c u|each|apiece|por|per|pieza|unidad|de|a|at)\b")
_WITH_ME = re.compile(r"\b(?:me and my|yo y mis)\b", re.IGNORECASE)
_PLUS = re.compile(r"\b(?:mas|plus|and|y|con)\b|\+")
_TOO_MUCH = re.compile(
    r"\b(?:out of (?:our|my|the) (?:range|budget)|fuera de (?:nuestro|mi)|too (?:much"
    r"|expensive)|demasiado)\b",
    re.IGNORECASE,
)
_WHO = re.compile(r"\b(?:company|empresa|partner|contact|name|nombre|city|ciudad)\b")
_OWN_WORDS = re.compile(r"\b(?:summary|resumen|step|paso|notes?|notas|reason|motivo)\b")
# What is judged rather than named: "low" may be the quality of something.
_GRADES = frozenset("low medium high other baja media alta otro otra".split())
_LONG_WORDS = 6
# Where the lead does not say which it is: those of Mexico and Spain.
_USUAL_VAT = (0.16, 0.21, 0.08, 0.10)


def kind_of(ttype: str, names: str) -> str:
    """Return what kind of value a field holds; of a text, its names tell."""
    if ttype in ("char", "text", "html"):
        words = fold_words(names.replace("_", " "))
        if re.search(r"\b(?:phone|mobile|tel|telefono|movil|celular)\b", words):
            return "phone"
        if re.search(r"\b(?:email|mail|correo)\b", words):
            return "email"
        return "text"
    return ttype


def is_supported(
    kind: str,
    value: Any,
    passage: str,
    *,
    names: str = "",
    text: str = "",
    today: date | None = None,
    choices: Sequence[str] = (),
) -> bool:
    """Tell whether a passage supports a value.

    :param kind: of :func:`kind_of`
    :param names: what the field is called
    :param text: what the passage stands in
    :param today: the day it was written; without it, days are not compared
    """
    if kind not in _COMPARED or isinstance(value, list):
        return True
    if isinstance(value, bool) or kind == "boolean":
        return _is_answer(bool(value), passage)
    if kind in _NUMBERS and isinstance(value, int | float):
        return _is_number(float(value), kind, passage, names, text)
    if kind in ("date", "datetime"):
        return today is None or _is_day(kind, str(value), passage, text, today)
    if kind == "phone":
        return has_phone(passage, str(value)) and not _is_not_theirs(passage, text)
    if kind == "email":
        return has_email(passage, str(value)) and not _is_not_theirs(passage, text)
    if kind == "selection":
        return _is_choice(str(value), passage, choices)
    return _is_text(str(value), passage, names)


def _is_not_theirs(passage: str, text: str) -> bool:
    """Tell whether a telephone or an address is somebody else's, or not to be used."""
    at = text.find(passage)
    clause = re.split(r"[.;!?\n]\s", text[max(0, at - 200) : at])[-1] if at > 0 else ""
    return is_of_others(clause + passage) or bool(
        re.search(
            r"\b(?:don t|do not|no) (?:call|llam\w+|marq\w+)", fold_words(passage)
        )
    )


def _is_answer(value: bool, passage: str) -> bool:
    if value:
        return not says_no(passage) and not is_of_others(passage)
    return says_no(passage) or is_of_others(passage)


def _is_day(kind: str, value: str, passage: str, text: str, today: date) -> bool:
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return False
    if not supports_day(passage, moment.date(), today, text):
        return False
    return kind == "date" or moment.hour * 60 + moment.minute in times_in(passage)


def _is_number(value: float, kind: str, passage: str, names: str, text: str) -> bool:
    read = figures(passage)
    plain_names = fold_words(names.replace("_", " "))
    if kind == "monetary" and (is_of_others(passage) or _TOO_MUCH.search(passage)):
        return False
    if kind == "integer" and _WITH_ME.search(passage):
        read = tuple(replace(f, value=f.value + 1) for f in read)
    possible = [
        one
        for figure in read
        if _fits_end(figure, plain_names)
        for one in _readings(figure, kind, plain_names)
    ]
    if kind != "float" or "total" in plain_names:
        possible += _computed(read, passage, text, plain_names, kind)
    if re.search(r"\b(?:percent|porcentaje|descuento|anticipo|share)\b", plain_names):
        if re.search(r"\b(?:mitad|half)\b", fold_words(passage)):
            possible.append(50.0)
    if re.search(r"\byear|\bano\b|founded", plain_names):
        possible += [1900 + f.value for f in read if 0 <= f.value < 100]
        possible += [2000 + f.value for f in read if 0 <= f.value < 100]
    return any(
        math.isclose(value, one, rel_tol=0.005, abs_tol=0.001) for one in possible
    )


def _fits_end(figure: Figure, names: str) -> bool:
    if re.search(r"\bmax", names):
        return figure.end != "low"
    return figure.end != "high" or not re.search(r"\bmin", names)


def _readings(figure: Figure, kind: str, names: str) -> list[float]:
    if re.search(r"\b(?:percent|porcentaje|descuento|discount)\b", names):
        return [] if figure.is_money or figure.is_scaled else [figure.value]
    if kind == "monetary":
        other = figure.unit is not None or _is_year(figure)
        if other and not figure.is_money:
            return []
        return [figure.value] if figure.is_exact else []
    target = unit_of(names)
    if target and figure.unit:
        return _converted(figure.value, figure.unit, target)
    if figure.unit and kind == "integer" and not re.search("quantity|cantidad", names):
        return []
    if figure.is_money or (figure.unit and figure.unit.kind == "angle"):
        return []
    return [figure.value]


def _is_year(figure: Figure) -> bool:
    if figure.before in ("in", "en", "desde", "since", "ano", "year"):
        return 1500 <= figure.value <= 2100
    return 1990 <= figure.value <= 2035 and bool(figure.value % 50)


def _converted(value: float, unit: Unit, target: Unit) -> list[float]:
    if unit.kind == target.kind:
        return [value * unit.size / target.size]
    # A room's "87.5 metres" are square metres.
    return [value] if {unit.kind, target.kind} == {"length", "area"} else []


def _computed(
    read: Sequence[Figure], passage: str, text: str, names: str, kind: str
) -> list[float]:
    """Return what can be computed from the numbers of a passage."""
    found: list[float] = []
    words = fold_words(passage)
    few = [f for f in read if f.value > 0][:6]
    for one, other in combinations(few, 2):
        if _PLUS.search(words) and not one.end and not other.end:
            found.append(one.value + other.value)
        if kind == "monetary" and (_EACH.search(words) or "x" in words):
            if _TOTAL.search(names) and not (one.is_money and other.is_money):
                found.append(one.value * other.value)
    money = [f.value for f in few if f.unit is None]
    if re.search(r"\b(?:iva|vat|tax|impuesto)\b", words):
        rates = {f.value / 100 for f in figures(text) if f.is_percent} or _USUAL_VAT
        found += [value * (1 + rate) for value in money for rate in rates]
    if kind == "monetary" and re.search("annual|anual|year|ano|total", names):
        found += [v * 12 for v in money if re.search("month|mes|mensual", words)]
        found += [v * 52 for v in money if re.search("week|semana", words)]
    return found


def _is_choice(value: str, passage: str, choices: Sequence[str]) -> bool:
    if denies(passage, value):
        return False
    wanted = _days(value)
    said = [
        f.value * f.unit.size
        for f in figures(passage)
        if f.unit and f.unit.kind == "time"
    ]
    if said and any(map(_days, choices)):
        if wanted is None:
            return not any(
                (span := _days(choice)) and span[0] <= day <= span[1]
                for day in said
                for choice in choices
            )
        return any(wanted[0] <= day <= wanted[1] for day in said)
    words = fold_words(passage)
    others = [fold_words(c) for c in choices if fold_words(c) != fold_words(value)]
    others = [other for other in others if other not in _GRADES]
    named = any(
        re.search(rf"\b{re.escape(other)}\b", words) for other in others if other
    )
    return not named or bool(re.search(rf"\b{re.escape(fold_words(value))}\b", words))


def _days(choice: str) -> tuple[float, float] | None:
    """Return how many days a choice such as "1-3 months" stands for."""
    read = [f for f in figures(choice) if f.is_exact]
    unit = next((f.unit for f in read if f.unit and f.unit.kind == "time"), None)
    if unit is None:
        return None
    values = [f.value * unit.size for f in read]
    if re.search(r"\b(?:mas|more|over)\b", fold_words(choice)):
        return min(values) * 0.95, math.inf
    low = min(values) * 0.9
    return low, max(values) * 1.1


def _is_text(value: str, passage: str, names: str) -> bool:
    words = fold_words(value).split()
    numbers = figures(value)
    known = {round(f.value, 2) for f in figures(passage)}
    if numbers and all(f.is_exact for f in numbers) and len(words) <= _LONG_WORDS:
        if all(round(f.value, 2) in known for f in numbers):
            return True
    if len(words) > _LONG_WORDS or _OWN_WORDS.search(
        fold_words(names.replace("_", " "))
    ):
        return True  # in the model's own words, perhaps in another language
    if denies(passage, value) or is_of_others(passage):
        return False
    if _WHO.search(fold_words(names.replace("_", " "))) and is_of_a_supplier(passage):
        return False
    return names_it(value, passage) or _abbreviates(value, passage)


def _abbreviates(value: str, passage: str) -> bool:
    """Tell whether a passage has the initials of a value."""
    initials = "".join(word[0] for word in fold_words(value).split())
    return len(initials) > 1 and initials in fold_words(passage).split()
