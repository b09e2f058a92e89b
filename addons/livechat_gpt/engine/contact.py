# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How to reach a visitor, read from what they write."""

import re
from dataclasses import dataclass

import phonenumbers

from odoo.addons.gpt_core.engine.text.small_talk import without_small_talk

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(
    # From where a name begins, not from each of its letters.
    rf"(?<![\w.@!#$%&'*+/=?^`{{|}}~-]){_LOCAL}(?:\.{_LOCAL})*+@(?:{_LABEL}\.)+[A-Za-z]{{2,24}}(?![\w@-])"
)
_MAX_EMAIL = 254
_DIGITS = re.compile(r"\d")
# So many digits are meant as a telephone number, when a contact was asked for.
_MEANT_AS_PHONE = 7
_CLAUSE_END = re.compile(r"[,.;:!?\n]|\b(?:y|and)(?=\s+(?:mi|my)\b)", re.I)
_NAMES_ITSELF = re.compile(
    r"\b(?:soy|me llamo|mi nombre es|i am|i'm|my name is|this is)\s+\w", re.I
)
# Of folded words: a clause that names its writer, and words that announce a contact.
_INTRODUCTION = re.compile(
    r"(?:yo )?(?:soy|me llamo|mi nombre es|i m|i am|my name is|this is)(?: \w+){1,4}"
)
_ANNOUNCEMENT = re.compile(
    r"\b(?:mi|my) (?:correo(?: electronico)?|e ?mail|mail|tel(?:efono)?|cel(?:ular)?"
    r"|whats(?:app)?|numero|phone(?: number)?|number|address)(?: (?:es|is))?\b"
)
# A contact stands at the beginning of what somebody writes, or is all of it.
MAX_READ = 2_000


@dataclass(frozen=True)
class Contact:
    """An e-mail address and a telephone number (``+525512345678``), if given."""

    email: str = ""
    phone: str = ""

    def __bool__(self) -> bool:
        return bool(self.email or self.phone)


def find_contact(text: str, region: str = "MX") -> Contact:
    """Return the first valid e-mail address and telephone number of ``text``.

    :param region: ISO code of the country of numbers without a country code
    """
    text = text[:MAX_READ]
    emails = (match[0] for match in _EMAIL.finditer(text))
    email = next((e for e in emails if len(e) <= _MAX_EMAIL), "")
    # Not within an address: juan5512345678@example.com
    without = _EMAIL.sub(" ", text)
    matches = phonenumbers.PhoneNumberMatcher(without, region)
    numbers = (match.number for match in matches)
    number = next(numbers, None)
    e164 = phonenumbers.PhoneNumberFormat.E164
    phone = phonenumbers.format_number(number, e164) if number else ""
    return Contact(email, phone)


def is_meant_as_contact(text: str) -> bool:
    """Tell whether somebody who was asked for a contact tried to give one."""
    text = text[:MAX_READ]
    return "@" in text or len(_DIGITS.findall(text)) >= _MEANT_AS_PHONE


def says_name(text: str) -> bool:
    """Tell whether somebody says who they are; not which name it is."""
    return _NAMES_ITSELF.search(text) is not None


def without_introduction(text: str) -> str:
    """Return the folded words of ``text`` that do not say who its writer is.

    :param text: what was said beside a contact
    """
    clauses = map(without_small_talk, _CLAUSE_END.split(text))
    said = (clause for clause in clauses if not _INTRODUCTION.fullmatch(clause))
    return " ".join(" ".join(_ANNOUNCEMENT.sub(" ", clause) for clause in said).split())
