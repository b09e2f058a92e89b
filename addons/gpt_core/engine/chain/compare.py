# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Differences of two snapshots of a chain, or of two answers, side by side."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

_LISTS = ("inputs", "steps")
# The order in which the form has them; anything else follows by its name.
_ORDER = (
    "name",
    "code",
    "kind",
    "system_prompt",
    "user_prompt",
    "outputs",
    "model_id",
    "fallback_model_id",
    "temperature",
    "max_tokens",
    "max_chars",
)
# Lines that have less than this in common are shown as another line.
_ALIKE = 0.4
# So many lines, or words of a line, are looked through for what is the same.
_MAX_COMPARED = 100
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Span:
    """A piece of a line; ``changed`` when the other side has it not."""

    text: str
    changed: bool = False


@dataclass(frozen=True)
class Line:
    """One line on both sides; ``None`` where a side has no such line."""

    left: tuple[Span, ...] | None
    right: tuple[Span, ...] | None

    @property
    def changed(self) -> bool:
        return self.left != self.right


@dataclass(frozen=True)
class Change:
    """A property whose value differs, under the name that the snapshot gives it."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Section:
    """The changes of the settings, or of one input or step.

    :param kind: ``settings``, ``inputs`` or ``steps``
    :param status: ``changed``, ``added``, ``removed``, or ``moved`` when an input or a
        step has only got another place
    """

    kind: str
    name: str
    status: str
    changes: tuple[Change, ...] = ()


def compare(left: Mapping[str, Any], right: Mapping[str, Any]) -> list[Section]:
    """Return what differs between two snapshots; nothing for two that mean the same."""
    sections = []
    settings = [
        {key: value for key, value in side.items() if key not in _LISTS}
        for side in (left, right)
    ]
    changes = _changes(*settings)
    if changes:
        sections.append(Section("settings", "", "changed", changes))
    for kind in _LISTS:
        sections += _compare_lists(kind, left.get(kind) or [], right.get(kind) or [])
    return sections


def _compare_lists(
    kind: str, left: Sequence[Mapping[str, Any]], right: Sequence[Mapping[str, Any]]
) -> list[Section]:
    before = {item["name"]: item for item in left}
    after = {item["name"]: item for item in right}
    both = before.keys() & after.keys()
    kept = [[name for name in side if name in both] for side in (before, after)]
    moved = {
        name for pair in zip(*kept, strict=True) if len({*pair}) > 1 for name in pair
    }
    sections = []
    for name in dict.fromkeys([*before, *after]):
        if name not in before:
            status = "added"
        elif name not in after:
            status = "removed"
        else:
            status = "changed"
        changes = _changes(before.get(name, {}), after.get(name, {}))
        if not changes and name in moved:
            status = "moved"
        if changes or name in moved:
            sections.append(Section(kind, name, status, changes))
    return sections


def _changes(left: Mapping[str, Any], right: Mapping[str, Any]) -> tuple[Change, ...]:
    changes = []
    for name in _ordered({*left, *right}):
        before, after = as_lines(left.get(name)), as_lines(right.get(name))
        if before != after:
            changes.append(Change(name, side_by_side(before, after)))
    return tuple(changes)


def as_lines(value: Any) -> str:
    """Return a value of a snapshot as text: a list has one line per item."""
    if value is None or value is False or (value == 0 and not isinstance(value, float)):
        return ""
    if value is True:
        return "✓"
    if isinstance(value, list | tuple):
        return "\n".join(as_lines(item) for item in value)
    if isinstance(value, Mapping):
        # The database keeps no order of keys.
        parts = [(key, as_lines(value[key])) for key in _ordered(value)]
        return " · ".join(
            text if key == "name" else f"{key}: {text}" for key, text in parts if text
        ).replace("\n", ", ")
    return str(value)


def _ordered(names: Iterable[str]) -> list[str]:
    place = {name: place for place, name in enumerate(_ORDER)}
    return sorted(names, key=lambda name: (place.get(name, len(place)), name))


def side_by_side(left: str, right: str) -> tuple[Line, ...]:
    """Return two texts line by line, with what differs within alike lines marked."""
    before, after = left.splitlines(), right.splitlines()
    lines: list[Line] = []
    for is_same, i1, i2, j1, j2 in _blocks(before, after):
        if is_same:
            same = [(Span(text),) for text in before[i1:i2]]
            lines += [Line(spans, spans) for spans in same]
        else:
            pairs = zip_longest(before[i1:i2], after[j1:j2])
            lines += [line for pair in pairs for line in _pair(*pair)]
    return tuple(lines)


def _pair(left: str | None, right: str | None) -> list[Line]:
    if left is None or right is None:
        return [Line(_whole(left), _whole(right))]
    before, after = _WORDS.findall(left), _WORDS.findall(right)
    if _likeness(before, after) < _ALIKE:
        return [Line(_whole(left), _whole(right))]
    spans: tuple[list[Span], list[Span]] = ([], [])
    for is_same, i1, i2, j1, j2 in _blocks(before, after):
        for side, words in zip(spans, (before[i1:i2], after[j1:j2]), strict=True):
            if words:
                side.append(Span("".join(words), not is_same))
    return [Line(tuple(spans[0]), tuple(spans[1]))]


# Whether it is the same on both sides; from where to where on the left, on the right.
_Block = tuple[bool, int, int, int, int]


def _blocks(before: Sequence[str], after: Sequence[str]) -> list[_Block]:
    """Return what is the same and what differs, in order.

    The time that ``difflib`` takes grows with the third power of what it compares. It
    is given what lies between the first and the last difference, if that is not long.
    """
    shortest = min(len(before), len(after))
    begin = next(
        (at for at in range(shortest) if before[at] != after[at]),
        shortest,
    )
    kept = next(
        (at for at in range(shortest - begin) if before[-1 - at] != after[-1 - at]),
        shortest - begin,
    )
    i2, j2 = len(before) - kept, len(after) - kept
    middle = [(False, begin, i2, begin, j2)] if begin < max(i2, j2) else []
    if max(i2, j2) - begin <= _MAX_COMPARED:
        matcher = SequenceMatcher(None, before[begin:i2], after[begin:j2], False)
        middle = [
            (tag == "equal", begin + i1, begin + i2, begin + j1, begin + j2)
            for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        ]
    found = [
        (True, 0, begin, 0, begin),
        *middle,
        (True, i2, len(before), j2, len(after)),
    ]
    return [block for block in found if block[1] < block[2] or block[3] < block[4]]


def _likeness(before: Sequence[str], after: Sequence[str]) -> float:
    """Return how much of two lines is the same, from 0 to 1; spaces do not count."""
    left, right = (
        Counter(word for word in side if word.isalnum()) for side in (before, after)
    )
    words = left.total() + right.total()
    return 2 * (left & right).total() / words if words else 1.0


def _whole(text: str | None) -> tuple[Span, ...] | None:
    return None if text is None else (Span(text, True),)
