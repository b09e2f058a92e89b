# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which format a file has: by what is in it, not by its name."""

import re

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(rb"<(!doctype html|html|head|body|h[1-6]|p|div|table)\b", re.I)
# A PDF may have something before its header.
_HEADER_WITHIN = 1024
_SAMPLE = 8192


def detect_format(head: bytes, name: str = "") -> str | None:
    """Return ``pdf``, ``docx``, ``html``, ``md`` or ``txt``; ``None`` for others.

    :param head: the first bytes of the file, some thousands if it has them
    :param name: tells Markdown from other text
    """
    if b"%PDF-" in head[:_HEADER_WITHIN]:
        return "pdf"
    if head.startswith((_ZIP, _EMPTY_ZIP)):
        return "docx"
    if head.startswith(_OLD_OFFICE) or not _is_text(head[:_SAMPLE]):
        return None
    if _MARKUP.search(head[:_SAMPLE]) and not _is_markdown(name):
        return "html"
    return "md" if _is_markdown(name) else "txt"


def _is_markdown(name: str) -> bool:
    return name.lower().endswith((".md", ".markdown"))


def _is_text(sample: bytes) -> bool:
    if sample.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return True
    control = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in sample)
    return control * 100 <= len(sample)


def decode_text(data: bytes) -> str:
    """Return a text file's text, whichever of the usual encodings it has."""
    for encoding in ("utf-8-sig", "utf-16"):
        if encoding == "utf-16" and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", errors="replace")
