# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Prompt templates: text with ``{names}`` and nothing else.

No attribute, index, conversion or format spec is accepted, so that whoever edits a
prompt can reach the declared values only. A value is data, whatever it contains: it is
never parsed again, it is cut to its length, and unless its input is trusted it stands
in a block of its own that it cannot close.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from string import Formatter

from ..text.storable import storable_text

CUT_MARK = " […]"
# What `retrieve_and_complete` brings; prompts may use them without declaring them.
RESERVED_NAMES = ("query", "passages")


class TemplateError(ValueError):
    """A template that cannot be used.

    :param problem: ``syntax``, ``expression`` or ``unknown``
    :param names: the placeholders concerned
    """

    def __init__(self, problem: str, names: Iterable[str] = ()):
        self.problem = problem
        self.names = sorted(set(names))
        super().__init__(f"{problem}: {', '.join(self.names)}")


@dataclass(frozen=True)
class Value:
    """What a name stands for: its text, and whether its author is trusted."""

    text: str
    trusted: bool = False


def template_names(template: str) -> set[str]:
    """Return the names used in ``template``.

    :raises TemplateError: for unbalanced braces, or for anything but plain names
    """
    try:
        parsed = list(Formatter().parse(template))
    except ValueError as error:
        raise TemplateError("syntax", [str(error)]) from error
    names = set()
    for _literal, name, spec, conversion in parsed:
        if name is None:
            continue
        if spec or conversion or not re.fullmatch(r"[A-Za-z_]\w*", name):
            raise TemplateError("expression", [name])
        names.add(name)
    return names


def check_template(template: str, known: Iterable[str]) -> None:
    """Refuse a template that uses a name which is not in ``known``.

    :raises TemplateError: naming what is wrong
    """
    unknown = template_names(template) - set(known)
    if unknown:
        raise TemplateError("unknown", unknown)


def as_text(value: object, max_chars: int) -> str:
    """Render a value to text of at most ``max_chars`` characters."""
    if value is None or value is False:
        return ""
    if isinstance(value, dict | list | tuple):
        value = json.dumps(value, ensure_ascii=False, default=str)
    text = storable_text(str(value))
    if len(text) <= max_chars:
        return text
    mark = CUT_MARK if max_chars > len(CUT_MARK) else ""
    return text[: max_chars - len(mark)] + mark


def render(system: str, user: str, values: Mapping[str, Value]) -> tuple[str, str]:
    """Render the two halves of a prompt.

    What customers wrote never enters the system prompt: where it names such a value,
    the name of the value's block is put, and the block goes to the user's half.

    :return: (system text, user text)
    """
    in_system, in_user = template_names(system), template_names(user)
    blocks = _Blocks(in_system | in_user)
    system_text = _fill(system, values, lambda name, _value: f"<{name}>")
    moved = [
        blocks.block(name, values[name].text)
        for name in sorted(in_system - in_user)
        if not values[name].trusted
    ]
    user_text = _fill(user, values, lambda name, v: blocks.delimit(name, v.text))
    return system_text, "\n\n".join(part for part in [user_text, *moved] if part)


def _fill(
    template: str,
    values: Mapping[str, Value],
    untrusted: Callable[[str, Value], str],
) -> str:
    parts = []
    for literal, name, _spec, _conversion in Formatter().parse(template):
        parts.append(literal)
        if name is not None:
            value = values[name]
            parts.append(value.text if value.trusted else untrusted(name, value))
    return "".join(parts)


class _Blocks:
    """The blocks of one prompt; what stands in one cannot close or open any of them."""

    def __init__(self, names: Iterable[str]):
        choices = "|".join(re.escape(name) for name in sorted(names)) or r"(?!)"
        self._tag = re.compile(rf"<(\s*+/?\s*+(?:{choices})(?!\w))", re.IGNORECASE)

    def delimit(self, name: str, text: str) -> str:
        if "\n" in text:
            return self.block(name, text)
        return f"<{name}>{self._disarmed(text)}</{name}>"

    def block(self, name: str, text: str) -> str:
        return f"<{name}>\n{self._disarmed(text)}\n</{name}>"

    def _disarmed(self, text: str) -> str:
        return self._tag.sub(r"‹\1", text)
