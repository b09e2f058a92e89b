# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What an endpoint gets to work with: the server's state and one request."""

import re
import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .catalogue import Catalogue
from .connection import ClientConnection
from .default_answer import default_answer
from .faults import Fault, FaultQueue
from .files import FileStore
from .journal import Journal
from .prompts import Answerer, Message, Prompt
from .scripted import ChangedVectors, ScriptedAnswers
from .tokens import PromptCache
from .tuning_jobs import TuningJobs

ENDPOINTS = frozenset({"responses", "chat", "embeddings", "files", "fine_tuning"})
RESPONSES_KEPT = 1000
_AROUND = re.compile(r"<(\w+)>\s*(.*?)\s*</\1>", re.DOTALL)
SLOW_SECONDS = 5.0


class StoredResponses:
    """The last responses and their conversations, for ``previous_response_id``."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[dict[str, Any], tuple[Message, ...]]] = (
            OrderedDict()
        )

    def save(self, response: dict[str, Any], messages: Sequence[Message]) -> None:
        """Keep a response with everything said up to and including it."""
        with self._lock:
            self._kept[response["id"]] = (response, tuple(messages))
            while len(self._kept) > RESPONSES_KEPT:
                self._kept.popitem(last=False)

    def get(
        self, response_id: str
    ) -> tuple[dict[str, Any], tuple[Message, ...]] | None:
        """The response and its conversation, ``None`` when it is not kept."""
        with self._lock:
            return self._kept.get(response_id)


@dataclass
class State:
    """Everything that outlives a request."""

    endpoints: frozenset[str] = ENDPOINTS
    delay: float = 0.0
    delta_pause: float = 0.0
    journal: Journal = field(default_factory=Journal)
    faults: FaultQueue = field(default_factory=FaultQueue)
    answers: ScriptedAnswers = field(default_factory=ScriptedAnswers)
    answerer: Answerer = default_answer
    vectors: ChangedVectors = field(default_factory=ChangedVectors)
    catalogue: Catalogue = field(default_factory=Catalogue)
    prompt_cache: PromptCache = field(default_factory=PromptCache)
    responses: StoredResponses = field(default_factory=StoredResponses)
    files: FileStore = field(default_factory=FileStore)
    stopping: threading.Event = field(default_factory=threading.Event)
    tuning: TuningJobs = field(init=False)

    def __post_init__(self) -> None:
        self.tuning = TuningJobs(self.files, self.catalogue)


@dataclass(frozen=True)
class Call:
    """One request with its fault; ``text`` is what ``match`` looks into."""

    state: State
    method: str
    path: str
    query: Mapping[str, str]
    body: dict[str, Any]
    text: str
    fault: Fault | None
    connection: ClientConnection
    upload: tuple[str, bytes] | None = None

    def think(self) -> None:
        """Let the model's time pass; raises ``ClientLeft`` if nobody waits."""
        self.connection.wait(self.state.delay)
        self.wait_for_fault()

    def pause(self) -> None:
        """Let the time between two pieces of a stream pass."""
        self.connection.wait(self.state.delta_pause)

    def wait_for_fault(self) -> None:
        """Let the seconds pass that the fault of this request takes."""
        if self.fault is not None:
            default = SLOW_SECONDS if self.fault.name == "slow" else 0.0
            seconds = self.fault.seconds
            self.connection.wait(default if seconds is None else seconds)

    def answer_text(self, prompt: Prompt) -> str:
        """The text of the next answer that was ordered, else of the model.

        A tuned model repeats what it was trained on; the answerer has the rest.
        """
        ordered = self.state.answers.take(self.body, self.text)
        if ordered is None:
            ordered = _learned(prompt)
        return self.state.answerer(prompt) if ordered is None else ordered

    def has_fault(self, name: str) -> bool:
        """Whether this request has that fault."""
        return self.fault is not None and self.fault.name == name


def _learned(prompt: Prompt) -> str | None:
    """What the model was taught to answer to the last message, whatever is around it.

    A name in angle brackets that stands before and after a question is no part of it.
    """
    asked = [m.text for m in prompt.messages if m.role == "user"]
    if not asked:
        return None
    taught = prompt.card.taught
    inside = _AROUND.fullmatch(asked[-1])
    return taught.get(asked[-1]) or (taught.get(inside[2]) if inside else None)


def new_id(prefix: str) -> str:
    """An identifier in the API's style: ``resp_4f…``."""
    return f"{prefix}{secrets.token_hex(24)}"
