# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tells from what was typed into a form that it is advertising."""

import re
from collections.abc import Iterable

# So many links to different places nobody needs to ask for an offer.
MANY_LINKS = 6
# Shorter texts are alike by chance: "please send me your price list".
SHORT = 80
# More of a text is not looked at.
MAX_CHARS = 20_000

_LINK = re.compile(r"\bhttps?://([^\s/\"'<>\]]{1,253})", re.IGNORECASE)
# In a form for plain text nobody writes links as a program wants them.
_MARKUP = re.compile(r"\[url[=\]]|\[link=|<a\s{1,9}href", re.IGNORECASE)
# What leads to whoever advertises.
_CONTACT = re.compile(r"https?://|\bwww\.|\S@\S", re.IGNORECASE)
_URL = re.compile(r"\bhttps?://\S{1,500}", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")


def form_signs(text: str, names: Iterable[str] = ()) -> list[str]:
    """Return what tells that a text is advertising, as words for a log.

    :param text: what was typed, as plain text
    :param names: what was typed as the name of a person or company
    """
    text = text[:MAX_CHARS]
    signs = []
    if _MARKUP.search(text):
        signs.append("link markup")
    if len({host.casefold() for host in _LINK.findall(text)}) >= MANY_LINKS:
        signs.append("many links")
    if any(_LINK.search(name[:MAX_CHARS]) for name in names):
        signs.append("link in a name")
    return signs


def sameness(text: str) -> str:
    """Return what two texts share that differ in numbers, links and spaces only.

    It is empty for texts so short that they may be alike by chance, and for those that
    lead nowhere: what a form offers to choose from is the same for many customers.
    """
    text = text[:MAX_CHARS]
    if not _CONTACT.search(text):
        return ""
    bare = _URL.sub(" ", text)
    words = " ".join(_LETTERS.findall(bare.casefold()))
    return words if len(words) >= SHORT else ""
