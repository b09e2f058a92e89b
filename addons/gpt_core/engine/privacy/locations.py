# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Finds coordinates and links to a place on a map."""

import re
from collections.abc import Iterator

_MAP_LINK = re.compile(
    r"(?<![\w.@-])(?:https?://)?(?:www\.)?(?:maps\.app\.goo\.gl|goo\.gl/maps|g\.co/maps"
    r"|maps\.google\.[a-z.]{2,6}|google\.[a-z.]{2,6}/maps|maps\.apple\.com|plus\.codes"
    r"|(?:ul\.)?waze\.com|(?:share|wego)\.here\.com|openstreetmap\.org|osm\.org"
    r"|bing\.com/maps|what3words\.com|w3w\.co)(?![\w.-])(?:[/?#][^\s<>\"]*)?"
    r"|geo:-?\d[\d.,-]*",
    re.IGNORECASE,
)
# None of them can be without one of these.
_IN_LINKS = (
    "maps", "goo.gl", "waze", "geo:", "map.org", "osm.org", "plus.codes", "here.com",
    "what3words", "w3w.co",
)  # fmt: skip
_WORD = r"(?:lon|lng|long|longitud|longitude)\b\.?[ \t]*[:=]?"
_PAIR = re.compile(
    r"(?<![\w.,/$])(?P<lat>[-+−]?\d{1,2}[.]\d{3,9})(?:[ \t]?°)?[ \t]?[NS]?"
    rf"(?:[ \t]*[,;/][ \t]*|[ \t]+|\n)(?:{_WORD}[ \t]*)?"
    r"(?P<lon>[-+−]?\d{1,3}[.]\d{3,9})(?![\w.]\d|[\w%])(?:[ \t]?°)?"
    r"(?:[ \t]?[EWO]\b)?",
    re.IGNORECASE,
)
_CONTEXT = re.compile(
    r"(?<![^\W_])(?:lat|latitud|latitude|gps|coords?|coordenadas?|coordinates"
    r"|ubicaci[oó]n|location|mapa?s?|pin)(?![^\W_])[^\d\n]{0,25}\n?[^\d\n]{0,3}\Z",
    re.IGNORECASE,
)
_SIXTIETHS = (
    r"[ \t]?\d{1,2}(?:\.\d+)?[ \t]?['′’][ \t]?(?:\d{1,2}(?:\.\d+)?[ \t]?[\"″”])?"
)
_DEGREES = re.compile(
    rf"(?<![\w.])\d{{1,2}}[ \t]?[°º]{_SIXTIETHS}[ \t]?[NS][ \t]?,?[ \t]?"
    rf"\d{{1,3}}[ \t]?[°º]{_SIXTIETHS}[ \t]?[EWO]\b",
    re.IGNORECASE,
)
_REACH = 48
# Fewer decimals tell a district, or are a measure.
_MIN_DECIMALS = 4


def find_locations(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (label, start, end) of every pair of coordinates and map link."""
    links = list(_links(text))
    found = [*links, *_coordinates(text, links)]
    yield from sorted(found, key=lambda item: item[1])


def _links(text: str) -> Iterator[tuple[str, int, int]]:
    lower = text.lower()
    if not any(part in lower for part in _IN_LINKS):
        return
    for match in _MAP_LINK.finditer(text):
        yield "LOCATION", match.start(), match.start() + len(match[0].rstrip(".,;:!?)"))


def _coordinates(
    text: str, links: list[tuple[str, int, int]]
) -> Iterator[tuple[str, int, int]]:
    in_links = {place for _, start, end in links for place in range(start, end)}
    for match in (*_PAIR.finditer(text), *_DEGREES.finditer(text)):
        if match.start() in in_links:
            continue
        if match.re is _DEGREES or _is_place(text, match):
            yield "LOCATION", match.start(), match.end()


def _is_place(text: str, match: re.Match[str]) -> bool:
    lat, lon = (match[name].replace("−", "-") for name in ("lat", "lon"))
    if abs(float(lat)) > 90 or abs(float(lon)) > 180:
        return False
    decimals = min(len(value.partition(".")[2]) for value in (lat, lon))
    before = text[max(0, match.start() - _REACH) : match.start()]
    # Two shares of one are neither here nor there.
    sure = decimals >= _MIN_DECIMALS and max(abs(float(lat)), abs(float(lon))) >= 2
    return sure or _CONTEXT.search(before) is not None
