# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The server as an object: starts on a free port, stops without leftovers."""

import socket
import sys
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from .app import Application
from .calls import ENDPOINTS, State
from .default_answer import default_answer
from .faults import FaultQueue
from .journal import Journal
from .prompts import Answerer
from .scripted import Scripted, VectorChange
from .tuning_jobs import TuningJobs

BACKLOG = 512
POLL_SECONDS = 0.02


class OpenAIServer:
    """An OpenAI-compatible server in a thread of this process.

    Example::

        with OpenAIServer() as server:
            server.answer_with("Hola")
            client = openai.OpenAI(base_url=server.base_url, api_key="any")

    ``port`` 0 takes a free one. ``delay`` is the seconds of "thinking" before each
    reply of a text model, ``delta_pause`` those between the pieces of a stream; both
    can be changed at any time. ``endpoints`` leaves only some of ``calls.ENDPOINTS``
    (``/v1/models`` is always there). ``answerer`` gives the answers that nobody
    ordered. Raises ``OSError`` when the port is taken.
    """

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        delay: float = 0.0,
        delta_pause: float = 0.0,
        endpoints: Iterable[str] | None = None,
        answerer: Answerer = default_answer,
        quiet: bool = True,
    ) -> None:
        wanted = ENDPOINTS if endpoints is None else frozenset(endpoints)
        if unknown := wanted - ENDPOINTS:
            raise ValueError(f"unknown endpoints: {', '.join(sorted(unknown))}")
        self.state = State(
            endpoints=wanted, delay=delay, delta_pause=delta_pause, answerer=answerer
        )
        self._host = host
        self._port = port
        self._handler = _QuietHandler if quiet else _LoggingHandler
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> Self:
        """Listen and answer in a thread of its own, until ``stop``."""
        if self._server is not None:
            raise RuntimeError("the server is already running")
        self.state.stopping.clear()
        # Bound here, since Werkzeug ends the process when a port is taken.
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        with socket.create_server(
            (self._host, self._port), family=family, backlog=BACKLOG
        ) as listening:
            self._port = listening.getsockname()[1]
            self._server = _Server(
                self._host,
                self._port,
                Application(self.state),
                self._handler,
                fd=listening.fileno(),
            )
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            args=(POLL_SECONDS,),
            name="openai-server",
            daemon=True,
        )
        self._thread.start()
        return self

    def stop(self, timeout: float = 10) -> None:
        """Stop listening and end the requests under way; harmless when stopped."""
        server, self._server = self._server, None
        if server is None or self._thread is None:
            return
        self.state.stopping.set()
        server.shutdown()
        self._thread.join(timeout)
        server.expect_no_more()
        server.server_close()
        if not server.wait_for_none(timeout):
            raise TimeoutError(f"requests still running after {timeout} s")

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def base_url(self) -> str:
        """The ``base_url`` for a client: ``http://127.0.0.1:PORT/v1``."""
        if not self._port:
            raise RuntimeError("the server has not been started")
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}/v1"

    @property
    def journal(self) -> Journal:
        """What the server was asked."""
        return self.state.journal

    @property
    def faults(self) -> FaultQueue:
        """What will go wrong: ``server.faults.order(Fault("timeout"))``."""
        return self.state.faults

    @property
    def tuning(self) -> TuningJobs:
        """The fine-tuning jobs; ``seconds_per_stage`` sets their pace."""
        return self.state.tuning

    @property
    def delay(self) -> float:
        """Seconds of "thinking" before each reply of a text model."""
        return self.state.delay

    @delay.setter
    def delay(self, seconds: float) -> None:
        self.state.delay = seconds

    @property
    def delta_pause(self) -> float:
        """Seconds between the pieces of a stream."""
        return self.state.delta_pause

    @delta_pause.setter
    def delta_pause(self, seconds: float) -> None:
        self.state.delta_pause = seconds

    def answer_with(
        self, answer: Scripted, times: int | None = 1, match: str | None = None
    ) -> None:
        """Give the next answers: a text, a dict (sent as JSON), or a callable.

        A callable gets the request's body and returns one of the two. Several orders
        are used in turn; ``match`` keeps one for requests with that text. Without an
        order the answer is that of the ``answerer``.
        """
        self.state.answers.order(answer, times, match)

    def change_vectors(self, change: VectorChange, match: str = "") -> None:
        """Change the vectors of texts that have ``match`` in them: a faulty model.

        ``change`` gets the vector and returns what is sent instead.
        """
        self.state.vectors.order(change, match)

    def reset(self) -> None:
        """Forget journal, faults, answers and delays; keep files and jobs."""
        self.state.journal.clear()
        self.state.faults.clear()
        self.state.answers.clear()
        self.state.vectors.clear()
        self.state.delay = self.state.delta_pause = 0.0


class _Server(ThreadedWSGIServer):
    """One thread per connection, known until the thread is done."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._changed = threading.Condition()
        self._connections: set[socket.socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Note a connection, then answer its request in a thread of its own."""
        with self._changed:
            self._connections.add(request)
        return super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer the request of a connection, then forget it."""
        try:
            return super().process_request_thread(request, client_address)
        finally:
            with self._changed:
                self._connections.discard(request)
                self._changed.notify_all()

    def expect_no_more(self) -> None:
        """Wake those who wait: nothing more comes from any client."""
        with self._changed:
            for connection in self._connections:
                with suppress(OSError):  # the client was faster
                    connection.shutdown(socket.SHUT_RD)

    def wait_for_none(self, timeout: float) -> bool:
        """Whether no connection is left, at the latest after ``timeout``."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._connections, timeout)


class _QuietHandler(WSGIRequestHandler):
    """Writes no log; sends small packets at once."""

    disable_nagle_algorithm = True

    def connection_dropped(
        self, error: BaseException, environ: dict[str, Any] | None = None
    ) -> None:
        """Close what a fault broke off, instead of waiting for a next request."""
        self.close_connection = True

    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing: the journal has it."""


class _LoggingHandler(_QuietHandler):
    """One line per request on standard error, never its content."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Time, method, path and status."""
        now = time.strftime("%H:%M:%S")
        sys.stderr.write(f"{now} {self.command} {self.path} {code}\n")
