# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What customers write, with the personal data in it marked.

The sentences are in ``data/``, in two halves: the patterns are worked on with
``TUNING``, and ``HELD_OUT`` tells what they are worth on other sentences (its file says
what was found at the first look). In the files ``<<LABEL:value>>`` marks what must be
masked; a ``|`` in it ends a part that may be masked as well, a ``~`` begins one; ``⏎``
is a line break.
"""

import re
from dataclasses import dataclass
from pathlib import Path

_DATA = Path(__file__).with_name("data")
_MARK = re.compile(r"<<([A-Z]+):(.*?)>>")
_LABELS = {
    "ADDRESS",
    "CARD",
    "CLABE",
    "CURP",
    "EMAIL",
    "IBAN",
    "LOCATION",
    "NSS",
    "PHONE",
    "PLATE",
    "RFC",
}


@dataclass(frozen=True)
class Expected:
    """A value that must go.

    :param start: where what must go begins in the sentence; ``end`` where it ends
    :param first: where what may go begins; ``last`` where it ends
    """

    label: str
    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True)
class Sentence:
    """A text as a customer writes it, and what of it is personal (maybe nothing)."""

    text: str
    expected: tuple[Expected, ...] = ()
    # Other personal data, which is not looked for, but no loss if it is masked.
    other: tuple[Expected, ...] = ()

    def values(self) -> list[str]:
        """Return the values that must go, as they are written."""
        return [self.text[value.start : value.end] for value in self.expected]


def parse(line: str) -> Sentence:
    """Return the sentence that a line of the files describes.

    :raises ValueError: for a mark that is not understood
    """
    text, expected, end = "", [], 0
    for mark in _MARK.finditer(line):
        label, content = mark.groups()
        if label not in _LABELS:
            raise ValueError(f"unknown label {label} in: {line}")
        text += line[end : mark.start()]
        before, _bar, rest = content.rpartition("|")
        value, _, after = rest.partition("~")
        start = len(text) + len(before)
        stop = start + len(value)
        expected.append(Expected(label, start, stop, len(text), stop + len(after)))
        text += before + value + after
        end = mark.end()
    text += line[end:]
    if ">>" in text.replace(">>>", "") or "<<" in text:
        raise ValueError(f"unclosed mark in: {line}")
    return Sentence(text.replace("⏎", "\n"), tuple(expected))


def _load(name: str) -> tuple[Sentence, ...]:
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return tuple(parse(line) for line in lines if line and not line.startswith("#"))


TUNING = _load("pii_tuning.txt")
HELD_OUT = _load("pii_held_out.txt")
