# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The WSGI application: key, journal, faults, and the way to the endpoint."""

import hashlib
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from . import chat_api, control, embeddings, files_api, responses_api, tuning_api
from .calls import Call, State, new_id
from .connection import ClientConnection
from .contents import decoded, read_content
from .errors import ApiError, incorrect_key, missing_key, unknown_url
from .faults import REFUSALS, Fault
from .journal import JournalEntry
from .refusals import refuse
from .replies import LastPart, Reply, bytes_reply, error_reply

_logger = logging.getLogger(__name__)

Endpoint = Callable[..., Reply]

JOBS = "/v1/fine_tuning/jobs"
# (method, path, group that can be switched off, endpoint)
ROUTES: tuple[tuple[str, str, str, Endpoint], ...] = (
    ("POST", "/v1/responses", "responses", responses_api.create),
    ("GET", "/v1/responses/<response_id>", "responses", responses_api.retrieve),
    ("POST", "/v1/chat/completions", "chat", chat_api.create),
    ("POST", "/v1/embeddings", "embeddings", embeddings.create),
    ("GET", "/v1/models", "models", files_api.models),
    ("GET", "/v1/models/<name>", "models", files_api.model),
    ("DELETE", "/v1/models/<name>", "models", files_api.delete_model),
    ("POST", "/v1/files", "files", files_api.create),
    ("GET", "/v1/files", "files", files_api.listing),
    ("GET", "/v1/files/<file_id>", "files", files_api.retrieve),
    ("GET", "/v1/files/<file_id>/content", "files", files_api.content),
    ("DELETE", "/v1/files/<file_id>", "files", files_api.delete),
    ("POST", JOBS, "fine_tuning", tuning_api.create),
    ("GET", JOBS, "fine_tuning", tuning_api.listing),
    ("GET", f"{JOBS}/<job_id>", "fine_tuning", tuning_api.retrieve),
    ("POST", f"{JOBS}/<job_id>/cancel", "fine_tuning", tuning_api.cancel),
    ("POST", f"{JOBS}/<job_id>/pause", "fine_tuning", tuning_api.pause),
    ("POST", f"{JOBS}/<job_id>/resume", "fine_tuning", tuning_api.resume),
    ("GET", f"{JOBS}/<job_id>/events", "fine_tuning", tuning_api.events),
    ("GET", f"{JOBS}/<job_id>/checkpoints", "fine_tuning", tuning_api.checkpoints),
)


class Application:
    """Answers requests from a ``State``."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._routes = Map(
            [
                Rule(path, methods=[method], endpoint=endpoint)
                for method, path, group, endpoint in ROUTES
                if group == "models" or group in state.endpoints
            ]
        )

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer one request; a ``ConnectionError`` drops the connection."""
        request = Request(environ)
        if request.path.startswith(control.PREFIX):
            reply = self._control(request)
            return _response(reply, reply.body)(environ, start_response)
        exchange = _Exchange(self._state, self._routes, request)
        return exchange.response()(environ, start_response)

    def _control(self, request: Request) -> Reply:
        name = request.path.removeprefix(control.PREFIX)
        raw = request.get_data()
        try:
            body = decoded(raw) if raw else None
            return control.handle(self._state, request.method, name, request.args, body)
        except ApiError as error:
            return error_reply(error)


