# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the addons import, what their manifests declare, what requirements.txt lists.

Odoo's own requirements need not be declared. Whatever else an addon imports outside its
tests, and what they share with those of other addons, stands in its own manifest, and
nothing stands there that it does not import.
"""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from setup.common.paths import ROOT
from setup.get.addons.manifests import OwnAddon, own_addons
from setup.get.python.environments import odoo_listing

#: Declared without being imported yet, and why.
NOT_IMPORTED = {
    ("gpt_core", "langchain"): "agents that use tools will be made with it",
}
#: Imported without being declared, and why.
OPTIONAL = {
    ("gpt_core", "genai-prices"): "without it, prices are not updated from its list",
}
#: Folders of an addon that only tests use.
_OF_TESTS = {"tests", "testing"}
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
#: Distributions by the names of what can be imported.
_INSTALLED = packages_distributions()


def normalized(name: str) -> str:
    """Return the name of a distribution as the packaging index compares them."""
    return re.sub(r"[-_.]+", "-", name).lower()


def name_of(requirement: str) -> str:
    """Return the distribution that a line for pip names."""
    found = _NAME.match(requirement.strip())
    assert found, f"not a requirement: {requirement}"
    return normalized(found[0])


def lines(path: Path) -> list[str]:
    """Return the requirements in a file, without its comments."""
    texts = [line.split("#", 1)[0].strip() for line in path.read_text().splitlines()]
    return [text for text in texts if text]


def declared(addon: OwnAddon) -> list[str]:
    return addon.manifest.get("external_dependencies", {}).get("python", [])


def imported(addon: OwnAddon) -> dict[str, str]:
    """Return the top packages that an addon imports, with one of the files each."""
    found = {}
    for path in sorted(addon.folder.rglob("*.py")):
        if not _OF_TESTS & set(path.relative_to(addon.folder).parts):
            for name in _imports(ast.parse(path.read_text())):
                found[name.partition(".")[0]] = str(path.relative_to(addon.folder))
    return found


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module


def problems(addon: OwnAddon, odoo: set[str]) -> list[str]:
    """Return what an addon's manifest and its imports say differently.

    :param odoo: the distributions that Odoo requires itself
    """
    names = {name_of(line) for line in declared(addon)}
    found, used = [], set()
    for package, file in imported(addon).items():
        if package == "odoo" or package in sys.stdlib_module_names:
            continue
        homes = {normalized(name) for name in _INSTALLED.get(package, [package])}
        used |= homes
        optional = any((addon.name, home) in OPTIONAL for home in homes)
        if not (homes & (names | odoo) or optional):
            found.append(f"{file} imports {package}: declare {', '.join(homes)}")
    excused = {name for addon_name, name in NOT_IMPORTED if addon_name == addon.name}
    found += [
        f"{name} is declared, and not imported" for name in names - used - excused
    ]
    return sorted(found)


@pytest.fixture(scope="module")
def odoo() -> set[str]:
    """The distributions that Odoo requires, as this environment was made for it."""
    return {name_of(line) for line in lines(odoo_listing(Path(sys.prefix)))}


@pytest.mark.parametrize("addon", own_addons(), ids=lambda addon: addon.name)
def test_manifests_declare_what_is_imported(addon: OwnAddon, odoo: set[str]) -> None:
    assert problems(addon, odoo) == []


def test_requirements_list_what_the_manifests_declare() -> None:
    wanted = {line for addon in own_addons() for line in declared(addon)}
    assert lines(ROOT / "requirements.txt") == sorted(wanted, key=name_of)
    assert len(wanted) == len(set(map(name_of, wanted))), "one with two bounds"


def test_excuses_are_needed(odoo: set[str]) -> None:
    addons = {addon.name: addon for addon in own_addons()}
    for addon, name in NOT_IMPORTED | OPTIONAL:
        names = {name_of(line) for line in declared(addons[addon])}
        assert (name in names) == ((addon, name) in NOT_IMPORTED), name
        packages = [p for p in imported(addons[addon]) if name in _homes(p)]
        assert bool(packages) == ((addon, name) in OPTIONAL), name


def _homes(package: str) -> set[str]:
    return {normalized(name) for name in _INSTALLED.get(package, [])}


def made(folder: Path, source: str, *lines: str) -> OwnAddon:
    """Return an addon with one module and these requirements."""
    folder = folder / "some_addon"
    (folder / "tests").mkdir(parents=True)
    (folder / "models.py").write_text(source)
    (folder / "tests" / "test_a.py").write_text("import pytest\n")
    return OwnAddon(folder, {"external_dependencies": {"python": list(lines)}})


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("import numpy", ()),
        ("def lazy():\n    from langchain_core.tools import tool", ()),
        ("import no_such_package", ()),
        ("import json", ("numpy>=1",)),
        ("import json", ("langchain",)),
        ("import pydantic", ("numpy>=1", "pydantic>=2")),
    ],
)
def test_a_difference_is_found(
    tmp_path: Path, source: str, lines: tuple[str, ...]
) -> None:
    assert len(problems(made(tmp_path, source, *lines), {"lxml"})) == 1


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("import json, lxml.etree\nfrom . import x\nfrom odoo import models", ()),
        ("from langchain_core.tools import tool", ("langchain_core>=1,<2",)),
        ("import stdnum", ("python-stdnum >= 1",)),
    ],
)
def test_what_agrees_is_left_alone(
    tmp_path: Path, source: str, lines: tuple[str, ...]
) -> None:
    assert problems(made(tmp_path, source, *lines), {"lxml"}) == []
