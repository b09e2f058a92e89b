# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Finds street addresses as Mexicans and Spaniards write them, without capitals, too.

An address is exact, and so personal, when it has a street and a number (or a block and
a plot, or a road and a kilometre). A town, a colonia, a postcode or a street without a
number is not.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from .address_words import (
    A_NUMBER,
    AFTER_STREET,
    AREA,
    AREA_FOLLOWS,
    AREA_WORD,
    BARE,
    BLOCK_AND_PLOT,
    BLOCK_WORD,
    CAPITAL_STREET,
    DATE_NAME,
    DIRECTION,
    DIRECTION_WORD,
    HOUSE_OR_WITHOUT,
    INSIDE,
    INSIDE_PART,
    KILOMETRE,
    LINKS,
    MARK,
    MARKED,
    NAME,
    NAMED,
    NAMED_NAME,
    NO_BEGINNING,
    NO_STREET,
    NOT_COUNTED,
    NUMBER,
    NUMBER_OR_WORDS,
    ORDINAL,
    PLOT_WORD,
    REST,
    STREET,
    STREET_IF_NAMED,
    STREET_OR_ADJECTIVE,
    SURE_INSIDE,
    TOWN_FOLLOWS,
    WORD,
    S,
)
from .readable import WORDED_NUMBER


