# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The part of an e-mail that its author wrote themselves."""

import re

# A line above what an answer quotes; everything below was said before.
_ATTRIBUTION = re.compile(
    r"-{2,}+\s*+(?:original message|mensaje original|forwarded message"
    r"|mensaje reenviado)\s*+-{2,}"
    r"|(?:on|el|am|le)\b.{5,120}(?:wrote|escribio|escribió|schrieb|a écrit)\s*:?",
    re.IGNORECASE,
)
# Outlook's: a rule, and below it whose mail is quoted.
_RULE = re.compile(r"_{10,}")
_QUOTED_SENDER = re.compile(r"(?:from|de|von)\s?:\s?\S", re.IGNORECASE)
_HEADER_WITHIN = 3
# A rule below such a line is its underline: Odoo's contact form writes "Other
# Information:" so, and then what was filled in.
_HEADING_END = (":", "：")
_SIGNATURE = re.compile(r"-- ?")
_SPACES = re.compile(r"[^\S\n]+")
# No longer line is one of the above.
_LONGEST_MARK = 200
# An e-mail of a megabyte is newsletters and pictures; its beginning is the message.
MAX_RAW_CHARS = 200_000


def strip_quoted_reply(text: str) -> str:
    """Return ``text`` without what it quotes, its signature and idle white space.

    A mail that is nothing but a quotation, such as a forwarded one, is kept whole.
    """
    text = text[:MAX_RAW_CHARS].replace("\r\n", "\n").replace("\xa0", " ")
    lines = text.split("\n")
    own = _without_quoted(lines[: _end_of_reply(lines)])
    return _tidy(own if any(line.strip() for line in own) else lines)


def _end_of_reply(lines: list[str]) -> int:
    """Return the number of the line that a quotation, or the signature, begins at."""
    return next(
        (
            number
            for number, line in enumerate(lines)
            if len(line) <= _LONGEST_MARK
            and (
                _SIGNATURE.fullmatch(line)
                or _ATTRIBUTION.fullmatch(line.strip())
                or _is_rule_of_quotation(lines, number)
            )
        ),
        len(lines),
    )


def _is_rule_of_quotation(lines: list[str], number: int) -> bool:
    """Tell whether a line is a rule with the header of a quoted mail below it."""
    if not _RULE.fullmatch(lines[number].strip()):
        return False
    above = lines[number - 1].rstrip() if number else ""
    if above.endswith(_HEADING_END):
        return False
    below = lines[number + 1 : number + 1 + _HEADER_WITHIN]
    header = next((line.strip() for line in below if line.strip()), "")
    return _QUOTED_SENDER.match(header) is not None


def _without_quoted(lines: list[str]) -> list[str]:
    """Return the lines without those that ">" marks, and the empty ones before them."""
    own: list[str] = []
    for line in lines:
        if not line.lstrip().startswith(">"):
            own.append(line)
            continue
        while own and not own[-1].strip():
            own.pop()
    return own


def _tidy(lines: list[str]) -> str:
    """Return lines as text, with single spaces and single empty lines."""
    tidy: list[str] = []
    for line in lines:
        line = _SPACES.sub(" ", line).strip()
        if line or (tidy and tidy[-1]):
            tidy.append(line)
    return "\n".join(tidy).strip()
