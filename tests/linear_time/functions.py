# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Finds what takes text in the addons' ``engine`` packages, by their annotations."""

import dataclasses
import importlib
import inspect
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType

import pydantic

ADDONS = Path(__file__).resolve().parents[2] / "addons"
# Whatever may be text, or hold some; a path is that of somebody's file.
_TEXT = (str, bytes, object, typing.Any, dict, list, tuple, Mapping, Sequence, Path)


def text_functions() -> dict[str, Callable]:
    """Return what takes text, by its name: ``gpt_core.text.cut_at_sentence``.

    That is every public function, and every public method and property of a public
    class, with a parameter that is text or holds some: a list or a mapping of texts, a
    dataclass with a text in it, or the object itself if it is such a dataclass.
    """
    return {
        name: function
        for module in _modules()
        for name, function in public(module)
        if takes_text(function)
    }


def _modules() -> Iterator[ModuleType]:
    for path in sorted(ADDONS.glob("*/engine/**/*.py")):
        parts = path.relative_to(ADDONS).with_suffix("").parts
        if parts[-1] not in ("__init__", "__main__"):
            yield importlib.import_module(".".join(("odoo.addons", *parts)))


def public(module: ModuleType) -> Iterator[tuple[str, Callable]]:
    prefix = module.__name__.removeprefix("odoo.addons.").replace(".engine.", ".")
    for name, item in vars(module).items():
        if name.startswith("_") or getattr(item, "__module__", "") != module.__name__:
            continue
        if inspect.isclass(item):
            for method_name, method in _methods(item):
                yield f"{prefix}.{name}.{method_name}", method
        elif callable(item):
            yield f"{prefix}.{name}", inspect.unwrap(item)


def _methods(cls: type) -> Iterator[tuple[str, Callable]]:
    for name, item in vars(cls).items():
        if name.startswith("_") and name != "__init__":
            continue
        if name == "__init__" and dataclasses.is_dataclass(cls):
            continue
        function = getattr(item, "fget", None) or getattr(item, "func", None)
        function = function or getattr(item, "__func__", item)
        if inspect.isfunction(function):
            # Its first parameter is one of these.
            function.__annotations__.setdefault("self", cls)
            yield name, function


def takes_text(function: Callable) -> bool:
    """Tell whether a parameter of ``function`` is text, or holds some."""
    hints = typing.get_type_hints(inspect.unwrap(function))
    names = list(inspect.signature(function).parameters)
    return any(_holds_text(hints[name], ()) for name in names if name in hints)


def _holds_text(kind: typing.Any, seen: tuple) -> bool:
    if kind in _TEXT:
        return True
    if kind in seen:
        return False
    seen = (*seen, kind)
    origin = typing.get_origin(kind)
    if origin is typing.Literal:
        return False
    if origin in (Callable, type) or origin is typing.get_origin(Callable[[], int]):
        return False
    if origin is not None or isinstance(kind, types.UnionType):
        return any(_holds_text(part, seen) for part in typing.get_args(kind))
    if dataclasses.is_dataclass(kind) or _is_model(kind) or typing.is_typeddict(kind):
        hints = typing.get_type_hints(kind)
        return any(_holds_text(part, seen) for part in hints.values())
    return False


def _is_model(kind: typing.Any) -> bool:
    return inspect.isclass(kind) and issubclass(kind, pydantic.BaseModel)
