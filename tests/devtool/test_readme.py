# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``setup/README.md`` says of each module of the tool where it is."""

from pathlib import Path

SETUP = Path(__file__).resolve().parents[2] / "setup"
#: Of these the README names the folder; their modules are of one kind.
OF_ONE_KIND = ("loader", "model", "scenes", "scripts", "subjects")
OF_ONE_KIND += ("without_dependencies",)


def unnamed(readme: str, paths: list[Path]) -> list[str]:
    """Return the modules that a text names neither themselves nor by their folder."""
    return [
        str(path)
        for path in paths
        if f"{path.name}`" not in readme
        and not (path.parent.name in OF_ONE_KIND and f"{path.parent.name}/`" in readme)
    ]


def test_each_module_is_named() -> None:
    paths = [
        path.relative_to(SETUP)
        for path in sorted(SETUP.rglob("*.py"))
        if path.name != "__init__.py" and "__pycache__" not in path.parts
    ]
    assert len(paths) > 50
    assert not unnamed((SETUP / "README.md").read_text(), paths)


def test_a_forgotten_module_is_found() -> None:
    paths = [Path("run/stop.py"), Path("run/start.py"), Path("demo/scenes/chat.py")]
    assert unnamed("`stop.py` ends what `scenes/` plays", paths) == ["run/start.py"]
