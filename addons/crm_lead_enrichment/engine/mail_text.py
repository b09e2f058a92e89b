# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The part of an e-mail that its author wrote himself."""

import re

# Where an answer quotes what it answers to; everything below was said before.
_QUOTED_FROM = re.compile(
    r"^\s*(?:"
    r"-{2,}\s*(?:original message|mensaje original|forwarded message"
    r"|mensaje reenviado)\s*-{2,}"
    r"|_{10,}"
    r"|(?:on|el|am|le)\b.{5,120}(?:wrote|escribio|escribió|schrieb|a écrit)\s*:?"
    r")\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED_LINE = re.compile(r"^\s*>.*$\n?", re.MULTILINE)
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n\s*\n\s*")
_SPACES = re.compile(r"[^\S\n]+")
# An e-mail of a megabyte is newsletters and pictures; its beginning is the message.
MAX_RAW_CHARS = 200_000
_EMPHASIS = re.compile(r"</?(?:b|strong|em|i|u)(?:\s[^>]*)?>", re.IGNORECASE)


def without_emphasis(html: str) -> str:
    """Return ``html``, cut, without bold and italics, which become marks in plain text.

    Whoever copies the words leaves such marks out.
    """
    return _EMPHASIS.sub("", html[:MAX_RAW_CHARS])


def own_words(text: str) -> str:
    """Return ``text`` without what it quotes, its signature and idle white space.

    A mail that is nothing but a quotation, such as a forwarded one, is kept whole.
    """
    text = text[:MAX_RAW_CHARS].replace("\r\n", "\n").replace("\xa0", " ")
    own = text
    for mark in (_QUOTED_FROM, _SIGNATURE):
        if found := mark.search(own):
            own = own[: found.start()]
    own = _QUOTED_LINE.sub("", own)
    kept = own if own.strip() else text
    lines = (_SPACES.sub(" ", line).strip() for line in kept.split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
