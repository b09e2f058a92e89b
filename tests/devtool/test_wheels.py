# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``make test-wheels`` sees what a wheel lacks, and a test that is not run."""

import subprocess
import zipfile
from pathlib import Path

import pytest

from setup.check.wheel_tests import differences
from setup.get.addons import wheels
from setup.get.addons.manifests import OwnAddon, own_addons, with_dependencies
from setup.get.odoo.source import OdooSource
from setup.run.odoo_log import LogReader

MANIFEST = '{"name": "Demo", "version": "18.0.1.0.0"}\n'


@pytest.fixture
def addon(tmp_path: Path) -> OwnAddon:
    folder = tmp_path / "tree" / "demo"
    for name, text in {
        "__manifest__.py": MANIFEST,
        "pyproject.toml": "",
        "static/description/icon.png": "",
        "tests/test_it.py": "",
        "made.pyc": "",
        ".gitignore": "*.pyc\n",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    (found,) = own_addons(folder.parent)
    return found


def wheel(folder: Path, *names: str) -> Path:
    path = folder / "demo.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(f"odoo/addons/demo/{name}", "")
    return path


def test_what_installs_itself_is_left_out() -> None:
    alone = with_dependencies(["gpt_core"], own_addons())
    assert [addon.name for addon in alone] == ["gpt_core"]
    store = with_dependencies(["kb_rag_qdrant"], own_addons())
    assert [addon.name for addon in store] == ["gpt_core", "kb_rag", "kb_rag_qdrant"]


def test_what_a_wheel_lacks_is_named(addon: OwnAddon, tmp_path: Path) -> None:
    lacking = wheel(tmp_path, "__manifest__.py", ".gitignore", "tests/test_it.py")
    assert wheels.missing_files(addon, lacking) == ["static/description/icon.png"]


def test_what_is_made_and_what_tells_how_to_build_is_not_missed(
    addon: OwnAddon, tmp_path: Path
) -> None:
    names = ["__manifest__.py", ".gitignore", "tests/test_it.py"]
    whole = wheel(tmp_path, *names, "static/description/icon.png")
    assert not wheels.missing_files(addon, whole)


@pytest.mark.parametrize("series", ["18.0", "19.0"])
def test_the_copy_is_of_the_series(
    addon: OwnAddon, tmp_path: Path, series: str
) -> None:
    copy = wheels.copied(addon, series, tmp_path / "copy")
    assert f'"{series}.1.0.0"' in (copy / "__manifest__.py").read_text()
    assert (copy / "static/description/icon.png").is_file()
    assert not (copy / "made.pyc").exists()


def test_the_wheel_of_odoo_says_what_it_needs(tmp_path: Path) -> None:
    home = tmp_path / "odoo"
    home.mkdir()
    (home / "requirements.txt").write_text("lxml==5.2.1\npsycopg2==2.9.9 # a note\n")
    path = wheels.odoo_wheel(OdooSource("18.0", home), tmp_path)
    with zipfile.ZipFile(path) as archive:
        text = archive.read("odoo-18.0.dist-info/METADATA").decode()
        assert archive.read("odoo-source-tree.pth").decode() == f"{home}\n"
    assert "Version: 18.0\n" in text
    assert "Requires-Dist: lxml==5.2.1\nRequires-Dist: psycopg2-binary==2.9.9" in text


def test_tests_are_counted_by_addon() -> None:
    reader = LogReader()
    for logger, name in (
        ("odoo.addons.gpt_core.tests.test_chain.TestChain", "TestChain.test_one"),
        ("odoo.addons.gpt_core.tests.test_chain.TestChain", "TestChain.test_two"),
        ("odoo.addons.kb_rag.tests.test_store.TestStore", "TestStore.test_one"),
    ):
        reader.feed(f"2026-11-30 22:00:00,000 1 INFO db {logger}: Starting {name} ...")
    assert reader.started == {"gpt_core": 2, "kb_rag": 1}


@pytest.mark.parametrize(
    ("in_tree", "started", "told"),
    [
        ({"a": 2, "b": 1}, {"a": 2, "b": 1}, 0),
        ({"a": 2}, {"a": 1}, 1),
        ({"a": 2}, {"a": 3}, 1),
        ({"a": 2, "b": 1}, {"a": 2}, 1),
        # An addon without any test has nothing to show.
        ({"a": 0}, {}, 1),
    ],
)
def test_both_numbers_must_be_the_same(
    in_tree: dict[str, int], started: dict[str, int], told: int
) -> None:
    assert len(differences(in_tree, started)) == told
