# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whom a message addresses."""

import re
from collections.abc import Collection

_TAG = re.compile(r"<a\b[^<>]*+>", re.IGNORECASE)
_MODEL = re.compile(r"data-oe-model\s?=\s?[\"']res\.partner[\"']")
_ID = re.compile(r"data-oe-id\s?=\s?[\"'](\d{1,18})[\"']")
_EVERYBODY = re.compile(
    r"(?<!\w)@(?:everyone|here|channel|all|todos|todas|aqui|aquí)(?!\w)", re.IGNORECASE
)


def linked_partners(html: str) -> set[int]:
    """Return the ids of the contacts that the HTML of a message mentions by a link."""
    found = set()
    for tag in _TAG.findall(html):
        number = _ID.search(tag)
        if number and _MODEL.search(tag):
            found.add(int(number[1]))
    return found


def is_named(text: str, name: str) -> bool:
    """Tell whether a text has ``@name`` in it, typed by hand."""
    name = name.strip()
    if not name:
        return False
    said = " ".join(text.split())
    return bool(
        re.search(
            rf"(?<!\w)@{re.escape(' '.join(name.split()))}(?!\w)", said, re.IGNORECASE
        )
    )


def is_broadcast(
    text: str, mentioned: Collection[int], members: Collection[int]
) -> bool:
    """Tell whether a message mentions everybody, and so nobody in particular.

    :param mentioned: ids of the contacts that it notifies
    :param members: ids of those in the channel who are people, without its author
    """
    everybody = len(members) > 0 and set(members) <= set(mentioned)
    return everybody or bool(_EVERYBODY.search(text))
