# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The record of one request to a model; the request is sent in ``chain/asking.py``."""

from dataclasses import dataclass, field

from ..errors import GptError
from .tries import Tries
from .usage import Usage, estimated_tokens


@dataclass
class CallRecord:
    """One request to a model: ``seconds`` is what it took, 0 while it runs.

    ``answer`` is what came back, whether or not it was accepted. ``tries`` are the HTTP
    calls that it took. ``is_estimated`` tells that ``usage`` is by the length of the
    texts, as the provider did not count.
    """

    step: str
    messages: list[tuple[str, str]]
    usage: Usage = field(default_factory=Usage)
    model_id: int | None = None
    seconds: float = 0.0
    answer: str = ""
    tries: Tries = field(default_factory=Tries)
    # Why there is no answer, of calls that the recorder was not told of.
    error: GptError | None = None
    # As many tokens as the answer may have; 0: as many as the model gives.
    max_tokens: int = 0

    is_estimated: bool = False
    # The name that the server gave to the model that answered.
    answered_by: str = ""

    def end(self, usage: Usage, answer: str) -> None:
        """Keep what came back; a provider that counts nothing is estimated."""
        self.answer = answer
        self.is_estimated = not (usage.input_tokens or usage.output_tokens)
        if self.is_estimated:
            sent = sum(estimated_tokens(text) for _role, text in self.messages)
            usage = Usage(input_tokens=sent, output_tokens=estimated_tokens(answer))
        self.usage = usage

    @property
    def unanswered_usage(self) -> Usage:
        """What tries without an answer may have taken at most, estimated."""
        sent = sum(estimated_tokens(text) for _role, text in self.messages)
        number = self.tries.unanswered
        return Usage(
            input_tokens=number * (self.usage.input_tokens or sent),
            output_tokens=number * self.max_tokens,
        )