class _Exchange:
    """One request and its reply, noted in the journal."""

    def __init__(self, state: State, routes: Map, request: Request) -> None:
        self._state = state
        self._routes = routes
        self._request = request
        self._started = time.monotonic()
        sock = request.environ.get("werkzeug.socket")
        self._connection = ClientConnection(sock, state.stopping)
        self._key = _bearer_key(request)

    def response(self) -> Response:
        """The reply as a response whose end is noted when it was sent."""
        content = read_content(self._request)
        request = self._request
        text = content.searchable()
        fault = self._state.faults.take(request.method, request.path, text)
        entry = self._note(content.body, fault.name if fault else None)
        call = Call(
            state=self._state,
            method=request.method,
            path=request.path,
            query=request.args,
            body=content.body if isinstance(content.body, dict) else {},
            text=text,
            fault=fault,
            connection=self._connection,
            upload=content.upload,
        )
        try:
            reply = self._reply(call, content.problem, entry)
        except ConnectionError:
            self._state.journal.finish(entry, completed=False)
            raise
        self._state.journal.answer(entry, reply.status)
        response = _response(reply, self._sent(entry, reply))
        elapsed = int(1000 * (time.monotonic() - self._started))
        response.headers["openai-processing-ms"] = str(elapsed)
        return response

    def _reply(
        self, call: Call, problem: ApiError | None, entry: JournalEntry
    ) -> Reply:
        try:
            if problem:
                raise problem
            return self._answer(call, entry)
        except ApiError as error:
            return error_reply(error)
        except ConnectionError:
            raise
        except Exception:
            # A fault of this server itself must not look like an ordered one.
            _logger.exception("%s %s", call.method, call.path)
            return error_reply(ApiError(500, "bug in the local server", kind="bug"))

    def _answer(self, call: Call, entry: JournalEntry) -> Reply:
        _check_key(self._key)
        endpoint, values = self._endpoint()
        if call.fault is not None and call.fault.name == "raw":
            return _raw(call.fault, self._key)
        if call.fault is not None and call.fault.name in REFUSALS:
            note_sent = partial(self._state.journal.send, entry)
            refuse(
                call.fault, call.body, call.path, self._key, self._connection, note_sent
            )
        reply = endpoint(call, **values)
        if call.has_fault("lost_reply"):
            raise self._connection.reset()
        return reply

    def _endpoint(self) -> tuple[Endpoint, dict[str, Any]]:
        method, path = self._request.method, self._request.path
        try:
            return self._routes.bind("localhost").match(path, method)
        except HTTPException as error:
            raise unknown_url(method, path) from error

    def _note(self, body: Any, fault: str | None) -> JournalEntry:
        digest = hashlib.sha256(self._key.encode()).hexdigest()
        return self._state.journal.open(
            path=self._request.path,
            method=self._request.method,
            body=body,
            fault=fault,
            headers=dict(self._request.headers),
            api_key_fingerprint=digest[:12] if self._key else None,
        )

    def _sent(self, entry: JournalEntry, reply: Reply) -> Iterator[bytes]:
        """The body; its last part goes out once the journal knows of it."""
        journal = self._state.journal
        is_whole = False
        try:
            for part in reply.body:
                if isinstance(part, LastPart):
                    is_whole = not self._connection.is_gone()
                    journal.finish(entry, completed=is_whole)
                yield part
        except (ConnectionError, GeneratorExit):
            journal.finish(entry, completed=False)
            raise
        if not is_whole:
            journal.finish(entry, completed=False)


def _response(reply: Reply, body: Iterable[bytes]) -> Response:
    response = Response(
        body,
        status=reply.status,
        content_type=reply.content_type,
        direct_passthrough=True,
    )
    if reply.length is not None:
        response.content_length = reply.length
    response.headers["x-request-id"] = new_id("req_")
    response.headers["openai-version"] = "2020-10-01"
    for name, value in reply.headers.items():
        response.headers[name] = value
    return response


def _raw(fault: Fault, key: str) -> Reply:
    text = (fault.body or "Bad gateway").replace("{key}", key)
    headers = {
        name: value.replace("{key}", key)
        for name, value in (fault.headers or {}).items()
    }
    return bytes_reply(text.encode(), fault.content_type, fault.status, headers)


def _bearer_key(request: Request) -> str:
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""


def _check_key(key: str) -> None:
    if not key:
        raise missing_key()
    if key == "wrong" or key.startswith("invalid"):
        raise incorrect_key(key)
