# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a model is given to read of one lead, and where each piece came from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from odoo.addons.gpt_core.engine.digest import digest

SourceKind = Literal["field", "description", "chat", "email", "comment", "note"]

CUT_MARK = " […]"
# A message says most at its beginning; the rest of a long one is left out.
MAX_FIELD_CHARS = 4_000
MAX_MESSAGE_CHARS = 5_000
MAX_BLOCK_CHARS = 16_000


@dataclass(frozen=True)
class Source:
    """One piece of text about a lead.

    :param kind: what it is
    :param label: what people call it: a field's label, or who wrote and when
    :param text: what it says, as plain text
    :param reference: the id of the message, 0 for a field
    :param is_evidence: whether a value may rest on it; what our own people wrote to
        the customer proves nothing about them
    :param written_on: the day; "tomorrow" is another day in an older message
    """

    kind: SourceKind
    label: str
    text: str
    reference: int = 0
    is_evidence: bool = True
    written_on: date | None = None

    @property
    def is_message(self) -> bool:
        return self.kind in ("email", "comment", "note")

    @property
    def digest(self) -> str:
        """What equal texts have in common, and others have not."""
        return digest(self.text)[:16]

    def rendered(self) -> str:
        """Return it as it stands in the prompt."""
        if self.is_message or "\n" in self.text:
            return f"{self.label}:\n{self.text}"
        return f"{self.label}: {self.text}"


def fitting(
    sources: Iterable[Source], max_chars: int = MAX_BLOCK_CHARS
) -> list[Source]:
    """Return the sources that fit, in order: fields first, then the newest messages.

    :param sources: messages among them from the oldest to the newest
    """
    short = [short for source in sources if (short := _shortened(source)).text]
    fields = [source for source in short if not source.is_message]
    messages = [source for source in short if source.is_message]
    room = max_chars
    kept: list[Source] = []
    for source in [*fields, *reversed(messages)]:
        size = len(source.rendered()) + 2
        if size > room:
            continue
        room -= size
        kept.append(source)
    chosen = set(map(id, kept))
    return [source for source in [*fields, *messages] if id(source) in chosen]


def sources_block(sources: Sequence[Source]) -> str:
    """Return the text that goes to the model: short fields as lines, then the rest."""
    lines = [source.rendered() for source in sources if not source.is_message]
    messages = [source.rendered() for source in sources if source.is_message]
    return "\n\n".join(["\n".join(lines), *messages]).strip()


def _shortened(source: Source) -> Source:
    most = MAX_MESSAGE_CHARS if source.is_message else MAX_FIELD_CHARS
    text = source.text.replace("\x00", "").strip()
    if len(text) > most:
        text = text[: most - len(CUT_MARK)] + CUT_MARK
    return replace(source, text=text)
