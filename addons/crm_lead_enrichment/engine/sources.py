# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a model is given to read of one lead, and where each piece came from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from odoo.addons.gpt_core.engine.digest import digest

SourceKind = Literal[
    "field", "description", "chat", "email", "comment", "note", "summary"
]

CUT_MARK = " […]"
# A message says most at its beginning; the rest of a long one is left out.
MAX_FIELD_CHARS = 4_000
MAX_MESSAGE_CHARS = 5_000
# What somebody asked for at first is what the lead is about.
MAX_FIRST_CHARS = 8_000
# Less of a message is no use.
_MIN_PIECE_CHARS = 100
MAX_BLOCK_CHARS = 16_000
MAX_SUMMARY_CHARS = 2_000


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
        return self.kind in ("email", "comment", "note", "summary")

    @property
    def digest(self) -> str:
        """What equal texts have in common, and others have not."""
        return digest(self.text)[:16]

    def rendered(self) -> str:
        """Return it as it stands in the prompt."""
        if self.is_message or "\n" in self.text:
            return f"{self.label}:\n{self.text}"
        return f"{self.label}: {self.text}"


@dataclass(frozen=True)
class Fit:
    """Sources that fit into a prompt, in order, and the messages that do not."""

    kept: list[Source]
    left_out: list[Source]

    @property
    def first(self) -> Source | None:
        """The message that comes first, and stays whatever follows."""
        return next((source for source in self.kept if source.is_message), None)

    @property
    def newest_from(self) -> int:
        """The id of the oldest message after the first that is kept, 0 without one."""
        messages = [source for source in self.kept if source.is_message]
        return messages[1].reference if len(messages) > 1 else 0

    def with_summary(self, summary: Source) -> list[Source]:
        """Return what is kept, with a summary of what was left out in its place."""
        at = 1 + next(n for n, source in enumerate(self.kept) if source is self.first)
        return [*self.kept[:at], summary, *self.kept[at:]]


def fitting(sources: Iterable[Source], max_chars: int = MAX_BLOCK_CHARS) -> Fit:
    """Return the sources that fit: fields, the first message, then the newest ones.

    The first is the first of the customer, if they wrote any. The last one that there
    is room for is cut.

    :param sources: messages among them from the oldest to the newest
    """
    clean = [source for item in sources if (source := _clean(item)).text]
    fields = [
        _cut(source, MAX_FIELD_CHARS) for source in clean if not source.is_message
    ]
    messages = [source for source in clean if source.is_message]
    theirs = next((n for n, source in enumerate(messages) if source.is_evidence), 0)
    messages = [
        _cut(source, MAX_FIRST_CHARS if n == theirs else MAX_MESSAGE_CHARS)
        for n, source in enumerate(messages)
    ]
    room = max_chars
    kept_fields: list[Source] = []
    for source in fields:
        if (size := len(source.rendered()) + 2) <= room:
            room -= size
            kept_fields.append(source)
    kept: dict[int, Source] = {}
    newest = [n for n in reversed(range(len(messages))) if n != theirs]
    for number in [theirs, *newest] if messages else []:
        source = messages[number]
        size = len(source.rendered()) + 2
        if size > room:
            over = size - room
            if len(source.text) - over >= _MIN_PIECE_CHARS:
                kept[number] = _cut(source, len(source.text) - over)
            break
        room -= size
        kept[number] = source
    in_order = [kept[number] for number in sorted(kept)]
    left_out = [source for n, source in enumerate(messages) if n not in kept]
    return Fit([*kept_fields, *in_order], left_out)


def sources_block(sources: Sequence[Source]) -> str:
    """Return the text that goes to the model: short fields as lines, then the rest."""
    lines = [source.rendered() for source in sources if not source.is_message]
    messages = [source.rendered() for source in sources if source.is_message]
    return "\n\n".join(["\n".join(lines), *messages]).strip()


def _clean(source: Source) -> Source:
    return replace(source, text=source.text.replace("\x00", "").strip())


def _cut(source: Source, most: int) -> Source:
    if len(source.text) <= most:
        return source
    return replace(source, text=source.text[: most - len(CUT_MARK)] + CUT_MARK)
