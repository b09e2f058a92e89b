# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from pathlib import Path

import pytest

from setup.common.console import SetupError
from setup.get.addons import staging

MANIFEST = '{"name": "A", "version": "18.0.1.2.3", "depends": ["mail"]}'


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder with one addon."""
    addon = tmp_path / "tree" / "one"
    (addon / "models").mkdir(parents=True)
    (addon / "models" / "thing.py").write_text("x = 1")
    (addon / "__init__.py").write_text("")
    (addon / "__manifest__.py").write_text(MANIFEST)
    return addon.parent


@pytest.fixture
def staged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where addons are staged: not in the clone."""
    state = tmp_path / "state"
    state.mkdir()
    monkeypatch.setattr(staging, "series_state", lambda series: state)
    return state / "addons"


def test_own_series_uses_the_tree(tree: Path, staged: Path) -> None:
    assert staging.stage("18.0", tree) == tree
    assert not staged.exists()


def test_only_the_version_changes(tree: Path, staged: Path) -> None:
    assert staging.stage("19.0", tree) == staged
    manifest = (staged / "one" / "__manifest__.py").read_text()
    assert manifest == MANIFEST.replace("18.0.1.2.3", "19.0.1.2.3")
    assert (tree / "one" / "__manifest__.py").read_text() == MANIFEST
    link = staged / "one" / "models"
    assert link.is_symlink()
    assert link.resolve() == tree / "one" / "models"


def test_what_left_the_tree_leaves_the_stage(tree: Path, staged: Path) -> None:
    (tree / "one" / "old.py").write_text("")
    staging.stage("19.0", tree)
    assert (staged / "one" / "old.py").is_symlink()
    (tree / "one" / "old.py").unlink()
    staging.stage("19.0", tree)
    assert not (staged / "one" / "old.py").is_symlink()
    (tree / "one" / "__manifest__.py").unlink()
    staging.stage("19.0", tree)
    assert not (staged / "one").exists()
    assert (tree / "one" / "models" / "thing.py").exists(), "links are not followed"


def test_version_must_be_of_the_tree(tree: Path, staged: Path) -> None:
    (tree / "one" / "__manifest__.py").write_text('{"version": "1.0"}')
    with pytest.raises(SetupError, match=r"18\.0\.x\.y\.z"):
        staging.stage("19.0", tree)


def test_unreadable_manifest(tree: Path, staged: Path) -> None:
    (tree / "one" / "__manifest__.py").write_text("{")
    with pytest.raises(SetupError, match="__manifest__"):
        staging.stage("19.0", tree)
