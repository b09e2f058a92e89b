# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reads the numbers of a text, in figures and in Spanish and English words."""

import re
from dataclasses import dataclass
from functools import lru_cache

from num2words import num2words

from odoo.addons.gpt_core.engine.text.folding import fold

from .units import CURRENCIES, UNITS, Unit

MAX_CHARS = 20_000
_TOKEN = re.compile(r"\d+(?:[.,']\d+)*+|[^\W\d_]++|[^\w\s]")
_SCALES = {
    "mil": 1e3, "miles": 1e3, "thousand": 1e3, "thousands": 1e3, "k": 1e3, "grand": 1e3,
    "millar": 1e3, "millares": 1e3, "millon": 1e6, "millones": 1e6, "million": 1e6,
    "millions": 1e6, "mdp": 1e6, "mdd": 1e6, "mm": 1e6, "billion": 1e9,
    "docena": 12, "docenas": 12, "dozen": 12, "dozens": 12, "gross": 144, "gruesa": 144,
    "centenar": 100, "centenares": 100, "hundred": 100, "hundreds": 100, "decena": 10,
    "decenas": 10, "par": 2, "couple": 2, "pair": 2, "pairs": 2, "pares": 2,
}  # fmt: skip
_HALVES = frozenset({"medio", "media", "half"})
_AND = frozenset({"y", "and"})
_TO = frozenset({"a", "y", "to", "and", "o", "or", "hasta", "-"})
_ARTICLES = {"un": 1.0, "una": 1.0, "a": 1.0, "an": 1.0}


@dataclass(frozen=True)
class Figure:
    """A number of a text, and what it counts.

    :param end: "low" or "high", of a range
    :param is_exact: whether it was written as a number, not as an article
    """

    value: float
    unit: Unit | None = None
    is_money: bool = False
    is_percent: bool = False
    is_scaled: bool = False
    end: str = ""
    word: str = ""
    before: str = ""
    is_exact: bool = True


@lru_cache(maxsize=1)
def _number_words() -> dict[str, float]:
    """Return the words of small numbers, which larger ones are put together from."""
    found: dict[str, float] = {}
    for lang, extra in (("es", (200, 300, 400, 500, 600, 700, 800, 900)), ("en", ())):
        for number in (*range(1, 31), *range(40, 100, 10), 100, *extra):
            word = fold(num2words(number, lang=lang)).text
            if " " not in word and "-" not in word:
                found[word] = number
                found[
                    word.replace("cientos", "cientas").replace("ientos", "ientas")
                ] = number
    found |= {"veintiun": 21, "ciento": 100, "quinientas": 500, "primero": 1}
    return found


@lru_cache(maxsize=512)
def figures(text: str) -> tuple[Figure, ...]:
    """Return the numbers of a text, each as it may be meant."""
    tokens = _TOKEN.findall(fold(text[:MAX_CHARS]).text)
    return tuple(_figures(tokens))


def _figures(tokens: list[str]) -> list[Figure]:
    found_all: list[Figure] = []
    at, last_end = 0, -2
    last: Figure | None = None
    while at < len(tokens):
        read = _read(tokens, at)
        if read is None:
            at += 1
            continue
        value, after, scale, is_exact = read
        is_range = last is not None and at - last_end == 1 and tokens[at - 1] in _TO
        found = _figure(tokens, at, after, value, scale, is_exact)
        if is_range and last is not None and last.value < value:
            low = last.value
            if scale > 2 and not last.is_scaled and low < value / scale:
                found_all[-1] = _like(found, low * scale, "low")
            elif last.unit is None:
                found_all[-1] = _like(found, low, "low")
            found = _like(found, value, "high")
        found_all.append(found)
        if tokens[at] in ("one", "un", "uno", "una", "1") and tokens[
            after : after + 1
        ] in (
            ["in"],
            ["out"],
        ):
            of = _read(tokens, after + 1)
            if of and of[0]:
                found_all.append(Figure(100 / of[0], is_percent=True))
        at = max(after, at + 1)
        last, last_end = found, at
    return found_all


def _like(figure: Figure, value: float, end: str) -> Figure:
    return Figure(
        value, figure.unit, figure.is_money, figure.is_percent, figure.is_scaled, end,
        figure.word, figure.before,
    )  # fmt: skip


def _figure(
    tokens: list[str], at: int, after: int, value: float, scale: float, is_exact: bool
) -> Figure:
    ahead = [word for word in tokens[after : after + 4] if word not in ("de", "of")][:2]
    word = ahead[0] if ahead else ""
    behind = tokens[at - 1] if at else ""
    two = " ".join(ahead)
    unit = UNITS.get(two) or UNITS.get(word)
    if word == "m" and ahead[1:2] == ["2"]:
        unit = UNITS["m2"]
    is_money = behind in CURRENCIES or word in CURRENCIES
    is_percent = word == "%" or two == "por ciento" or word in ("percent", "porciento")
    if ahead[1:2] == ["below"] or word in ("below", "bajo") or behind == "menos":
        value = -value
    is_scaled = scale >= 1000
    return Figure(
        value, unit, is_money, is_percent, is_scaled, "", word, behind, is_exact
    )


