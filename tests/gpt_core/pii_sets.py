# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Larger sets of texts with personal data, written without a look at the patterns.

``MX_DEV`` and ``MX_HELD_OUT`` are messages of customers, described in
``data/README_pii.md``; :func:`meddocan` reads the Spanish clinical reports of MEDDOCAN
from a folder.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from .pii_corpus import Expected, Sentence

_DATA = Path(__file__).with_name("data")
# What follows street and number in an address.
_REST = re.compile(
    r"(?<=\d)[^,\n]*?(?=\s*(?:,|\n|\b(?:int|interior|col|loc|local|piso|depto|cp|c\.p|lt"
    r"|atico|apt|ste|floor|suite|torre|bodega|bajo)\b))",
    re.IGNORECASE,
)
_MEDDOCAN_LABELS = {
    "CORREO_ELECTRONICO": "EMAIL",
    "NUMERO_TELEFONO": "PHONE",
    "NUMERO_FAX": "PHONE",
    "CALLE": "ADDRESS",
}


def load_messages(name: str) -> tuple[Sentence, ...]:
    """Return the messages of a file in ``data/``."""
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return tuple(
        Sentence(
            message["text"],
            tuple(_expected(message["text"], span) for span in message["spans"]),
        )
        for message in map(json.loads, lines)
    )


def _expected(text: str, span: dict) -> Expected:
    """Return what must go: of an address street and number, the rest of it may."""
    start, end = span["start"], span["end"]
    rest = span["label"] == "address" and _REST.search(text, start, end)
    return Expected(
        span["label"].upper(), start, rest.end() if rest else end, start, end
    )


def meddocan(folder: Path) -> Iterator[Sentence]:
    """Yield the reports of an unpacked half of MEDDOCAN (BRAT: ``.txt``, ``.ann``)."""
    for path in sorted(folder.rglob("*.txt")):
        text = path.read_text(encoding="utf-8")
        marked = path.with_suffix(".ann").read_text(encoding="utf-8").splitlines()
        places = [
            Expected(_MEDDOCAN_LABELS.get(label, "OTHER"), start, end, start, end)
            for label, start, end in map(_annotation, marked)
        ]
        yield Sentence(
            text,
            tuple(place for place in places if place.label != "OTHER"),
            tuple(place for place in places if place.label == "OTHER"),
        )


def _annotation(line: str) -> tuple[str, int, int]:
    label, start, end = line.split("\t")[1].split(" ")
    return label, int(start), int(end)


MX_DEV = load_messages("pii_mx_dev.jsonl")
MX_HELD_OUT = load_messages("pii_mx_held_out.jsonl")
