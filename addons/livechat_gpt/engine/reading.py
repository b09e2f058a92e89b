# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What can be told from the visitor's text without asking a model."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from odoo.addons.gpt_core.engine.text.folding import fold_words
from odoo.addons.gpt_core.engine.text.small_talk import without_small_talk

from .chat import Wish
from .contact import (
    Contact,
    find_contact,
    is_meant_as_contact,
    without_introduction,
)

# A keyword of one word is a request only where little else is said: "asesor, por
# favor", but not "¿Qué asesor fiscal me recomiendan para mi empresa?". So few words
# around a request, or a contact, belong to it.
MAX_WORDS_AROUND = 3
# Longer texts are not looked through; the model reads them.
MAX_READ = 4_000
# With how many of the messages before it a question is compared.
MAX_EARLIER = 50
_ALIKE = 88
_MIN_REPEATED_WORDS = 2
# What looks like an address or a telephone number, right or wrong.
_CONTACT = re.compile(r"(?<!\S)[^\s@]*@\S*|\+?\d[\d\s().-]{5,}\d")
# They say something to whom they answer, and nothing to anybody else.
_ASSENT = frozenset("si no claro bueno yes yeah yep nope sure".split())


@dataclass(frozen=True)
class Reader:
    """How to read: the assistant's settings.

    :param commands: words after a slash, such as ``asesor``
    :param keywords: words and phrases that ask for a person
    :param repeats: how often a question may come again before a person is called, 0:
        any number of times
    :param suggestions: questions that visitors may choose by their number
    :param region: country of telephone numbers without a country code
    """

    commands: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    repeats: int = 0
    suggestions: tuple[str, ...] = ()
    region: str = "MX"

    def question(self, text: str) -> str:
        """Return ``text``, or the suggested question that it names by its number."""
        stripped = text.strip().rstrip(".)")
        if stripped.isdecimal() and len(stripped) == 1:
            number = int(stripped)
            if 1 <= number <= len(self.suggestions):
                return self.suggestions[number - 1]
        return text

    def contact(self, text: str) -> Contact:
        """Return the contact that the visitor gives."""
        return find_contact(text, self.region)

    def wish(
        self,
        texts: Sequence[str],
        earlier: Sequence[str] = (),
        *,
        contact_wanted: bool = False,
        has_file: bool = False,
    ) -> Wish:
        """Return what the visitor's messages ask for.

        :param texts: those that wait for an answer
        :param earlier: those that were answered before
        :param contact_wanted: they were asked how to reach them
        :param has_file: something is attached
        """
        if any(self.asks_for_person(text) for text in texts):
            return "person"
        together = "\n".join(texts)
        if contact_wanted and self.contact(together):
            return "contact"
        if contact_wanted and is_meant_as_contact(together):
            return "bad_contact"
        if has_file and not together.strip():
            return "file"
        if self.repeats and texts:
            newest = texts[-1]
            same = sum(is_alike(newest, text) for text in earlier[-MAX_EARLIER:])
            if same >= self.repeats:
                return "repeated"
        return "answer"

    def asks_for_person(self, text: str) -> bool:
        """Tell whether a text has a command, or a keyword, that asks for a person."""
        text = text[:MAX_READ]
        if text.lstrip().startswith("/"):
            return self._after_command(text) != text
        return bool(self._keywords_in(text))

    def asks_something(self, texts: Sequence[str]) -> bool:
        """Tell whether messages that give a contact ask something besides."""
        bare = [_CONTACT.sub(" ", text[:MAX_READ]) for text in texts]
        return any("?" in text for text in bare) or any(map(self.substance, texts))

    def substance(self, text: str) -> str:
        """Return what a text says that its writer wants; empty if that is nothing.

        Small talk, a yes, a contact, a name and the wish for a person are none of
        that.
        """
        said = self._after_command(text)
        bare = _CONTACT.sub(" ", said[:MAX_READ])
        gives_contact = bare != said[:MAX_READ]
        shorter = without_introduction if gives_contact else without_small_talk
        words = f" {shorter(bare)} "
        requests = self._keywords_in(bare)
        for keyword in requests:
            words = words.replace(f" {keyword} ", " ")
        left = words.split()
        few = MAX_WORDS_AROUND if requests or gives_contact else 0
        return said.strip() if len(left) > few and not _ASSENT.issuperset(left) else ""

    def _after_command(self, text: str) -> str:
        """Return a text without the command that it begins with, if there is one."""
        first, *rest = text.split(maxsplit=1) or [""]
        commands = {fold_words(command) for command in self.commands}
        if first.startswith("/") and fold_words(first) in commands:
            return rest[0] if rest else ""
        return text

    def _keywords_in(self, text: str) -> list[str]:
        """Return the keywords with which a text asks for a person, longest first."""
        said = f" {fold_words(text)} "
        is_short = len(without_small_talk(text).split()) <= MAX_WORDS_AROUND
        keywords = {fold_words(keyword) for keyword in self.keywords} - {""}
        found = [
            keyword
            for keyword in keywords
            if f" {keyword} " in said and (is_short or " " in keyword)
        ]
        return sorted(found, key=len, reverse=True)


def is_alike(one: str, other: str) -> bool:
    """Tell whether two texts are the same question, but for small changes."""
    one, other = fold_words(one[:MAX_READ]), fold_words(other[:MAX_READ])
    if len(one.split()) < _MIN_REPEATED_WORDS:
        return False
    # Imported here: a worker that answers no visitors does not pay for it.
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other, score_cutoff=_ALIKE) >= _ALIKE
