# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Recognizes identity papers beside RFC and CURP: Spanish NIF, voter's key, passport,
number plate, date of birth.

What has a check letter or a form of its own is found anywhere; the others only after
their context words.
"""

import re
from collections.abc import Iterator

from stdnum.es import nif

from .context_words import context_pattern, is_folio, words_before
from .readable import WORDED_NUMBER

# What may stand between the parts of a number.
SEP = r"[ ./_-]?"
_Found = Iterator[tuple[str, int, int]]


def _compact(text: str) -> str:
    return re.sub(r"[\W_]", "", text).upper()


_NIF = re.compile(
    rf"(?<![\w-])(?:ES-?|(?-i:ES) )?(?:\d{{1,2}}{SEP}\d{{3}}{SEP}\d{{3}}{SEP}[A-Z]?"
    rf"|[XYZKLM]{SEP}\d{{1,2}}{SEP}\d{{3}}{SEP}\d{{3}}{SEP}[A-Z]"
    rf"|[A-HJNP-SUVW]{SEP}\d{{2}}{SEP}\d{{3}}{SEP}\d{{2}}{SEP}[\dA-J])(?!\w|{SEP}\d)",
    re.IGNORECASE,
)
_NIF_WORD = context_pattern(
    r"n\.?i\.?f|c\.?i\.?f|d\.?n\.?i|n\.?i\.?e|documento nacional|vat|tax id|fiscal"
    r"|intracomunitario|c[eé]dula"
)
_PERSONAL_NIF = re.compile(r"(?:\d{8}|[XYZ]\d{7})[A-Z]|ES\w{9}")


def find_nif(text: str) -> _Found:
    """Yield DNI, NIE, and the NIF of companies."""
    for match in _NIF.finditer(text):
        before, compact = words_before(text, match.start()), _compact(match[0])
        if _NIF_WORD.search(before):
            if len(compact) >= 8:
                yield "NIF", match.start(), match.end()
        elif _PERSONAL_NIF.fullmatch(compact) and not is_folio(before):
            if nif.is_valid(compact):
                yield "NIF", match.start(), match.end()


_VOTER_KEY = re.compile(
    rf"(?<!\w)(?:[A-Z]{{6}}{SEP}\d{{2}}{SEP}\d{{2}}{SEP}\d{{2}}{SEP}\d{{2}}{SEP}[HM]"
    rf"{SEP}\d{{3}}|IDMEX\d{{9,13}})(?!\w)",
    re.IGNORECASE,
)
_LIKE_A_VOTER_KEY = re.compile(
    rf"(?<!\w)(?:[A-Z]{{5,7}}{SEP}(?:\d{SEP}){{6,9}}[A-Z]?{SEP}\d{{0,4}}"
    r"|\d{9,18})(?!\w)",
    re.IGNORECASE,
)
_VOTER_WORD = context_pattern(r"elector(?:al)?|voter|ocr|cic|idmex")
_PASSPORT = re.compile(
    r"(?<![\w-])(?:(?!(?:is|es|no|y|a|de|el|n) )[A-Z]{1,3}[ -]?)?"
    r"\d(?:[ -]?\d){4,8}(?:[ -]?[A-Z])?(?!\w|[ -]?\d)",
    re.IGNORECASE,
)
_PASSPORT_WORD = context_pattern(r"pasaportes?|passports?", 45)
# No letters of a plate: small words, and units.
_NO_PLATE = (
    r"(?:de|del|el|la|las|los|por|con|son|en|es|y|a|mi|mis|los|no|num|x|mm|cm|mts|kg|kw|w"
    r"|v|pzs?|is|are|the|my|and)"
)
_LETTERS = rf"(?!{_NO_PLATE}(?![A-Z]))[A-Z]{{1,3}}(?![A-Z])"
_PLATE = re.compile(
    rf"(?<![\w-])(?:{_LETTERS}[ -]?\d{{1,5}}|\d{{1,4}}[ -]?{_LETTERS})"
    rf"(?:[ -]?\d{{1,4}}|[ -]?{_LETTERS})?(?:-?\d{{1,3}}|-?[A-Z]{{1,2}})?(?!\w|-\w)",
    re.IGNORECASE,
)
_PLATE_WORD = context_pattern(
    r"placas?(?! (?:base|madre))|matr[ií]culas?|(?:license |number )?plates?"
    r"|plate number|registration number"
)
_OF = re.compile(r"\b(?:de|of)\s*\Z")


def find_papers(text: str) -> _Found:
    """Yield voter's keys, passports and number plates."""
    for match in _VOTER_KEY.finditer(text):
        yield "VOTERKEY", match.start(), match.end()
    lower = text.lower()
    for label, word, form, parts in _AFTER_WORD:
        if any(part in lower for part in parts):
            for match in form.finditer(text):
                before = words_before(text, match.start())
                if word.search(before) and _may_be(label, match[0], before):
                    yield label, match.start(), match.end()


