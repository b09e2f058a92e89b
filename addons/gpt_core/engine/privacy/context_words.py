# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The words before a number that tell what it is: "mi CLABE es …", "folio …"."""

import re

# How many characters before a number its context word may stand.
_REACH = 64

# What follows one of these is the number of a paper or a thing, whatever it looks like.
_PAPER = (
    r"pedidos?|[oó]rden(?:es)?|order|folios?|facturas?|invoice|gu[ií]as?|rastreo"
    r"|tracking|tickets?|sku|modelo|serie|lote|referencia|ref|clave|c[oó]digo|barras"
    r"|pieza|art[ií]culo|producto|cotizaci[oó]n|uuid|p[oó]liza|contrato|expediente"
    r"|pedimento|imei|autorizaci[oó]n|reclamo|reclamaci[oó]n|queja|reporte|remisi[oó]n"
    r"|boleto|reserva(?:ci[oó]n)?|confirmaci[oó]n|transacci[oó]n|operaci[oó]n|solicitud"
    r"|tr[aá]mite|medidor|recibo|shipment|contract|ean|upc|serial|po"
)
# These have numbers as well, which then are called that.
_NUMBERED = r"cliente|servicio|env[ií]o|compra|caso|nota|case|customer|part"
_CALLED_NUMBER = r"(?:n[uú]mero|n[uú]m|nro|no|id)\b\.?"
_CARRIER = (
    r"dhl|fedex|estafeta|ups|redpack|paquetexpress|99minutos|amazon|mercado\s+libre"
)
_FILLER = (
    r"es|era|el|la|los|con|de|del|n[uú]meros?|n[uú]m|nro|no|folio|fiscal|is|was"
    rf"|number|the|n|que|tengo|mi|dice|{_NUMBERED}|{_PAPER}|{_CARRIER}"
)
_FOLIO = re.compile(
    rf"(?<!\w)(?:{_PAPER}|{_CALLED_NUMBER}\s+de\s+(?:mi\s+|la\s+)?(?:{_NUMBERED})"
    rf"|(?:{_NUMBERED})\s+(?:\#|{_CALLED_NUMBER}))(?![^\W_])"
    rf"(?:[\s.:,#°º=-]*(?<!\w)(?:{_FILLER})(?!\w)){{0,5}}[\s.:,#°º=-]*"
    r"(?:[a-z]{1,5}[-/])?\Z"
)


def words_before(text: str, start: int) -> str:
    """Return, in small letters, the text before ``start`` that can hold
    its context words.
    """
    return text[max(0, start - _REACH) : start].lower()


def is_folio(before: str) -> bool:
    """Whether ``before`` says that the number of a paper or a thing follows."""
    return _FOLIO.search(before) is not None


def context_pattern(words: str, reach: int = 25) -> re.Pattern[str]:
    """Return the pattern of lower-case text that ends with one of the context words.

    :param words: alternatives of a regular expression
    :param reach: how many characters without a digit, besides a line break, may follow
    """
    return re.compile(
        rf"(?<![^\W_])(?:{words})(?![^\W_])[^\d\n]{{0,{reach}}}\n?[^\d\n]{{0,3}}\Z"
    )
