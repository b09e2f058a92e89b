# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What people get to read of a model's answer: plain text, safe links, sources."""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from ..retrieval.cited_passages import MARK, marked_numbers
from ..text.length import cut_at_sentence

_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'`\\]+", re.I)
_TRAILING = ".,;:!?)]}»”…"
_SPACED_MARK = re.compile(rf"\s?{MARK.pattern}")
# [text](address), which a chat shows as it is written.
_MARKDOWN_LINK = re.compile(r"\[([^\]\n]{1,200})\]\(([^)\s]{1,500})\)")
_MARKDOWN = re.compile(r"(\*\*|__)(?=\S)(.{1,300}?)(?<=\S)\1")
_HEADING = re.compile(r"^#{1,6}\s+", re.M)
# A line of sources may take this share of what a reply may have.
_SOURCES_SHARE = 0.3
_MAX_SOURCE = 60
_MAX_ADDRESS = 2_000
# Of a longer answer the rest is not looked at: it would be cut off anyway.
MAX_READ = 20_000


@dataclass(frozen=True)
class Piece:
    """Part of a reply: text, and where it leads if it is a link."""

    text: str
    url: str = ""


def reply_text(
    answer: str,
    max_chars: int,
    *,
    hosts: Sequence[str] = (),
    sources: Mapping[int, str] | None = None,
    heading: str = "",
    removed: str = "[…]",
) -> str:
    """Return the text of a reply, with fewer than ``max_chars`` characters.

    :param hosts: whose addresses may stand in it; others are replaced by ``removed``
    :param sources: names of the passages that the answer rests on, by their numbers
    :param heading: what stands before the list of sources
    """
    text = _MARKDOWN_LINK.sub(r"\1: \2", answer[:MAX_READ])
    text = _HEADING.sub("", text)
    text = _MARKDOWN.sub(r"\2", text)
    text = _URL.sub(lambda m: _kept(m[0], hosts, removed), text)
    sources = sources or {}
    text = _without_other_marks(text, sources)
    if not sources:
        return cut_at_sentence(text, max_chars)
    names = [f"[{n}] {name[:_MAX_SOURCE]}" for n, name in sorted(sources.items())]
    line = f"{heading} {' · '.join(names)}".strip()
    if max_chars:
        line = cut_at_sentence(line, int(max_chars * _SOURCES_SHARE))
        text = cut_at_sentence(text, max_chars - len(line) - 1)
    return f"{text}\n{line}"


def pieces(line: str, hosts: Sequence[str]) -> list[Piece]:
    """Return a line of a reply in pieces, those that are links of their own."""
    found, end = [], 0
    for match in _URL.finditer(line):
        address = match[0].rstrip(_TRAILING)
        if not is_allowed(address, hosts):
            continue
        start = match.start()
        found += [Piece(line[end:start]), Piece(address, _absolute(address))]
        end = start + len(address)
    return [piece for piece in [*found, Piece(line[end:])] if piece.text]


def is_allowed(address: str, hosts: Sequence[str]) -> bool:
    """Tell whether an address is on one of ``hosts``, or below it."""
    if len(address) > _MAX_ADDRESS:
        return False
    try:
        parts = urlsplit(_absolute(address))
        host = (parts.hostname or "").casefold().rstrip(".")
        is_plain = not (parts.username or parts.password)
    except ValueError:
        return False
    if not is_plain or not host.isascii():
        return False
    return any(
        host == own or host.endswith(f".{own}")
        for own in (name.casefold().strip().strip(".") for name in hosts)
        if own
    )


def _absolute(address: str) -> str:
    return address if "://" in address else f"https://{address}"


def _kept(address: str, hosts: Sequence[str], removed: str) -> str:
    bare = address.rstrip(_TRAILING)
    return address if is_allowed(bare, hosts) else removed + address[len(bare) :]


def _without_other_marks(text: str, numbers: Container[int]) -> str:
    """Return the text without marks of passages that it does not rest on."""

    def kept(match: re.Match[str]) -> str:
        marked = [n for n in marked_numbers(match[0]) if n in numbers]
        space = match[0][: match.start(1) - match.start() - 1]
        return space + f"[{', '.join(map(str, marked))}]" if marked else ""

    return _SPACED_MARK.sub(kept, text)
