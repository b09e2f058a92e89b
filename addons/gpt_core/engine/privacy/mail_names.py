# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Names of people as mail programs write them: before an address, and in headers."""

import re

# More is no mail that somebody wrote.
MAX_CHARS = 200_000
# Every word of a text is compared with each of them.
MAX_NAMES = 200
_MAX_NAME = 80
_MAX_WORDS = 6
_ADDRESS = re.compile(r"[<(\[]{1,2}\s?(?:mailto:)?[^\s<>()\[\]@\"]{1,64}@")
_HEADER = re.compile(
    r"^[ \t>*]{0,20}(?:from|sender|reply-to|to|cc|bcc|de|remitente|responder a|para)"
    r"[ \t*]{0,5}:(.{1,300})",
    re.IGNORECASE | re.MULTILINE,
)
# What ends a name that stands before an address.
_BREAK = re.compile(r"[\n\r\t,;:|<>()\[\]*=]")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_JOINING = frozenset("de del la las los y e da do dos di van von der den el al".split())
# Departments and machines have addresses, too; these words are no names.
_NOBODY = frozenset(
    "admin administracion administración atencion atención ayuda bot clientes cobranza "
    "compras contacto contact correo equipo facturacion facturación hello help hola "
    "info information mail marketing noreply no-reply notificaciones notifications "
    "office oficina orders pedidos postmaster recepcion recepción sales service "
    "servicio soporte support team ventas webmaster website web".split()
)


def mail_names(text: str) -> list[str]:
    """Return the names that stand beside addresses, or in headers, of a text.

    Example::

        mail_names('De: María López <maria@example.com>')  # ["María López"]
    """
    text = text[:MAX_CHARS]
    found: dict[str, None] = {}
    for match in _ADDRESS.finditer(text):
        before = text[max(0, match.start() - _MAX_NAME) : match.start()].rstrip(" ")
        found |= dict.fromkeys(_quoted(before) or _capital(_BREAK.split(before)[-1]))
    for match in _HEADER.finditer(text):
        for part in re.split(r"[;,]", match[1])[:10]:
            name, address, _rest = (*re.split(r"([<\[(])", part, maxsplit=1), "", "")[
                :3
            ]
            if "@" not in name:
                found |= dict.fromkeys(_whole(name, any_case=bool(address)))
    return list(found)[:MAX_NAMES]


def _quoted(before: str) -> list[str]:
    """Return the name within the quotation marks that end a text, both ways round."""
    if not before.endswith(('"', "'")):
        return []
    start = before.rfind(before[-1], 0, -1)
    name = before[start + 1 : -1].strip() if start >= 0 else ""
    last, comma, first = (part.strip() for part in name.partition(","))
    if not comma:
        return _whole(name, any_case=True)
    turned = _whole(f"{first} {last}", any_case=True)
    return [name, *turned] if turned else []


def _whole(text: str, any_case: bool) -> list[str]:
    """Return ``text`` if all of it is a name."""
    words = text.strip(" \t\"'*").split()
    if not any_case and _capital_words(words) != words:
        return []
    return _checked(words)


def _capital(text: str) -> list[str]:
    """Return the name that ends ``text``; within a sentence it has capital letters."""
    return _checked(_capital_words(text.strip(" \"'*").split()))


def _capital_words(words: list[str]) -> list[str]:
    count = 0
    for word in reversed(words):
        if not word[0].isupper() and word.casefold() not in _JOINING:
            break
        count += 1
    kept = words[len(words) - count :]
    while kept and not kept[0][0].isupper():
        kept = kept[1:]
    return kept


def _checked(words: list[str]) -> list[str]:
    if not words or len(words) > _MAX_WORDS:
        return []
    if not all(_WORD.fullmatch(word) and len(word) <= 40 for word in words):
        return []
    if all(word.casefold().strip(".") in _NOBODY | _JOINING for word in words):
        return []
    return [" ".join(words)]