# (label, context word, form, what the text has if it has such a word)
_AFTER_WORD = (
    ("VOTERKEY", _VOTER_WORD, _LIKE_A_VOTER_KEY, ("elector", "voter", "ocr", "cic")),
    ("PASSPORT", _PASSPORT_WORD, _PASSPORT, ("pasaporte", "passport")),
    ("PLATE", _PLATE_WORD, _PLATE, ("placa", "plate", "matr", "registr")),
)


def _may_be(label: str, written: str, before: str) -> bool:
    compact = _compact(written)
    if label == "PLATE":
        digits = sum(map(str.isdecimal, compact))
        return 5 <= len(compact) <= 8 and digits >= 2 and not _OF.search(before)
    return 6 <= len(compact) <= 20


_MONTH = (
    r"(?:ene(?:ro)?|feb(?:rero)?|mar(?:zo)?|abr(?:il)?|may(?:o)?|jun(?:io)?|jul(?:io)?"
    r"|ago(?:sto)?|sep?t?(?:iembre)?|oct(?:ubre)?|nov(?:iembre)?|dic(?:iembre)?"
    r"|jan(?:uary)?|february|march|apr(?:il)?|june?|july?|aug(?:ust)?|september|october"
    r"|november|dec(?:ember)?)\b\.?"
)
_DATE = re.compile(
    rf"(?<![\w.])(?:\d{{1,4}}[ \t]?[-/. ][ \t]?(?:\d{{1,2}}|{_MONTH})[ \t]?[-/. ][ \t]?"
    rf"(?:\d{{4}}|\d{{1,2}})|\d{{6}}|\d{{8}}"
    rf"|(?:\d{{1,2}}(?:[oº°]|ro|st|nd|rd|th)?|primero|{WORDED_NUMBER})[ \t]+"
    rf"(?:de[ \t]+|of[ \t]+)?{_MONTH}"
    rf"(?:[ \t]*,?[ \t]*(?:del?[ \t]+)?(?:a[ñn]o[ \t]+)?"
    rf"(?:\d{{4}}|['’]?\d{{2}}|{WORDED_NUMBER}))?"
    rf"|{_MONTH}[ \t]+\d{{1,2}}(?:st|nd|rd|th)?(?:[ \t]*,?[ \t]*\d{{4}})?)"
    r"(?!\w|[/.-]\d)",
    re.IGNORECASE,
)
_BORN = context_pattern(
    r"nac[ií]|naci[oó]|nacid[oa]s?|nacimiento|nac|fdn|f\.?\s?n|born|birth"
    r"|f\.?\s?nac|birth ?date|d\.?\s?o\.?\s?b",
    45,
)
# Of a birthday the day is said that comes; who tells the year tells their own.
_BIRTHDAY = context_pattern(r"cumplea[ñn]os|cumplo|cumple|birthday|b-?day")
_MY_BIRTHDAY = context_pattern(r"mi cumple(?:a[ñn]os)?|cumplo(?: a[ñn]os)?|my b\w*day")
_PAST_YEAR = re.compile(r"(?:19\d\d|20[01]\d|\D\d\d)\Z")
_IN_BIRTH_WORDS = ("nac", "fdn", "f.n", "born", "birth", "day", "cumpl", "dob", "o.b")


def find_birth_dates(text: str) -> _Found:
    """Yield dates of birth, which are known by the words before them only."""
    lower = text.lower()
    if not any(part in lower for part in _IN_BIRTH_WORDS):
        return
    for match in _DATE.finditer(text):
        before = words_before(text, match.start())
        if (
            _BORN.search(before)
            or (_BIRTHDAY.search(before) and _PAST_YEAR.search(match[0]))
            or _MY_BIRTHDAY.search(before)
        ):
            yield "BIRTHDATE", match.start(), match.end()
