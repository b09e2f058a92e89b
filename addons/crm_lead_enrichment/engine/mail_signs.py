# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tells from a mail's headers that no customer wrote it: RFC 3834, RFC 2919."""

from collections.abc import Collection
from email.message import Message
from email.utils import parseaddr
from typing import NamedTuple

# Set by servers and programs that answer by themselves, whatever their value.
AUTO_REPLY_HEADERS = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Autoresponder")
LIST_HEADERS = ("List-Id", "List-Post", "List-Unsubscribe")
# Filters say so in one of these, by a word that begins their value.
SPAM_HEADERS = ("X-Spam-Flag", "X-Spam-Status", "X-Spam")
PRECEDENCES = {"junk": "bulk", "bulk": "bulk", "list": "bulk", "auto_reply": "auto"}


class Sign(NamedTuple):
    """``kind``: ``spam``, ``bounce``, ``auto`` or ``bulk``; ``header``: its name."""

    kind: str
    header: str


# The first of these that there is a sign of is what the mail is.
KINDS = ("spam", "bounce", "auto", "bulk")


def mail_signs(mail: Message, own_domains: Collection[str] = ()) -> list[Sign]:
    """Return what tells that a program sent ``mail``, the weightiest first.

    :param own_domains: domains whose mailing lists are ways to us: what comes through
        the group ``sales@`` of our own company was written by whoever wrote to it
    """
    signs = [*_spam(mail), *_bounce(mail), *_auto(mail), *_bulk(mail, own_domains)]
    return sorted(signs, key=lambda sign: KINDS.index(sign.kind))


def _value(mail: Message, header: str) -> str:
    return str(mail.get(header) or "").strip().casefold()


def _spam(mail: Message) -> list[Sign]:
    return [
        Sign("spam", name)
        for name in SPAM_HEADERS
        if _value(mail, name).startswith("yes")
    ]


def _bounce(mail: Message) -> list[Sign]:
    signs = []
    if mail.get_content_type() == "multipart/report":
        kind = str(mail.get_param("report-type") or "").casefold()
        # A notice that a mail was read says nothing either.
        is_read_notice = kind == "disposition-notification"
        signs.append(Sign("auto" if is_read_notice else "bounce", "Content-Type"))
    if _value(mail, "Return-Path") == "<>":
        signs.append(Sign("bounce", "Return-Path"))
    return signs


def _auto(mail: Message) -> list[Sign]:
    signs = [Sign("auto", name) for name in AUTO_REPLY_HEADERS if mail.get(name)]
    submitted = _value(mail, "Auto-Submitted").partition(";")[0].strip()
    relayed = submitted == "auto-generated" and _is_relayed(mail)
    if submitted not in ("", "no") and not relayed:
        signs.append(Sign("auto", "Auto-Submitted"))
    suppressed = _value(mail, "X-Auto-Response-Suppress")
    if suppressed not in ("", "none") and not _is_relayed(mail):
        signs.append(Sign("auto", "X-Auto-Response-Suppress"))
    return signs


def _is_relayed(mail: Message) -> bool:
    """Tell whether a program sent what a person wrote: a form on another website."""
    sender = parseaddr(_value(mail, "From"))[1]
    answer_to = parseaddr(_value(mail, "Reply-To"))[1]
    return bool(answer_to) and answer_to != sender


def _bulk(mail: Message, own_domains: Collection[str]) -> list[Sign]:
    if any(_names_domain(mail, domain) for domain in own_domains if domain):
        return []
    signs = [Sign("bulk", name) for name in LIST_HEADERS if mail.get(name)]
    kind = PRECEDENCES.get(_value(mail, "Precedence").replace("-", "_"))
    return [*signs, Sign(kind, "Precedence")] if kind else signs


def _names_domain(mail: Message, domain: str) -> bool:
    lists = (*_addresses(mail, "List-Id"), *_addresses(mail, "List-Post"))
    return any(
        name == domain.casefold() or name.endswith(f".{domain.casefold()}")
        for name in lists
    )


def _addresses(mail: Message, header: str) -> list[str]:
    """Return the domains that a header of a list names in angle brackets."""
    parts = _value(mail, header).split("<")[1:]
    return [part.partition(">")[0].rpartition("@")[2] for part in parts]
