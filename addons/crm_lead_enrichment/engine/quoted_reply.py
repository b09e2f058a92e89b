# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whose words an e-mail holds: its author's, quoted ones, and forwarded ones.

What mail programs write above a quotation is known to ``quotequail``. It is given a few
lines at a time, at most :data:`_MAX_TRIES` times, since it looks at a text again and
again. Our own part: quotations within an answer, names that wrap over several lines,
and lines of a form that only look like the header of a mail.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from odoo.addons.gpt_core.engine.text.html_text import without_data_uris

# An e-mail of a megabyte is newsletters and pictures; its beginning is the message.
MAX_RAW_CHARS = 200_000
_SIGNATURE = re.compile(r"-- ?")
_SPACES = re.compile(r"[^\S\n]+")
_INVISIBLE = re.compile("[\ufeff\u200b-\u200f\u2060\x00]")
# A word this long is no word: a picture or a key that was written out.
_LONG_WORD = re.compile(r"\S{1000,}+")
_RULE = re.compile(r"[_-]{5,}")
# A rule below such a line is its underline: Odoo's contact form writes "Other
# Information:" so, and then what was filled in.
_HEADING_END = (":", "：")
# "*De:* Ana", "Enviado el: lunes"
_HEADER = re.compile(r"\*{0,2}(?!https?:)[^\W\d_][\w. -]{0,24}\*{0,2}\s?:(?:\s|\*|$)")
_FORWARD = re.compile(r"forwarded|reenviado|weitergeleitet|transféré|réexpédié", re.I)
_FORWARD_SUBJECT = re.compile(r"\s*(?:fwd?|rv|rd|enc|tr|wg)\s?:", re.I)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# No longer line is one of those above a quotation.
_LONGEST_MARK = 300
_WRAPPED_LINES = 4
_WINDOW = 12
_MAX_TRIES = 300
_MAX_FORWARDS = 3


@dataclass(frozen=True)
class Forwarded:
    """What somebody else wrote, and the author of a mail passed on.

    :param sender: as it stands above the text
    """

    sender: str
    text: str

    @property
    def address(self) -> str:
        """The e-mail address of the sender, or ``""``."""
        found = _ADDRESS.search(self.sender[:_LONGEST_MARK])
        return found[0].lower() if found else ""


@dataclass(frozen=True)
class Letter:
    """A mail: its author's own words, and what they forward."""

    own: str
    forwarded: tuple[Forwarded, ...] = ()

    @property
    def text(self) -> str:
        """All of it but what is quoted in an answer."""
        parts = (f"{part.sender}\n{part.text}" for part in self.forwarded)
        return "\n\n".join(filter(None, (self.own, *parts))).strip()


@dataclass(frozen=True)
class _Quotation:
    """The lines above what is quoted.

    :param size: their number
    """

    size: int
    sender: str = ""
    is_forward: bool = False


def strip_quoted_reply(text: str) -> str:
    """Return ``text`` without what it quotes, its signature and idle white space.

    A mail that is nothing but a quotation, such as a forwarded one, is kept whole.
    """
    return split_letter(text).text


def split_letter(text: str, subject: str = "") -> Letter:
    """Return whose words a mail holds.

    :param text: lines that its HTML marks as quoted begin with ``">"``
    :param subject: tells a mail that is forwarded from one that is answered
    """
    text = _LONG_WORD.sub("[…]", without_data_uris(text))[:MAX_RAW_CHARS]
    text = _INVISIBLE.sub("", text).replace("\r\n", "\n").replace("\xa0", " ")
    lines = [line.rstrip() for line in text.split("\n")]
    forwarded: list[Forwarded] = []
    own, quoted, mark = _split(lines)
    is_forward = bool(_FORWARD_SUBJECT.match(subject[:20]))
    result = own
    while quoted and len(forwarded) < _MAX_FORWARDS:
        mark = mark or _first_mark(quoted)
        # Nothing but a quotation is what the mail is about.
        if not (is_forward or (mark and mark.is_forward) or not _has_text(own)):
            break
        sender, body = _without_header(mark, quoted)
        if not sender and not forwarded and not _has_text(own):
            return Letter(_tidy(lines))
        own, quoted, mark = _split(body)
        if not _has_text(own):
            own, quoted = body, []
        forwarded.append(Forwarded(sender, _tidy(own)))
        is_forward = False
    return Letter(_tidy(result), tuple(part for part in forwarded if part.text))


def _split(lines: Sequence[str]) -> tuple[list[str], list[str], _Quotation | None]:
    """Return the author's own lines, the quoted ones, and what introduces those."""
    own: list[str] = []
    quoted: list[str] = []
    first: _Quotation | None = None
    tries = _Tries(lines)
    number, in_signature = 0, False
    while number < len(lines):
        line = lines[number]
        if line.lstrip().startswith(">"):
            _drop_empty(own)
            quoted.append(line.lstrip()[1:].removeprefix(" "))
            number += 1
            continue
        if found := tries.quotation_at(number):
            first = first or found
            number += found.size
            if not _next_is_marked(lines, number):
                quoted += lines[number:]
                break
            continue
        in_signature = in_signature or bool(_SIGNATURE.fullmatch(line))
        if not in_signature:
            own.append(line)
        number += 1
    while own and (not own[-1].strip() or _RULE.fullmatch(own[-1].strip())) and quoted:
        own.pop()
    return own, quoted, first


