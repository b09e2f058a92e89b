# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Checks the files of a data set, line by line, before anything is uploaded."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import IO

from .line_check import line_problems
from .rules import Outcome, Rules, Violation

_MARK = b"\xef\xbb\xbf"
# A longer line is no example, and would not fit into memory.
MAX_LINE = 64_000_000
#: More violations are counted, not kept.
MAX_KEPT = 500


def check_files(
    files: Sequence[tuple[str, IO[bytes]]],
    rules: Rules,
    progress: Callable[[int], None] | None = None,
) -> Outcome:
    """Return what is wrong with files that are used together.

    The first is the one for training: it must have enough examples. An example may be
    in one of them only. An empty file after the first stands for none.

    :param files: their names, and what is in them
    :param progress: is told the number of lines, now and then
    """
    outcome = Outcome()
    seen: dict[bytes, int] = {}
    for place, (name, file) in enumerate(files):
        lines = 0
        for violation in _file_violations(name, file, rules, seen, place):
            if isinstance(violation, int):
                lines += violation
                outcome.lines += violation
                if progress and outcome.lines % 1000 == 0:
                    progress(outcome.lines)
                continue
            _note(outcome, violation)
        for violation in _count_violations(name, lines, rules, place):
            _note(outcome, violation)
    return outcome


def _note(outcome: Outcome, violation: Violation) -> None:
    outcome.count += 1
    if len(outcome.violations) < MAX_KEPT:
        outcome.violations.append(violation)


def _file_violations(
    name: str, file: IO[bytes], rules: Rules, seen: dict[bytes, int], place: int
) -> Iterator[Violation | int]:
    """Yield what is wrong, and 1 for each line."""
    size = number = 0
    while line := file.readline(MAX_LINE):
        number += 1
        size += len(line)
        if number == 1:
            has_mark = line.startswith(_MARK)
            line = line.removeprefix(_MARK)
            if has_mark is not rules.byte_order_mark:
                yield Violation("no_mark" if not has_mark else "mark", name)
        if not line.endswith(b"\n") and len(line) >= MAX_LINE:
            yield Violation("line_too_long", name, number)
            return
        for code, detail in line_problems(line, rules):
            yield Violation(code, name, number, detail)
        first = seen.setdefault(_fingerprint(line), place)
        if first != place:
            yield Violation("in_both_files", name, number)
        yield 1
    if rules.max_bytes and size > rules.max_bytes:
        yield Violation("too_large", name, 0, str(size))


def _count_violations(
    name: str, lines: int, rules: Rules, place: int
) -> Iterator[Violation]:
    if place == 0 and lines < max(rules.min_examples, 1):
        yield Violation("too_few", name, 0, str(lines))
    if rules.max_examples and lines > rules.max_examples:
        yield Violation("too_many", name, 0, str(lines))


def _fingerprint(line: bytes) -> bytes:
    """Return what lines that say the same have in common, however they are written."""
    with suppress(ValueError, RecursionError):
        line = json.dumps(json.loads(line), sort_keys=True).encode()
    return hashlib.blake2b(line.strip(), digest_size=12).digest()
