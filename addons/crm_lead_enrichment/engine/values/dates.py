# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# ruff: noqa: E501
"""Reads the days that a text speaks of, as seen from the day it was written."""

import re
from datetime import date, timedelta

from babel.dates import get_day_names, get_month_names
from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from odoo.addons.gpt_core.engine.text.folding import fold

from .figures import figures

MAX_CHARS = 2_000
_DAY = timedelta(days=1)
_PAST = re.compile(
    r"\b(?:last|past|pasad[oa]s?|ayer|desde|since|ago|hace|bought|ordered|compr(?:amos"
    r"|e|aron)|naci\w*|born|fue|was|yesterday|anterior)\b"
)
_SPANISH = re.compile(
    r"\b(?:el|la|los|de|del|para|en|que|y|es|un|una|con|por|al|se|hoy|lo)\b"
)
_ENGLISH = re.compile(
    r"\b(?:the|of|for|in|and|is|an?|with|by|to|on|at|we|our|us|it|need|i)\b"
)
# Days of every year: month and day.
_FIXED = {
    "navidad|christmas(?: day)?|xmas": (12, 25), "nochebuena|christmas eve": (12, 24),
    "nochevieja|ano viejo|nye|new year'?s eve|fin de ano|year[- ]?end|end of (?:the )?year"
    "|cierre de ano|finales de ano": (12, 31),
    "ano nuevo|new year'?s(?: day)?(?! eve)": (1, 1), "reyes(?: magos)?|epiphany": (1, 6),
    "san valentin|valentine'?s?(?: day)?|dia del amor(?: y la amistad)?": (2, 14),
    "candelaria": (2, 2), "dia del nino": (4, 30), "sant jordi|san jorge": (4, 23),
    "dia de (?:las?|la) madres?(?! espan)": (5, 10), "dia del trabajo": (5, 1),
    "dia del maestro": (5, 15), "san juan": (6, 24), "halloween": (10, 31),
    "dia de (?:los )?muertos|dia de los difuntos": (11, 2), "todos (?:los )?santos": (11, 1),
    "dia de la independencia|fiestas patrias|el grito": (9, 16), "fiestas patria(?:s)": (7, 28),
    "fiestas? patrias": (9, 18),
    "july 4th|fourth of july|4th of july|independence day": (7, 4),
    "dia de la revolucion": (11, 20), "la guadalupana|dia de la virgen"
    "|virgen de guadalupe": (12, 12), "dia de la hispanidad|el pilar": (10, 12),
    "san isidro": (5, 15), "juneteenth": (6, 19), "veterans day": (11, 11),
    r"st\.? patrick'?s?(?: day)?": (3, 17), "san fermin": (7, 7),
}  # fmt: skip


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + _DAY * ((weekday - first.weekday()) % 7 + 7 * (number - 1))


_MOVING = {
    r"thanksgiving": lambda year: _nth(year, 11, 3, 4),
    r"black friday|viernes negro": lambda year: _nth(year, 11, 3, 4) + _DAY,
    r"labor day": lambda year: _nth(year, 9, 0, 1),
    r"memorial day": lambda year: _nth(year, 6, 0, 1) - 7 * _DAY,
    r"mother'?s day": lambda year: _nth(year, 5, 6, 2),
    r"father'?s day|dia del padre": lambda year: _nth(year, 6, 6, 3),
    r"easter|domingo de (?:pascua|resurreccion)": easter,
    r"viernes santo|good friday": lambda year: easter(year) - 2 * _DAY,
    r"jueves santo": lambda year: easter(year) - 3 * _DAY,
}


def _names(babel_names: object) -> dict[str, int]:
    return {fold(str(name)).text: int(n) for n, name in dict(babel_names).items()}  # type: ignore[call-overload]


_MONTHS: dict[str, int] = {}
_DAYS: dict[str, int] = {}
for _locale in ("es", "en"):
    for _width in ("wide", "abbreviated"):
        _MONTHS |= {
            name.rstrip("."): n
            for name, n in _names(get_month_names(_width, locale=_locale)).items()
        }
        _DAYS |= {
            name.rstrip("."): n
            for name, n in _names(get_day_names(_width, locale=_locale)).items()
        }