class _Tries:
    """Asks the library about the lines of one text, and not too often."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._left = _MAX_TRIES

    def quotation_at(self, number: int) -> _Quotation | None:
        """Return the quotation that a line introduces, if it does."""
        line = self._lines[number].strip()
        if not line or len(line) > _LONGEST_MARK or self._left <= 0:
            return None
        if _RULE.match(line) or _HEADER.match(line) or line.endswith(":"):
            if found := self._header(number):
                return found
        return self._attribution(number)

    def _unwrapped(self, lines: Sequence[str]) -> dict[str, str]:
        """Return what the library says of lines, if the first is a mark."""
        import quotequail

        self._left -= 1
        found = quotequail.unwrap("\n".join(lines)) or {}
        return {} if "text_top" in found or found.get("type") == "quote" else found

    def _attribution(self, number: int) -> _Quotation | None:
        """Return the line "On … wrote:", which may wrap, if one begins here."""
        joined = ""
        for size in range(1, _WRAPPED_LINES + 1):
            line = self._lines[number : number + size][-1].strip()
            if not line or len(joined) > _LONGEST_MARK:
                return None
            joined = f"{joined} {line}".strip()
            if joined.endswith(":"):
                # Mail programs tell when; people who tell a story seldom do.
                is_dated = any(letter.isdigit() for letter in joined)
                found = self._unwrapped([joined]) if is_dated else {}
                if found.get("type") != "reply":
                    return None
                return _Quotation(size, joined)
            if number + size >= len(self._lines):
                return None
        return None

    def _header(self, number: int) -> _Quotation | None:
        """Return the mark, or the header of a mail, that begins here."""
        above = self._lines[number - 1].strip() if number else ""
        window = [_plain(line) for line in self._lines[number : number + _WINDOW]]
        is_rule = bool(_RULE.fullmatch(window[0]))
        if is_rule and above.endswith(_HEADING_END):
            return None
        found = self._unwrapped(window)
        size = 1
        if is_rule or _HEADER.match(window[0]):
            start = next(
                (n for n, line in enumerate(window[is_rule:], is_rule) if line), 0
            )
            header = list(takewhile(bool, window[start:]))
            if not _is_mail_header(found or self._unwrapped(header), is_rule):
                return None
            size = start + _header_size(header)
        elif found.get("type") != "forward":
            return None
        is_forward = bool(_FORWARD.search(window[0]))
        return _Quotation(size, found.get("from", ""), is_forward)


def _is_mail_header(found: dict[str, str], has_rule: bool) -> bool:
    """Tell a mail's header from lines of a form, such as "From: Mérida"."""
    if not found.get("from"):
        return False
    others = sum(name in found for name in ("to", "date", "subject"))
    has_address = "@" in found["from"] + found.get("to", "")
    return others >= (1 if has_rule else 2) and (
        has_address or has_rule or "subject" in found
    )


def _header_size(header: Sequence[str]) -> int:
    """Return how many lines the header of a mail has, with those that wrap."""
    last = max((n for n, line in enumerate(header) if _HEADER.match(line)), default=0)
    return last + 1


def _first_mark(quoted: Sequence[str]) -> _Quotation | None:
    """Return what introduces the quotation within its own first lines."""
    start = next((n for n, line in enumerate(quoted) if line.strip()), None)
    return None if start is None else _Tries(quoted).quotation_at(start)


def _without_header(
    mark: _Quotation | None, quoted: list[str]
) -> tuple[str, list[str]]:
    """Return the sender of what is quoted, and the text."""
    sender, body = mark.sender if mark else "", quoted
    for _mark_then_header in range(2):
        start = next((n for n, line in enumerate(body) if line.strip()), 0)
        found = _Tries(body).quotation_at(start) if body else None
        end = start + found.size if found else 0
        if not found or _next_is_marked(body, end) or not _has_text(body[end:]):
            break
        sender, body = found.sender or sender, body[end:]
    return sender, body


def _next_is_marked(lines: Sequence[str], number: int) -> bool:
    """Tell whether the next line that says something begins with ">"."""
    following = lines[number : number + _WINDOW]
    line = next((line for line in following if line.strip()), "")
    return line.lstrip().startswith(">")


def _plain(line: str) -> str:
    return line.replace("*", "").replace("\t", " ").strip()


def _has_text(lines: Sequence[str]) -> bool:
    return any(line.strip() for line in lines)


def _drop_empty(lines: list[str]) -> None:
    while lines and not lines[-1].strip():
        lines.pop()


def _tidy(lines: Sequence[str]) -> str:
    """Return lines as text, with single spaces and single empty lines."""
    tidy: list[str] = []
    for line in lines:
        line = _SPACES.sub(" ", line).strip()
        if line or (tidy and tidy[-1]):
            tidy.append(line)
    return "\n".join(tidy).strip()
