# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``python3 -m setup <command>``; the Makefile calls it."""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - for whoever calls it with an old one
    sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0])

import argparse
import os

from .common.console import SetupError, report, say
from .common.interrupts import raise_when_ended
from .get.odoo import source as odoo_source


def main(arguments: list[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    options = _parser().parse_args(arguments)
    raise_when_ended()
    try:
        return options.run()
    except SetupError as error:
        report(error)
        return 1
    except KeyboardInterrupt:
        say("\nstopped")
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 -m setup", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, (run, help_text) in _COMMANDS.items():
        commands.add_parser(name, help=help_text).set_defaults(run=run)
    return parser


def _series() -> str | None:
    """Return SERIES of the environment, None when it is not set."""
    series = os.environ.get("SERIES") or None
    if series and series not in odoo_source.SERIES:
        raise SetupError(
            f"SERIES={series} is not one of: {', '.join(odoo_source.SERIES)}.",
            f"For example: SERIES={odoo_source.DEFAULT_SERIES} make demo",
        )
    return series


def _test() -> int:
    from .check import suite

    return suite.run(_series())


def _demo() -> int:
    from .demo import run

    return run.demo(_series())


def _shell() -> int:
    from .demo import run

    return run.shell(_series())


def _stop() -> int:
    from .run import stop

    return stop.stop()


def _clean() -> int:
    from .run import stop

    return stop.clean()


def _translate() -> int:
    from .translate import terms

    return terms.run()


def _bench() -> int:
    from .bench import run

    return run.bench(_series())


def _test_core() -> int:
    from .check import core_tests

    return core_tests.run(_series())


def _test_wheels() -> int:
    from .check import wheel_tests

    return wheel_tests.run(_series())


def _precommit() -> int:
    from .check import linters

    return linters.run()


_COMMANDS = {
    "demo": (_demo, "a site with an assistant in its chat, played and left running"),
    "shell": (_shell, "an Odoo shell on the demo database; runs a script on stdin"),
    "stop": (_stop, "stop the demo, and whatever was left behind"),
    "test": (_test, "run everything that CI runs, on every series that can be had"),
    "test-core": (_test_core, "run Odoo's own tests, with our addons and without"),
    "test-wheels": (_test_wheels, "run the addons' tests from their wheels alone"),
    "precommit": (_precommit, "every linter on every file"),
    "bench": (_bench, "measure, side by side with plain designs, and print figures"),
    "translate": (_translate, "export the addons' terms, merge them into es.po"),
    "clean": (_clean, "stop, and remove this clone's databases and logs"),
}

if __name__ == "__main__":
    sys.exit(main())