def _compiled(*forms: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


# A street's word, followed by what may follow it.
_STREET_WORD, _AFTER_STREET = _compiled(
    rf"{STREET}|{STREET_OR_ADJECTIVE}|c|{STREET_IF_NAMED}", AFTER_STREET
)
_SURE = rf"(?:{STREET}|{STREET_OR_ADJECTIVE}){AFTER_STREET}"
# What an address is, from the word for street on.
_STREET_FORMS = _compiled(
    # calle hidalgo 45 int 3
    rf"{_SURE}{NAME}{NUMBER_OR_WORDS}{REST}",
    # Calle 21 #104, Retorno 15 de Genaro García 22, av. 20 de noviembre 12
    rf"{_SURE}\d{{1,3}}(?:\s?-?\s?(?-i:[A-Z]))?\b(?:"
    rf"(?:{S}++{LINKS}{WORD}){{1,5}}?{NUMBER}"
    rf"|{MARKED}|{BARE}(?=\s++x\s++\d|{TOWN_FOLLOWS})){REST}",
    # Paseo de la Reforma 505, piso 12; Eje 5 Sur 234; circuito cerrado no. 4
    rf"(?:{STREET_IF_NAMED}){AFTER_STREET}(?:{NAMED_NAME}{NUMBER}"
    rf"|\d{{1,2}}[A-Z]?{S}++{DIRECTION}{NUMBER}|{DATE_NAME}{NUMBER}|{NAME}{MARKED}){REST}",
    # Carretera México-Toluca km 15.5
    rf"{CAPITAL_STREET}{AFTER_STREET}{NAME}{NUMBER}{REST}",
    rf"(?:{STREET}|camino)\.?(?:{S}*+(?:{LINKS}(?:al?{S}++)?{WORD}|\d{{1,3}}D?)){{0,8}}?"
    rf"{S}*+,?{S}*+{KILOMETRE}{INSIDE}{AREA}",
)
(_ORDINAL_BEFORE, _ADJECTIVE, _BEFORE_A_STREET, _SURE_NUMBER) = _compiled(
    # 2a cerrada de …
    rf"(?<!\w){ORDINAL}\Z",
    rf"(?:{STREET_OR_ADJECTIVE})\b",
    # "la privada …" is a street, "la escuela privada …" is none.
    r"(?:^|[^\w\s]|\n|\b(?:en|la|una|esta|a|de|es|sobre|por|mi|y|calle|unidad))\s*+\Z",
    rf"\b(?:{BLOCK_AND_PLOT}|{MARK})",
)

_ADDRESS_CONTEXT = (
    r"(?:direcc?i[oó]n|domicilio|viv(?:o|imos)\s++(?:en|por)|ubicad[oa]s?\s++en|address"
    r"|calle\s++y\s++n[uú]mero)\b(?:[\s:=]*+\b(?:de|entrega|env[ií]o|fiscal|particular"
    r"|es"
    r"|ser[ií]a|la|el|en|mi|is)\b){0,4}[\s:=]*+"
)
_TAKEN = (
    r"(?:entr[eé]g|env[ií]|m[aá]nd|rec[oó]g|d[eé]j|ll[eé]v|tr[aá]e|traig|instal)\w+"
)
# Where only "en" tells of a street, none of its words may be a thing with a number.
_WEAK_WORD = rf"(?!(?:{NO_STREET})\b){WORD}"
_WEAK_NAME = rf"(?:{LINKS}{_WEAK_WORD}(?:{S}++{LINKS}{_WEAK_WORD}){{0,3}}?|{DATE_NAME})"
_PLACE_ENDS = (
    r"(?=\s*+(?:$|[,.;)\n]|(?-i:[A-Z])"
    r"|\b(?:con|junto|frente|esq\w*|entre|por\s++favor|porfa\w*|en|ah[ií]|port[oó]n)\b"
    r"|de\s++\d))"
)
# A form is tried where a word begins that it may begin with, as a search for each of
# them would look at every letter: (that word, the form whose group is the address).
_OTHER_FORMS = tuple(
    _compiled(first, form)
    for first, form in (
        # Mz 4 Lt 12
        (f"{BLOCK_WORD}|{PLOT_WORD}", rf"({BLOCK_AND_PLOT}{INSIDE}{AREA})"),
        # dirección: emiliano zapata 33
        (
            r"direcc?i[oó]n|domicilio|viv(?:o|imos)|ubicad[oa]s?|address|calle",
            rf"{_ADDRESS_CONTEXT}({_WEAK_NAME}{NUMBER_OR_WORDS}{REST})",
        ),
        # entréguenlo en Tonalá 59, …
        (
            rf"{_TAKEN}|est[aá]|estamos|queda|va",
            rf"(?:{_TAKEN}|est[aá]|estamos|queda|va)\s++(?:en|a|para)\s++"
            rf"({NAMED_NAME}{NUMBER}{REST}){_PLACE_ENDS}",
        ),
        # déjenlo en allende 7 b; traer a 16 de septiembre 1190
        (
            _TAKEN,
            rf"{_TAKEN}(?:{S}++\w++){{0,3}}?\s++(?:en|a)\s++"
            rf"({_WEAK_NAME}{NUMBER}{REST}){_PLACE_ENDS}",
        ),
        # la entrega es en niños heroes 55
        (
            "es|est[aá]|estamos|estoy|espero|esperamos|reciben?|recibimos|entregas?",
            rf"\w+\s++en\s++({_WEAK_NAME}{NUMBER}{REST}){_PLACE_ENDS}",
        ),
        # en galeana número 1002
        ("en|a|es", rf"(?:en|a|es)\s++({_WEAK_NAME}{MARKED}{REST})"),
        # el número 12 de la calle Hidalgo
        (
            r"n[uú]m(?:ero)?|no|\d{1,5}",
            rf"((?:(?:n[uú]m(?:ero)?|no)\b\.?\s*+)?\d{{1,5}}\s++de\s++(?:la\s++)?"
            rf"(?:calle|av(?:enida)?|calzada|privada|bl?vd)\b\.?\s++(?:{NAMED_NAME}(?!{S}++"
            rf"{NAMED})|{NAME}))",
        ),
        # plaza mayor 3 bajo, where nothing but an address ends so
        (
            "paseo|plaza|pza|ronda|rambla|alameda|camino|c",
            rf"((?!c[/\s]|c\.\s?p)\w+{AFTER_STREET}(?:{NAME}{NUMBER}(?:{SURE_INSIDE}|{_PLACE_ENDS}){REST}"
            rf"|al?\s++{NAME}{MARKED}{REST}|al?\s++{NAME}\s*+,?\s*+s\s?/\s?n\b))",
        ),
        # col. Roma, tonalá 120
        (
            "col(?:onia)?|fracc(?:ionamiento)?",
            rf"({AREA_WORD}\s++{LINKS}{WORD}(?:{S}++{LINKS}{WORD}){{0,3}}\s*+,\s*+"
            rf"{NAME}{NUMBER}{REST}){_PLACE_ENDS}",
        ),
        # polígono industrial Malpica, calle E, nave 32
        (
            "pol[ií]gono|parque|pol",
            rf"(\w+\.?\s++ind(?:ustrial)?\b\.?\s++{NAME}(?:\s*+,\s*+calle\s++\w{{1,12}})?"
            r"\s*+,?\s*+(?:nave|parcela|bodega|lote)\s++\d{1,4}[A-Z]?\b)",
        ),
        # P.O. Box 4418
        (
            r"p|po|apartado|apdo",
            r"((?:p\.?\s?o\.?\s?box|(?:apartado|apdo)\b\.?\s*+(?:de\s++)?"
            r"(?:correos|postal))\s*+(?:n[uú]m\.?|no\.?|n[º°]\.?)?\s*+\d{2,6})\b",
        ),
        # Oriente 172 no. 45
        (
            DIRECTION_WORD,
            rf"({DIRECTION}\s\d{{1,3}}(?:\s?-?\s?[A-Z]\b)?"
            rf"(?:{MARKED}|{BARE}(?={TOWN_FOLLOWS})){REST})",
        ),
        # km 3.5 carretera a Celaya
        (
            r"km|kil[oó]metro",
            rf"({KILOMETRE}\s*+,?\s*+(?:de\s++la\s++)?"
            rf"(?:carr(?:etera)?|autopista|camino"
            rf"|libramiento)\b\.?\s++(?:al?\s++)?(?:{LINKS}{NAMED}"
            rf"(?:{S}++{LINKS}{NAMED}){{0,3}}|{LINKS}{WORD}))",
        ),
        # en 5 de Mayo 10, Centro; 16 de septiembre no. 33
        ("en|a", rf"(?:en|a)\s++({DATE_NAME}{NUMBER}{REST})"),
        (
            r"\d{1,2}[oº]?|1ro|primero",
            rf"({DATE_NAME}(?:{MARKED}|{NUMBER}{INSIDE}(?={TOWN_FOLLOWS})"
            rf"|{S}++(?!(?:19|20)\d\d\b)(?:\d{{1,4}}{S}(?:bis|ter)\b|\d{{3,4}})(?![\w.,:/]|{S}++\d){NOT_COUNTED})"
            rf"{REST})",
        ),
        # 45 Elm Street, Apt 2
        (
            r"\d{1,5}",
            rf"(\d{{1,5}}\s++(?:{NAMED}\s++){{1,3}}(?-i:Street|St|Avenue|Ave|Road|Rd"
            rf"|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Place|Pl|Terrace|Square"
            rf"|Highway|Hwy)\b\.?{INSIDE})",
        ),
        # 2210 n zaragoza rd ste b
        (
            r"\d{1,5}",
            rf"(\d{{1,5}}\s++(?:[nsew]\.?\s++)?(?:\d{{1,3}}(?:st|nd|rd|th)\s++|(?:{WORD}\s++){{1,3}}?)"
            rf"(?:st(?=\s*+(?:$|[,.\n]|apt|ste|unit))|street|avenue|ave|road|rd|boulevard|blvd|lane|ln|hwy)\b\.?{INSIDE})",
        ),
    )
)

_A_NUMBER, _NUMBER_IN_WORDS, _A_WORD = _compiled(
    A_NUMBER, rf"\b{WORDED_NUMBER}", r"\b\w+"
)
_NOT_A_THING = rf"(?<!\w)(?!(?:{NO_STREET}|{NO_BEGINNING})\b)"
_BEFORE_NUMBER = rf"(?:{S}*+,?{S}*+|\s*+,?\s*+{MARK})\Z"
_NAMED_BEFORE = rf"{_NOT_A_THING}{NAMED_NAME}{_BEFORE_NUMBER}"
_WORDS_BEFORE = rf"{_NOT_A_THING}{WORD}(?:{S}++{LINKS}{WORD}){{0,2}}?{_BEFORE_NUMBER}"
# Without a word for street it is the number that shows where to look, or else every
# word would be tried as a street's name: (the number and on, what stands before it).
_NAMELESS_FORMS = (
    # Uxmal 345, col. Narvarte
    _compiled(
        rf"{HOUSE_OR_WITHOUT}(?:{S}++{DIRECTION})?{INSIDE}(?={TOWN_FOLLOWS}){REST}",
        _NAMED_BEFORE,
    ),
    # Montes Urales 424, 4o piso
    _compiled(
        rf"{HOUSE_OR_WITHOUT}(?:{S}++{DIRECTION})?\s*+,?\s*+{INSIDE_PART}{REST}",
        _NAMED_BEFORE,
    ),
    # homero 425 desp. 302; guerrero 210 sur; hidalgo 33-A esquina con allende
    _compiled(
        rf"{HOUSE_OR_WITHOUT}(?={SURE_INSIDE}){REST}",
        _WORDS_BEFORE,
    ),
    # uxmal 345 col narvarte
    _compiled(
        rf"{HOUSE_OR_WITHOUT}{INSIDE}(?={AREA_FOLLOWS}){REST}",
        _WORDS_BEFORE,
    ),
)
_MAX_NAME_CHARS = 60
# supermanzana 24, mz …; departamento 402, torre B, av. …
(_INSIDE_BEFORE,) = _compiled(
    rf"(?<!\w)(?:(?:super\s?manzana|smz?a?)\.?\s*+\d{{1,3}}\s*+,?\s*+"
    rf"|{INSIDE_PART}\s*+,\s*+){{1,3}}(?:en\s++|de\s++(?:la\s++)?)?\Z"
)


def find_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield where every exact address begins and ends, in order."""
    numbers = list(_A_NUMBER.finditer(text))
    if numbers or _NUMBER_IN_WORDS.search(text):
        for start, end in _joined([*_by_first_word(text), *_nameless(text, numbers)]):
            before = _INSIDE_BEFORE.search(text, max(0, start - 60), start)
            yield (before.start() if before else start), end


def _by_first_word(text: str) -> Iterator[tuple[int, int]]:
    last_end = [0] * len(_OTHER_FORMS)
    for word in _A_WORD.finditer(text):
        is_street_word, forms = _begun_by(word[0])
        if is_street_word and (span := _after_street_word(text, word)):
            yield span
        for number, form in forms:
            if word.start() < last_end[number]:
                continue
            if match := form.match(text, word.start()):
                last_end[number] = match.end()
                yield match.span(1)


@lru_cache(maxsize=10_000)
def _begun_by(word: str) -> tuple[bool, list[tuple[int, re.Pattern[str]]]]:
    """Return whether ``word`` is one for street, and the other forms it may begin."""
    forms = [
        (number, form)
        for number, (first, form) in enumerate(_OTHER_FORMS)
        if first.fullmatch(word)
    ]
    return bool(_STREET_WORD.fullmatch(word)), forms


def _after_street_word(text: str, word: re.Match[str]) -> tuple[int, int] | None:
    if not _AFTER_STREET.match(text, word.end()):
        return None
    found = (form.match(text, word.start()) for form in _STREET_FORMS)
    if match := next(filter(None, found), None):
        if _ADJECTIVE.match(word[0]) and not _is_street(text, word.start()):
            if not _SURE_NUMBER.search(match[0]):
                return None
        ordinal = _ORDINAL_BEFORE.search(text, max(0, word.start() - 25), word.start())
        return (ordinal or match).start(), match.end()
    return None


def _is_street(text: str, start: int) -> bool:
    """Whether what stands before tells that a word is a street, not an adjective."""
    reach = max(0, start - 25)
    return any(
        before.search(text, reach, start)
        for before in (_BEFORE_A_STREET, _ORDINAL_BEFORE)
    )


def _nameless(text: str, numbers: Iterable[re.Match[str]]) -> Iterator[tuple[int, int]]:
    for number in numbers:
        reach = max(0, number.start() - _MAX_NAME_CHARS)
        for number_form, name_form in _NAMELESS_FORMS:
            rest = number_form.match(text, number.start())
            name = rest and name_form.search(text, reach, number.start())
            if rest and name:
                yield name.start(), rest.end()
                break


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans in order, those that overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
