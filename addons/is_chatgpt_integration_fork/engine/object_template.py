# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Prompts with ``{{ object.field }}``, turned into templates with declared names.

A path of fields is all that can be taken over: what else stands between such braces is
code, which chains do not run.
"""

import re
from dataclasses import dataclass
from keyword import iskeyword

_PATH = re.compile(r"[A-Za-z_]\w{0,62}(?:\.[A-Za-z_]\w{0,62}){0,5}")


class NotAPath(ValueError):
    """An expression that is more than a path of fields."""


@dataclass(frozen=True)
class Converted:
    """A template with plain names, and the path of fields that each stands for."""

    template: str
    paths: dict[str, str]


def convert(prompt: str) -> Converted:
    """Return ``prompt`` as a template of ours.

    :raises NotAPath: naming the first expression that cannot be taken over
    """
    paths: dict[str, str] = {}
    parts: list[str] = []
    place = 0
    while True:
        start = prompt.find("{{", place)
        end = prompt.find("}}", start + 2) if start >= 0 else -1
        if end < 0:
            parts.append(_escaped(prompt[place:]))
            return Converted("".join(parts), paths)
        parts.append(_escaped(prompt[place:start]))
        path = _path(prompt[start + 2 : end])
        name = _name(path, paths)
        paths[name] = path
        parts.append("{" + name + "}")
        place = end + 2


def _path(expression: str) -> str:
    expression = expression.strip()
    path = expression.removeprefix("object.")
    if path == expression or not _PATH.fullmatch(path):
        raise NotAPath(expression[:80])
    return path


def _name(path: str, taken: dict[str, str]) -> str:
    """Return the name of a value: its path, which no other value may have already."""
    name = base = path.replace(".", "_")
    if iskeyword(name) or name in ("query", "passages"):
        name = base = f"record_{name}"
    number = 2
    while taken.get(name, path) != path:
        name, number = f"{base}_{number}", number + 1
    return name


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
