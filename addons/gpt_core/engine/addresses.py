# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Patterns of street addresses as Mexicans write them, in chats without capitals, too.

An address is exact, and so personal, when it has a street and a number. A town, a
colonia or a postcode alone is not.
"""

import re

# After these, any words up to a number are a street's name.
_STREET = (
    r"(?:calle|avenida|av\.?|avda\.?|blvd\.?|boulevard|bulevar|calzada|calz\.?|carretera"
    r"|carr\.|privada|priv\.|prolongaci[oó]n|prol\.|cerrada|cda\.|callej[oó]n"
    r"|perif[eé]rico|andador|retorno)"
)
# These are words of everyday as well: a name with a capital has to follow.
_STREET_IF_NAMED = r"(?:c\.|paseo|circuito|eje|camino|v[ií]a|rinc[oó]n)"
_WORD = r"(?!n[uú]m|no\b|#)[\wáéíóúüñ.'-]+"
_NAMED = r"(?-i:[A-ZÁÉÍÓÚÜÑ][\wáéíóúüñ.'-]*)"
_LINK = r"(?:de(?:\s+l(?:a|as|os))?|del|la|las|los|el|y)"
_NUMBER = (
    r"\s*,?\s*(?:n[uú]m(?:ero|\.)?|no\.?|\#|n[°º])?\s*(?:\d{1,5}(?:\s?-?[A-Z]\b)?|s/n)"
)
# A number of something is not a street's: "la calle está a 3 cuadras".
_NOT_A_QUANTITY = (
    r"(?![\w%$:,.]*\d)(?!\s*(?:%|d[ií]as?|horas?|hrs?|mes(?:es)?|a[ñn]os?|semanas?"
    r"|minutos?|min|pesos|mxn|usd|km|kil[oó]metros?|metros|m2|cuadras?|veces|personas?"
    r"|piezas?|pzas?|cajas?|a\.?\s?m|p\.?\s?m|de\s+(?-i:[a-z])|y\s+\d)(?![\wáéíóúñ]))"
)
_INSIDE = (
    r"(?:\s*,?\s*(?:int(?:erior|\.)?|ext(?:erior|\.)?|depto\.?|dpto\.?|departamento"
    r"|piso|local|edificio|edif\.|torre|oficina|of\.|lote|lt\.?|manzana|mz\.?)"
    r"\s*\.?\s*\#?[\w-]{1,6})*"
)
_AREA_WORD = (
    r"(?:col(?:onia|\.)?|fracc(?:ionamiento|\.)?|barrio|unidad|u\.\s?h\.|alcald[ií]a)"
)
_AREA = rf"(?:\s*,?\s*{_AREA_WORD}\s+{_NAMED}(?:\s+(?:{_LINK}\s+)?{_NAMED}){{0,4}})?"
_POSTCODE = r"(?:\s*,?\s*c\.?\s?p\.?\s*:?\s*\d{5}(?!\d))?"
_REST = rf"{_INSIDE}{_AREA}{_POSTCODE}"

ADDRESS_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_STREET}\s+{_WORD}(?:\s+{_WORD}){{0,5}}?{_NUMBER}{_NOT_A_QUANTITY}{_REST}",
        rf"\b{_STREET_IF_NAMED}\s+(?:{_LINK}\s+)?{_NAMED}"
        rf"(?:\s+(?:{_LINK}\s+)?{_NAMED}){{0,4}}?{_NUMBER}{_NOT_A_QUANTITY}{_REST}",
        # Without a word for street: a name, a number, and then the colonia or postcode.
        rf"(?<!\w){_NAMED}(?:\s+(?:{_LINK}\s+)?{_NAMED}){{0,4}}{_NUMBER}{_INSIDE}"
        rf"(?=\s*,?\s*(?:{_AREA_WORD}\s+\w|c\.?\s?p\.?\s*:?\s*\d{{5}})){_AREA}{_POSTCODE}",
    )
)
