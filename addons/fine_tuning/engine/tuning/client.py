# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Asks a provider for files and tuning jobs, so that nothing is made twice.

What makes something is never tried again at once: whoever asks again looks first
whether it is there already, since a reply may be lost on its way.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

import openai

from odoo.addons.gpt_core.engine.provider import deadline
from odoo.addons.gpt_core.engine.provider.address import base_address
from odoo.addons.gpt_core.engine.provider.chat_model import Endpoint
from odoo.addons.gpt_core.engine.provider.http_client import http_client

from .progress import Progress, progress_of
from .refusals import Refusal, refusal_of

# Seconds: of one look at a job, and of a file that is sent. Odoo allows a job 120.
LOOK_SECONDS = 45.0
UPLOAD_SECONDS = 100.0
# Of a list, no more is read.
MOST_EVENTS = 2000
MOST_FILES = 5000
MOST_JOBS = 500
Answer = TypeVar("Answer")
# The status of jobs that are not to be continued.
_OVER = ("failed", "cancelled", "canceled", "error")


class TuningApi:
    """The tuning API of one endpoint.

    Every method raises :class:`.refusals.Refusal` when the provider does not do it.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        headers = endpoint.headers
        if endpoint.key_header:
            headers = (*headers, (endpoint.key_header, endpoint.api_key))
        address, query = base_address(endpoint.base_url)
        self._client = openai.OpenAI(
            api_key=endpoint.api_key,
            base_url=address,
            default_query=query,
            timeout=UPLOAD_SECONDS,
            max_retries=0,
            http_client=http_client(
                headers, UPLOAD_SECONDS, endpoint.proxy, endpoint.ca_bundle
            ),
        )

    def upload(self, name: str, content: bytes, is_retry: bool = False) -> str:
        """Return the id of a file at the provider, which is sent if it is not there.

        :param name: which no other file has
        :param is_retry: whether it may have been sent before
        """
        with self._asking("upload", UPLOAD_SECONDS):
            known = self._file_named(name, len(content)) if is_retry else ""
            if known:
                return known
            file = self._client.files.create(file=(name, content), purpose="fine-tune")
            return file.id

    def start(self, body: Mapping[str, Any], is_retry: bool = False) -> Progress:
        """Return the job of a request, which is made if it is not there.

        :param is_retry: whether it may have been made before
        """
        with self._asking("create", LOOK_SECONDS):
            known = self._job_of(str(body["training_file"])) if is_retry else None
            if known is None:
                known = self._client.fine_tuning.jobs.create(
                    model=body["model"],
                    training_file=body["training_file"],
                    extra_body=dict(body),
                ).to_dict()
            return progress_of(known)

    def cancel_of(self, training_file: str) -> Progress | None:
        """Cancel the job of a file, if one was made of which nobody heard."""
        with self._asking("create", LOOK_SECONDS):
            known = self._job_of(training_file)
        return self.cancel(str(known["id"])) if known else None

    def look(self, job_id: str, last_event: str = "") -> Progress:
        """Return how far a job is, with the events after ``last_event``."""
        jobs = self._client.fine_tuning.jobs
        with self._asking("look", LOOK_SECONDS):
            # Before the job: whatever there is when it is over is read then.
            job = jobs.retrieve(job_id).to_dict()
            events = _optional(
                lambda: list(_until(last_event, jobs.list_events(job_id, limit=100)))
            )
            checkpoints = _optional(
                lambda: [
                    checkpoint.to_dict()
                    for checkpoint in islice(jobs.checkpoints.list(job_id), 100)
                ]
            )
            return progress_of(job, events, checkpoints)

    def cancel(self, job_id: str) -> Progress:
        """Stop a job; return how it is then."""
        return self._turn("cancel", self._client.fine_tuning.jobs.cancel, job_id)

    def pause(self, job_id: str) -> Progress:
        """Pause a job; return how it is then."""
        return self._turn("pause", self._client.fine_tuning.jobs.pause, job_id)

    def resume(self, job_id: str) -> Progress:
        """Go on with a job; return how it is then."""
        return self._turn("pause", self._client.fine_tuning.jobs.resume, job_id)

    def delete_file(self, file_id: str) -> bool:
        """Delete a file; tell whether it was there."""
        with self._asking("delete", LOOK_SECONDS):
            try:
                self._client.files.delete(file_id)
            except openai.NotFoundError:
                return False
            return True

    def _turn(self, asked: str, do: Callable[[str], Any], job_id: str) -> Progress:
        with self._asking(asked, LOOK_SECONDS):
            try:
                return progress_of(do(job_id).to_dict())
            except openai.BadRequestError:
                # It has ended meanwhile, or is so already: that is told by a look.
                return progress_of(
                    self._client.fine_tuning.jobs.retrieve(job_id).to_dict()
                )

    def _file_named(self, name: str, size: int) -> str:
        files = _optional(
            lambda: list(
                islice(self._client.files.list(purpose="fine-tune"), MOST_FILES)
            )
        )
        return next((f.id for f in files if (f.filename, f.bytes) == (name, size)), "")

    def _job_of(self, training_file: str) -> dict[str, Any] | None:
        jobs = _optional(
            lambda: list(islice(self._client.fine_tuning.jobs.list(), MOST_JOBS))
        )
        same = (job.to_dict() for job in jobs if job.training_file == training_file)
        return next((job for job in same if job.get("status") not in _OVER), None)

    @contextmanager
    def _asking(self, asked: str, seconds: float) -> Iterator[None]:
        try:
            with deadline.until(time.monotonic() + seconds):
                yield
        except Refusal:
            raise
        except openai.OpenAIError as error:
            raise refusal_of(error, asked) from error
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            # The SDK takes whatever comes with status 200, a web page for example.
            raise Refusal("no_tuning_api", type(error).__name__) from error


def _optional(read: Callable[[], list[Answer]]) -> list[Answer]:
    """Return a list, empty where the provider has no such list."""
    try:
        return read()
    except openai.NotFoundError:
        return []


def _until(last_event: str, events: Any) -> Iterator[dict[str, Any]]:
    """Return the events, the newest first, that came after the last one known."""
    for event in islice(events, MOST_EVENTS):
        if event.id == last_event:
            return
        yield event.to_dict()
