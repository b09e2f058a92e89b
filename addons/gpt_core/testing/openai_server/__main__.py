# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``python -m openai_server``: the server as a process."""

import argparse
import signal
import sys
import threading

from .calls import ENDPOINTS
from .default_answer import default_answer
from .prompts import Answerer
from .server import OpenAIServer


def main(
    arguments: list[str] | None = None, answerer: Answerer = default_answer
) -> int:
    """Serve until SIGINT or SIGTERM; returns the exit code."""
    options = _parser().parse_args(arguments)
    server = OpenAIServer(
        options.host,
        options.port,
        delay=options.delay,
        delta_pause=options.pause,
        endpoints=options.endpoints,
        answerer=answerer,
        quiet=options.quiet,
    )
    server.tuning.seconds_per_stage = options.tuning_seconds
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    try:
        server.start()
    except OSError as error:
        where = f"{options.host}:{options.port}"
        sys.stderr.write(f"cannot listen on {where}: {error}\n")
        return 1
    sys.stdout.write(f"{server.base_url}\n")
    sys.stdout.flush()
    ended.wait()
    server.stop()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m openai_server",
        description="A local server that speaks OpenAI's API.",
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0: a free one")
    parser.add_argument(
        "--delay", type=float, default=0.0, help="seconds of thinking per reply"
    )
    parser.add_argument(
        "--pause", type=float, default=0.0, help="seconds between pieces of a stream"
    )
    parser.add_argument(
        "--tuning-seconds",
        type=float,
        help="seconds per stage of a fine-tuning job (default: one stage per look)",
    )
    parser.add_argument(
        "--endpoints",
        type=lambda text: frozenset(text.split(",")),
        help=f"only some of {','.join(sorted(ENDPOINTS))}",
    )
    parser.add_argument("--quiet", action="store_true", help="no line per request")
    return parser


if __name__ == "__main__":
    sys.exit(main())
