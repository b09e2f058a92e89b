# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Collects the lines of a data set on disk, and writes them into two files.

Only numbers stay in memory, some 400 bytes for an example; the texts are in a temporary
file.
"""

import hashlib
import tempfile
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO, overload

from odoo.addons.gpt_core.engine.examples.groups import Groups
from odoo.addons.gpt_core.engine.examples.near_copies import signature, similar_pairs
from odoo.addons.gpt_core.engine.provider.usage import most_tokens, tokens_of_chars

from .layout import Layout, as_line, lines_of
from .masking_again import MaskerAgain
from .source import Dialogue, LeftOutError, SourceExample, dialogue_of
from .split import rank, validation_places

_DIGEST = 16
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Settings:
    """What a data set asks for.

    :param share: of the lines that are for validation, from 0 to 1
    :param max_lines: more are left out; 0: no limit
    :param max_tokens: longer examples are left out; 0: no limit
    :param has_mark: the files begin with a byte order mark
    """

    layout: Layout
    share: float = 0.2
    seed: int = 0
    max_lines: int = 0
    max_tokens: int = 0
    has_mark: bool = False


@dataclass
class WrittenFile:
    """A finished file: which examples are in it, line by line, and their tokens."""

    example_ids: "array[int]" = field(default_factory=lambda: array("q"))
    tokens: int = 0


class _Digests(Sequence[bytes]):
    """Digests of the same length, one behind the other."""

    def __init__(self) -> None:
        self._data = bytearray()

    def append(self, digest: bytes) -> None:
        self._data += digest

    def __len__(self) -> int:
        return len(self._data) // _DIGEST

    @overload
    def __getitem__(self, place: int) -> bytes: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[bytes]: ...

    def __getitem__(self, place: int | slice) -> bytes | Sequence[bytes]:
        if isinstance(place, slice):
            return [self[n] for n in range(*place.indices(len(self)))]
        if not 0 <= place < len(self):
            raise IndexError(place)
        return bytes(self._data[place * _DIGEST : (place + 1) * _DIGEST])


class Collection:
    """Takes examples one after the other, and splits them at the end.

    Example::

        with Collection(settings) as collection:
            for example in examples:
                collection.add(example)
            collection.split()
            train = collection.write_to(train_file, validation=False)
            valid = collection.write_to(valid_file, validation=True)
    """

    def __init__(self, settings: Settings):
        self._settings = settings
        self._spool: IO[bytes] = tempfile.TemporaryFile()
        self._ids = array("q")
        self._ends = array("q", [0])
        self._tokens = array("q")
        # Of each example, also of those that say the same: its line, and what it is of.
        self._places = array("q")
        self._linked = tuple(array("q") for _ in range(4))
        self._digests = _Digests()
        self._signatures, self._bands = bytearray(), bytearray()
        self._known: dict[bytes, int] = {}
        self._validation: set[int] = set()
        self._surplus: set[int] = set()
        self.left_out: Counter[str] = Counter()
        #: Ids of the examples that were left out, by the reason; not more than so many.
        self.left_out_ids: dict[str, list[int]] = {}

    MAX_IDS = 200

    def __enter__(self) -> "Collection":
        return self

    def __exit__(self, *_exception: object) -> None:
        self._spool.close()

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, example: SourceExample) -> None:
        """Take an example, or note why it is left out."""
        try:
            dialogue = _masked(dialogue_of(example), example.names)
            lines = lines_of(
                self._settings.layout, dialogue, example.system, example.liked
            )
            self._add_lines(example, dialogue, [as_line(line) for line in lines])
        except LeftOutError as error:
            self._leave_out(error.reason, example.id)

    def _add_lines(
        self, example: SourceExample, dialogue: Dialogue, lines: list[bytes]
    ) -> None:
        chars = [len(line.decode()) for line in lines]
        limit = self._settings.max_tokens
        if limit and any(most_tokens("x" * count) > limit for count in chars):
            raise LeftOutError("too_long")
        said = [message["content"] for message in dialogue.prompt]
        marks, bands = signature("\n".join([*said, dialogue.chosen]))
        is_new = False
        for line, count in zip(lines, chars, strict=True):
            digest = hashlib.sha256(line).digest()[:_DIGEST]
            place = self._known.get(digest)
            if place is None:
                is_new, place = True, len(self)
                self._known[digest] = place
                self._spool.write(line)
                self._ends.append(self._ends[-1] + len(line))
                self._ids.append(example.id)
                self._tokens.append(tokens_of_chars(count))
                self._digests.append(digest)
                self._signatures += marks
                self._bands += bands
            self._link(place, example)
        if not is_new:
            raise LeftOutError("duplicate")

    def _link(self, place: int, example: SourceExample) -> None:
        self._places.append(place)
        links = (example.id, example.conversation, example.partner, example.group)
        for values, value in zip(self._linked, links, strict=True):
            values.append(value)

    def _leave_out(self, reason: str, example_id: int) -> None:
        self.left_out[reason] += 1
        ids = self.left_out_ids.setdefault(reason, [])
        if len(ids) < self.MAX_IDS:
            ids.append(example_id)

    def split(self) -> None:
        """Decide on which side each line stands."""
        settings = self._settings
        self._known.clear()
        groups = Groups(len(self))
        for values in self._linked:
            groups.join_equal(values, self._places)
        groups.join_pairs(similar_pairs(self._signatures, self._bands))
        self._signatures, self._bands = bytearray(), bytearray()
        self._validation = validation_places(
            groups, self._digests, settings.share, settings.seed
        )
        if settings.max_lines:
            ranked = self._ranked(range(len(self)))
            self._surplus = set(ranked[settings.max_lines :])
            for place in sorted(self._surplus):
                self._leave_out("too_many", self._ids[place])

    def write_to(self, file: IO[bytes], validation: bool) -> WrittenFile:
        """Write one of the two files, in the order that the seed decides."""
        written = WrittenFile()
        chosen = [
            place
            for place in range(len(self))
            if (place in self._validation) is validation and place not in self._surplus
        ]
        if self._settings.has_mark and chosen:
            file.write(BYTE_ORDER_MARK)
        for place in self._ranked(chosen):
            start, end = self._ends[place], self._ends[place + 1]
            self._spool.seek(start)
            file.write(self._spool.read(end - start))
            written.example_ids.append(self._ids[place])
            written.tokens += self._tokens[place]
        return written

    def _ranked(self, places: Sequence[int]) -> list[int]:
        seed = self._settings.seed
        return sorted(places, key=lambda place: rank(seed, self._digests[place]))


def _masked(dialogue: Dialogue, names: tuple[str, ...]) -> Dialogue:
    prompt = [message["content"] for message in dialogue.prompt]
    masker = MaskerAgain([*prompt, dialogue.chosen, dialogue.rejected], names)
    return Dialogue(
        [
            message | {"content": masker.mask(message["content"])}
            for message in dialogue.prompt
        ],
        masker.mask(dialogue.chosen),
        masker.mask(dialogue.rejected),
    )
