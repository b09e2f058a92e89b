# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Masks what is exported once more, whatever was masked when it was stored."""

import re
from collections.abc import Iterable

from odoo.addons.gpt_core.engine.privacy.masking import PLACEHOLDER, Masker

_TAKEN = re.compile(r"\[\[TEXT_\d{1,5}\]\]")


class MaskerAgain:
    """Masks the texts of one example; placeholders that are in them stay as they are.

    Example::

        masker = MaskerAgain(["Soy [[NAME_1]]", "GODE561231GR8"], ["Ana López"])
        masker.mask("GODE561231GR8")  # "[[RFC_1]]"

    :param texts: all texts of the example, for the numbers that are taken
    :param names: of people and companies
    """

    def __init__(self, texts: Iterable[str], names: Iterable[str] = ()):
        taken = {found for text in texts for found in PLACEHOLDER.findall(text)}
        known = {placeholder.strip("[]"): placeholder for placeholder in sorted(taken)}
        self._masker = Masker(known, names)

    def mask(self, text: str) -> str:
        """Return ``text`` without personal data."""
        masked = self._masker.mask(text)
        if "[[TEXT_" not in masked:
            return masked
        return _TAKEN.sub(self._as_it_was, masked)

    def _as_it_was(self, match: re.Match[str]) -> str:
        # A value that is more than a placeholder has something personal in it.
        value = self._masker.known.get(match[0].strip("[]"), "")
        return value if PLACEHOLDER.fullmatch(value) else match[0]