_MONTHS |= {"setiembre": 9, "sept": 9, "set": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(sorted(_DAYS, key=len, reverse=True))
_DATED = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th|o)?(?: de)?(?: of)?[ /-](?:{_MONTH})\b\.?"
    rf"(?:,? (?:de(?:l)? )?(?:ano )?(\d{{4}}))?"
)
_US_DATED = re.compile(
    rf"\b(?:{_MONTH})\b\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,? (\d{{4}}))?"
)
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_NUMERIC = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?\b")
_SPAN_UNITS = {
    "dia": "days", "day": "days", "semana": "weeks", "week": "weeks", "mes": "months",
    "month": "months", "ano": "years", "year": "years", "quincena": "fortnights",
}  # fmt: skip
_AHEAD = re.compile(
    r"\b(?:en|in|dentro de|de (?:aca|aqui|hoy) (?:a|en)|within|a mas tardar en)"
    r" (?:unos |unas |about |like )?(\d+(?:\.\d+)?) (dia|day|semana|week|mes|month|ano|year|quincena)"
)
_FROM_NOW = re.compile(
    r"\b(\d+) (dia|day|semana|week|mes|month|year)\w* (?:from (?:now|today)|out|a partir de hoy)"
)
_END_OF_MONTH = re.compile(
    r"\b(?:fin(?:ales)? de mes|end of (?:the )?month|month end)\b"
)
_FIRST_OF_NEXT = re.compile(
    r"\b1 (?:of|day of|de|del) (?:the )?(?:next|proximo) (?:month|mes)\b"
)
_NAMED_DAY = re.compile(
    rf"\b({_WEEKDAY})\b(?: (?:the )?(\d{{1,2}})\b(?! ?(?:am|pm|:|h)))?"
)
_NUMBERED_DAY = re.compile(
    r"\b(?:el|dia|para el|the) (\d{1,2})(?:th|st|nd|rd)?\b(?! de\b)"
)
_MAX_AHEAD = 1000
_PART = re.compile(
    rf"\b(mediados|mid|middle|finales|fines|fin|ultimos|end|late|principios|inicios|comienzos"
    rf"|primeros|early|beginning|start)[ -](?:dias )?(?:de(?:l)? |of )?(?:mes de )?({_MONTH})\b"
)
_PARTS = {"m": (10, 20), "f": (24, 31), "u": (24, 31), "e": (24, 31), "l": (20, 31)}


def supports_day(text: str, day: date, today: date, around: str = "") -> bool:
    """Tell whether a text speaks of a day.

    :param around: what the text stands in; its language says how days are written
    """
    spans = days_in(text, today, around)
    return any(start <= day <= end for start, end in spans)


def days_in(text: str, today: date, around: str = "") -> list[tuple[date, date]]:
    """Return the days, or the spans of days, that a text speaks of."""
    plain = in_figures(fold(text[:MAX_CHARS]).text)
    past = bool(_PAST.search(plain))
    wider = fold(around[:MAX_CHARS]).text or plain
    english = len(_ENGLISH.findall(wider)) > len(_SPANISH.findall(wider))
    found = [*_written(plain, today, past, english), *_feasts(plain, today, past)]
    if after := re.search(rf"\b({_WEEKDAY}) (?:after|despues de(?:l)?) ", plain):
        number = _DAYS[after[1]]
        return [
            (day + _DAY * ((number - day.weekday() - 1) % 7 + 1),) * 2
            for day, _end in found
        ]
    return found + _relative(plain, today) + _parts(plain, today, past)


def in_figures(plain: str) -> str:
    """Return a folded text with the numbers that are in words in figures."""

    def number(match: re.Match[str]) -> str:
        read = figures(match[0])
        return f"{read[0].value:g}" if len(read) == 1 else match[0]

    plain = re.sub(r"\b(?:first|primero)\b", "1", plain)
    return re.sub(
        r"\b(?:(?:un|una|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty"
        r"|thirty|fifteen|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce"
        r"|trece|catorce|quince|dieci\w+|veint\w+|treinta|mil|novecientos|noventa|ochenta"
        r"|setenta|sesenta|cincuenta|cuarenta|y(?= (?:uno|dos|tres|cuatro|cinco|seis|siete"
        r"|ocho|nueve)\b)|a(?= (?:week|month|year|day)\b))\b ?)+(?<! )",
        number,
        plain,
    )


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _in_a_year(month: int, day: int, today: date, past: bool) -> list[date]:
    years = (today.year, today.year - 1) if past else (today.year, today.year + 1)
    days = [found for year in years if (found := _date(year, month, day))]
    fitting = [d for d in days if (d <= today if past else d >= today)]
    return fitting[:1]