def _read(tokens: list[str], at: int) -> tuple[float, int, float, bool] | None:
    """Return the number that begins at a token: value, end, last scale, exactness."""
    token = tokens[at]
    words = _number_words()
    if token[0].isdigit():
        value, after = number_of(token), at + 1
        if tokens[after : after + 1] == ["/"] and _is_int(
            tokens[after + 1 : after + 2]
        ):
            below = float(tokens[after + 1])
            return (value / below if below else value), after + 2, 1, True
        return _scaled(tokens, value, after)
    if token in _HALVES:
        after = at + 1
        if tokens[after : after + 1] and tokens[after] in ("a", "an"):
            after += 1
        return _scaled(tokens, 0.5, after)
    if token in _ARTICLES:
        nxt = tokens[at + 1 : at + 2]
        if nxt and nxt[0] in _SCALES:
            return _scaled(tokens, 1.0, at + 1)
        return (1.0, at + 1, 1, False) if token != "a" else None
    if token in words:
        value, after = _small(tokens, at)
        return _scaled(tokens, value, after)
    if token in _SCALES and token not in ("k", "mm", "par", "grand"):
        return _scaled(tokens, 1.0, at)
    if token in UNITS and tokens[at + 1 : at + 3] in (["y", "media"], ["y", "medio"]):
        return 1.5, at, 1, True
    return None


def _small(tokens: list[str], at: int) -> tuple[float, int]:
    words, total = _number_words(), 0.0
    while at < len(tokens):
        token = tokens[at]
        value = words.get(token)
        if value is None:
            joins = token in _AND or token == "-"
            following = words.get(tokens[at + 1]) if at + 1 < len(tokens) else None
            if not (joins and total and following and _fits(total, following)):
                break
            at += 1
            continue
        if total and not _fits(total, value):
            if total < 10 and 10 < value < 100:  # "two fifty"
                return total * 100 + value, at + 1
            break
        total += value
        at += 1
    return total, at


def _fits(total: float, value: float) -> bool:
    if value < 10:
        return total % 10 == 0 and total % 100 != 10
    return value < 100 and total % 100 == 0


def _scaled(
    tokens: list[str], value: float, after: int
) -> tuple[float, int, float, bool]:
    total, current, scale = 0.0, value, 1.0
    if _is_half(tokens, after):
        current, after = current + 0.5, after + (3 if tokens[after] == "and" else 2)
    while after < len(tokens) and tokens[after] in _SCALES:
        step = _SCALES[tokens[after]]
        if step == 1e3 and tokens[after + 1 : after + 2] in (["millones"], ["million"]):
            step, after = 1e9, after + 1
        scale = step
        after += 1
        if step == 100:
            current *= step
            if after < len(tokens) and tokens[after] in _number_words():
                more, after = _small(tokens, after)
                current += more
            continue
        total, current = total + current * step, 0.0
        if _is_half(tokens, after):
            total += step / 2
            after += 3 if tokens[after] == "and" else 2
        if after < len(tokens) and step >= 1e3:
            if tokens[after] in _number_words():
                current, after = _small(tokens, after)
            elif _is_int(tokens[after : after + 1]) and tokens[
                after + 1 : after + 2
            ] in (
                ["mil"],
                ["thousand"],
            ):
                current, after = float(tokens[after]), after + 1
    return total + current, after, scale, True


def _is_half(tokens: list[str], at: int) -> bool:
    return tokens[at : at + 2] in (["y", "medio"], ["y", "media"]) or tokens[
        at : at + 3
    ] == ["and", "a", "half"]


def _is_int(tokens: list[str]) -> bool:
    return bool(tokens) and tokens[0].isdigit()


def number_of(token: str) -> float:
    """Return a number in figures: a group of three after a mark is thousands."""
    marks = re.findall(r"[.,']", token)
    if not marks:
        return float(token[:30])
    parts = re.split(r"[.,']", token)
    last_is_thousands = len(parts[-1]) == 3 and len(parts[0]) <= 3 and parts[0] != "0"
    if len(marks) > 1 and marks[-1] != marks[-2] and marks[-1] != "'":
        last_is_thousands = "'" in marks and len(parts[-1]) == 3
    elif len(marks) > 1:
        last_is_thousands = True
    if last_is_thousands:
        return float("".join(parts)[:30])
    return float(("".join(parts[:-1]) or "0")[:30] + "." + parts[-1][:15])
