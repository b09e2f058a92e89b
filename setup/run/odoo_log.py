# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reading Odoo's log: what must not be in it, and what the tests came to."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

_LINE = re.compile(
    r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ "
    r"(?P<level>[A-Z]+) \S+ (?P<logger>\S+?): (?P<message>.*)"
)
_ERRORS = frozenset({"ERROR", "CRITICAL"})
_BAD = _ERRORS | {"WARNING"}
_TESTS = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests when loading")
_TEST_FAILURE = re.compile(r"^(FAIL|ERROR): ")

#: Lines that say nothing about our addons: (logger, message, why they may be there).
_ALLOWED: tuple[tuple[str, str, str], ...] = (
    (
        r"odoo\.addons\.base\.models\.assetsbundle",
        r"Could not get content for mail/static/lib/selfie_segmentation/",
        "Debian's package of 19.0 leaves this library out (blurred video backgrounds)",
    ),
    (
        r"py\.warnings",
        r"DeprecationWarning: `babel\.messages\.jslexer\.",
        "Odoo 19.0 reads the terms of JavaScript in a way that Babel is giving up",
    ),
)


@dataclass
class LogBlock:
    """A line of the log with what belongs to it (a traceback)."""

    level: str
    logger: str
    message: str
    lines: list[str]

    @property
    def is_test_failure(self) -> bool:
        """Whether it reports failed tests, which are counted elsewhere."""
        found = _TEST_FAILURE.match(self.message) or _TESTS.match(self.message)
        return self.level == "ERROR" and bool(found)

    @property
    def is_error(self) -> bool:
        """Whether it is worse than a warning."""
        return self.level in _ERRORS

    @property
    def is_allowed(self) -> bool:
        """Whether it is one of the few that may be there."""
        return self.level not in _BAD or any(
            re.match(logger, self.logger) and re.search(message, self.message)
            for logger, message, _reason in _ALLOWED
        )


@dataclass
class LogReader:
    """Takes a log line by line, keeps what matters.

    ``bad`` are the blocks that must not be there, ``failures`` the failed tests;
    ``started`` counts the tests of each addon.
    """

    bad: list[LogBlock] = field(default_factory=list)
    failures: list[LogBlock] = field(default_factory=list)
    tests_run: int = 0
    tests_failed: int = 0
    tests_skipped: int = 0
    current_test: str = ""
    started: Counter[str] = field(default_factory=Counter)
    _block: LogBlock | None = None

    @classmethod
    def of(cls, log: Path) -> LogReader:
        """Return a reader that has read a whole log."""
        reader = cls()
        for line in log.read_text(errors="replace").splitlines():
            reader.feed(line)
        reader.finish()
        return reader

    def feed(self, line: str) -> LogBlock | None:
        """Take a line; return the block that it ended, if that one is bad."""
        found = _LINE.match(line)
        if found is None:
            if self._block is not None:
                self._block.lines.append(line)
            return None
        ended = self.finish()
        self._block = LogBlock(
            found["level"], found["logger"], found["message"], [line]
        )
        self._count(found["logger"], found["message"])
        return ended

    def finish(self) -> LogBlock | None:
        """End the last block; return it if it is bad."""
        block, self._block = self._block, None
        if block is None or block.is_allowed:
            return None
        (self.failures if block.is_test_failure else self.bad).append(block)
        return block

    def _count(self, logger: str, message: str) -> None:
        if ".tests." in logger and message.startswith("Starting "):
            self.current_test = message.removeprefix("Starting ").removesuffix(" ...")
            self.started[_addon_of(logger)] += 1
        elif message.startswith("skipped "):
            self.tests_skipped += 1
        elif found := _TESTS.search(message):
            failed, errors, total = (int(number) for number in found.groups())
            self.tests_run = total
            self.tests_failed = failed + errors


def _addon_of(logger: str) -> str:
    """Return the addon: of ``odoo.addons.crm.tests.test_lead.TestLead``, ``crm``."""
    return logger.removeprefix("odoo.addons.").partition(".")[0]