def _written(
    plain: str, today: date, past: bool, english: bool
) -> list[tuple[date, date]]:
    found = [
        _date(int(match[1]), int(match[2]), int(match[3]))
        for match in _ISO.finditer(plain)
    ]
    for pattern in (_DATED, _US_DATED):
        for match in pattern.finditer(plain):
            name = re.search(rf"\b(?:{_MONTH})\b", match[0])
            month, day = _MONTHS[name[0]] if name else 1, int(match[1])
            if match[2]:
                found.append(_date(int(match[2]), month, day))
            else:
                found += _in_a_year(month, day, today, past)
    for match in _NUMERIC.finditer(_ISO.sub(" ", plain)):
        first, second = int(match[1]), int(match[2])
        swapped = (english and first <= 12) or second > 12
        month, day = (first, second) if swapped else (second, first)
        if match[3]:
            year = int(match[3])
            found.append(_date(year + 2000 if year < 100 else year, month, day))
        else:
            found += _in_a_year(month, day, today, past)
    return [(day, day) for day in found if day]


def _feasts(plain: str, today: date, past: bool) -> list[tuple[date, date]]:
    found: list[date] = []
    for names, (month, day) in _FIXED.items():
        if re.search(rf"\b(?:{names})(?!\w)", plain):
            found += _in_a_year(month, day, today, past)
    for names, of_year in _MOVING.items():
        if re.search(rf"\b(?:{names})\b", plain):
            days = [of_year(today.year + n) for n in ((-1, 0) if past else (0, 1))]
            fitting = [d for d in days if (d <= today if past else d >= today)]
            found += fitting[-1:] if past else fitting[:1]
    return [(day, day) for day in found]


def _relative(plain: str, today: date) -> list[tuple[date, date]]:
    """Return the days that are told from the day of writing."""
    month_end = today + relativedelta(day=31)
    days = [*_near(plain, today), *_weekdays(plain, today), *_in_month(plain, today)]
    for match in (*_AHEAD.finditer(plain), *_FROM_NOW.finditer(plain)):
        number, unit = int(float(match[1][:6])), _SPAN_UNITS[match[2]]
        if unit == "fortnights":
            number, unit = number * 15, "days"
        if number <= _MAX_AHEAD:
            days.append(today + relativedelta(**{unit: number}))
    if _FIRST_OF_NEXT.search(plain):
        days.append(month_end + _DAY)
    found = [(day, day) for day in days]
    if _END_OF_MONTH.search(plain):
        found.append((month_end - 2 * _DAY, month_end))
    return found


def _near(plain: str, today: date) -> list[date]:
    found = []
    if re.search(r"\b(?:hoy|today|tonight)\b(?! a\b)", plain):
        found.append(today)
    if re.search(r"\bpasado manana|day after tomorrow\b", plain):
        found.append(today + 2 * _DAY)
    elif re.search(r"(?<!la )(?<!pasado )\bmanana\b|\btomorrow\b", plain):
        found.append(today + _DAY)
    if re.search(r"\b(?:ayer|yesterday)\b", plain):
        found.append(today - _DAY)
    return found


def _weekdays(plain: str, today: date) -> list[date]:
    """Return the coming days of the week; with a number, the first that has it."""
    found = []
    for match in _NAMED_DAY.finditer(plain):
        number = _DAYS[match[1]]
        days = [today + _DAY * ahead for ahead in range(64 if match[2] else 8)]
        fitting = [day for day in days if day.weekday() == number]
        if match[2]:
            fitting = [day for day in fitting if day.day == int(match[2])]
        elif today.weekday() == number:
            fitting = fitting[1:]
        found += fitting[:1]
    return found


def _in_month(plain: str, today: date) -> list[date]:
    """Return the days of which only the number is told."""
    found = []
    for match in _NUMBERED_DAY.finditer(plain):
        days = [today + _DAY * ahead for ahead in range(62)]
        found += [day for day in days if day.day == int(match[1])][:1]
    return found


def _parts(plain: str, today: date, past: bool) -> list[tuple[date, date]]:
    found = []
    for match in _PART.finditer(plain):
        month = _MONTHS[match[2]]
        low, high = _PARTS.get(match[1][0], (1, 8))
        if match[1] == "early":
            low, high = 1, 10
        for first in _in_a_year(month, 28, today, past):
            last = (first + relativedelta(day=31)).day
            found.append((first.replace(day=low), first.replace(day=min(high, last))))
    return found
