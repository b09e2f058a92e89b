# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Keeps what each call of a model was sent and what it used, however the chain ends."""

import re
import time
from typing import Any
from uuid import UUID

from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, LLMResult

from ..provider.call_record import CallRecord
from ..provider.tries import Tries, tries_of_this_thread
from ..provider.usage import Usage
from ..retrieval.passages import Passage
from ..retrieval.retriever import Retrieval
from ..text.storable import storable_text

# More of a model's name is not kept.
MAX_NAME = 200
# How the longest answer is called, by LangChain and by the two APIs.
_NEXT = re.compile(r"\n\n\[\w{1,200} · (?:system|human|ai)\]\n")
_LIMITS = ("max_tokens", "max_output_tokens", "max_completion_tokens")


def _heading(step: str, role: str) -> str:
    return f"[{step} · {role}]"


def asked_in(prompt: str, step: str) -> str:
    """Return what a step asked last, out of a :attr:`Recorder.prompt`."""
    heading = f"{_heading(step, 'human')}\n"
    _before, found, asked = f"\n\n{prompt}".rpartition(f"\n\n{heading}")
    # A later step may have been sent something, too.
    return _NEXT.split(asked, maxsplit=1)[0] if found else ""


class Recorder(BaseCallbackHandler):
    """LangChain callback that fills :attr:`calls`, in the order they were made.

    It raises nothing and is told of a call's step and catalogue model through the
    run's metadata. Retrievals are told to it: see :meth:`add_retrieval`.
    """

    def __init__(self) -> None:
        self.calls: list[CallRecord] = []
        self.retrievals: list[Retrieval] = []
        #: The ids of the approved examples that were shown.
        self.examples: list[int] = []
        self._running: dict[UUID, tuple[CallRecord, float, Tries]] = {}

    def add_retrieval(self, retrieval: Retrieval) -> None:
        """Keep what was looked up for the run, and the calls that it took."""
        self.retrievals.append(retrieval)
        self.calls.extend(retrieval.calls)

    @property
    def passages(self) -> list[Passage]:
        """The passages of all retrievals, in the order of their numbers."""
        return [passage for found in self.retrievals for passage in found.passages]

    @property
    def usage(self) -> Usage:
        """What all calls used together."""
        return sum((call.usage for call in self.calls), Usage())

    @property
    def tries(self) -> Tries:
        """The HTTP calls that all of it took."""
        return sum((call.tries for call in self.calls), Tries())

    @property
    def is_estimated(self) -> bool:
        """Whether the usage of some call is an estimate."""
        return any(call.is_estimated for call in self.calls)

    @property
    def prompt(self) -> str:
        """All messages that were sent, as one readable text."""
        return "\n\n".join(
            f"{_heading(call.step, role)}\n{text}"
            for call in self.calls
            for role, text in call.messages
        )

    def on_chat_model_start(
        self,
        serialized: dict[str, Any],
        messages: list[list[BaseMessage]],
        *,
        run_id: UUID,
        metadata: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        metadata = metadata or {}
        options = kwargs.get("invocation_params") or {}
        call = CallRecord(
            step=metadata.get("gpt_step", ""),
            model_id=metadata.get("gpt_model_id"),
            messages=[
                (message.type, storable_text(message.text)) for message in messages[0]
            ],
            max_tokens=next((options[n] for n in _LIMITS if options.get(n)), 0),
        )
        self.calls.append(call)
        self._running[run_id] = (call, time.monotonic(), tries_of_this_thread())

    def on_llm_end(self, response: LLMResult, *, run_id: UUID, **kwargs: Any) -> None:
        call = self._ended(run_id)
        generation = response.generations[0][0]
        if isinstance(generation, ChatGeneration):  # chat models give nothing else
            message = generation.message
            counted = message.usage_metadata if isinstance(message, AIMessage) else None
            call.end(Usage.from_metadata(counted), storable_text(message.text))
            told = message.response_metadata
            name = told.get("model_name") or told.get("model") or ""
            call.answered_by = storable_text(str(name))[:MAX_NAME]

    def on_llm_error(
        self, error: BaseException, *, run_id: UUID, **kwargs: Any
    ) -> None:
        call = self._ended(run_id)
        # The SDK raises for a structured answer that was cut, after it was paid for.
        completion = getattr(error, "completion", None)
        if completion is not None:
            paid = getattr(completion, "usage", None)
            usage = Usage.from_completion(paid.model_dump()) if paid else Usage()
            choices = getattr(completion, "choices", None) or []
            call.end(
                usage, storable_text("".join(c.message.content or "" for c in choices))
            )

    def _ended(self, run_id: UUID) -> CallRecord:
        call, started, before = self._running.pop(run_id)
        call.seconds = time.monotonic() - started
        call.tries = tries_of_this_thread() - before
        return call
