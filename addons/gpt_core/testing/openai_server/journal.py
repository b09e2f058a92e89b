# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the server was asked, in order of arrival."""

import threading
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

# Never kept, so that a journal can be printed or attached to a failed test.
SECRET_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization"})


@dataclass
class JournalEntry:
    """One request.

    ``at`` and ``finished_at`` are Unix times in seconds; ``body`` is the decoded
    JSON, the form fields of an upload, or the raw text; ``status`` is ``None``
    until a reply begins; ``sent_bytes`` counts what went out of a reply that comes byte
    by byte; ``completed`` says that the whole reply was handed over to a client that
    was still connected.
    """

    id: int
    at: float
    path: str
    method: str
    body: Any
    fault: str | None
    headers: dict[str, str] = field(default_factory=dict)
    api_key_fingerprint: str | None = None
    status: int | None = None
    sent_bytes: int = 0
    completed: bool = False
    finished_at: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """The entry as JSON-ready values."""
        return asdict(self)


class Journal:
    """Thread-safe list of requests; readers get copies."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._entries: list[JournalEntry] = []
        self._last_id = 0

    def open(
        self,
        *,
        path: str,
        method: str,
        body: Any,
        fault: str | None,
        headers: Mapping[str, str],
        api_key_fingerprint: str | None,
    ) -> JournalEntry:
        """Note a request on arrival; the entry is finished through the journal."""
        with self._changed:
            self._last_id += 1
            entry = JournalEntry(
                id=self._last_id,
                at=time.time(),
                path=path,
                method=method,
                body=body,
                fault=fault,
                headers=_without_secrets(headers),
                api_key_fingerprint=api_key_fingerprint,
            )
            self._entries.append(entry)
            self._changed.notify_all()
        return entry

    def answer(self, entry: JournalEntry, status: int) -> None:
        """Note the HTTP status of the reply that begins now."""
        with self._changed:
            entry.status = status
            self._changed.notify_all()

    def send(self, entry: JournalEntry, sent_bytes: int) -> None:
        """Note how much of a reply has gone out."""
        with self._changed:
            entry.sent_bytes = sent_bytes
            self._changed.notify_all()

    def finish(self, entry: JournalEntry, *, completed: bool) -> None:
        """Note how the reply ended."""
        with self._changed:
            entry.completed = completed
            entry.finished_at = time.time()
            self._changed.notify_all()

    def entries(self, path: str | None = None) -> list[JournalEntry]:
        """Copies of the requests so far, of one path only if it is given."""
        with self._changed:
            return self._select(path, completed=False)

    def clear(self) -> None:
        """Forget all requests; ids go on counting."""
        with self._changed:
            self._entries.clear()

    def wait_for(
        self,
        count: int,
        path: str | None = "/v1/responses",
        timeout: float = 10,
        *,
        completed: bool = False,
    ) -> list[JournalEntry]:
        """Wait until ``count`` requests arrived (or were completed); return them.

        Raises ``TimeoutError``, saying what did arrive, after ``timeout`` seconds.
        """
        with self._changed:
            self._changed.wait_for(
                lambda: len(self._select(path, completed)) >= count, timeout
            )
            found = self._select(path, completed)
            seen = [(e.method, e.path, e.status) for e in self._entries]
        if len(found) < count:
            raise TimeoutError(
                f"{len(found)} of {count} requests to {path or 'any path'} within "
                f"{timeout} s; the journal has {seen}"
            )
        return found

    def _select(self, path: str | None, completed: bool) -> list[JournalEntry]:
        return [
            replace(entry)
            for entry in self._entries
            if path in (None, entry.path) and (entry.completed or not completed)
        ]


def _without_secrets(headers: Mapping[str, str]) -> dict[str, str]:
    lowered = {name.lower(): value for name, value in headers.items()}
    return {n: value for n, value in lowered.items() if n not in SECRET_HEADERS}
