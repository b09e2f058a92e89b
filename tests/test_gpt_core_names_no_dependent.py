# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``gpt_core`` never names an addon that depends on it, nor a model of one."""

import ast
import re
from pathlib import Path

ADDONS = Path(__file__).parents[1] / "addons"
CORE = ADDONS / "gpt_core"
# Also what is not yet called by its full name.
WORDS = r"kb_|kb\b|\w*livechat|\w*crm"
# In these, it is the name that OpenAI's API has for tuning, in its addresses.
OF_THE_API = (CORE / "testing" / "openai_server", "fine_tuning")


def dependents() -> list[Path]:
    """Return the folders of the other addons."""
    folders = sorted(path.parent for path in ADDONS.glob("*/__manifest__.py"))
    return [folder for folder in folders if folder != CORE]


def model_names(folder: Path) -> set[str]:
    """Return the names of the models that an addon defines."""
    return {
        node.value.value
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assign)
        and getattr(node.targets[0], "id", "") == "_name"
        and isinstance(node.value, ast.Constant)
    }


def forbidden() -> re.Pattern[str]:
    """Return what no file of ``gpt_core`` may say."""
    own = model_names(CORE)
    models = {name for folder in dependents() for name in model_names(folder) - own}
    names = [re.escape(name) for name in (*(f.name for f in dependents()), *models)]
    return re.compile(rf"(?i)\b(?:{'|'.join(names)})\b|\b(?:{WORDS})")


def test_the_names_are_known() -> None:
    pattern = forbidden()
    for text in ("gpt.preflight", "kb_rag", "gpt.kb.chunk", "crm.lead", "im_livechat"):
        assert pattern.search(f"of {text}, say"), text
    for text in ("gpt.chain", "gpt.request", "a live conversation", "ir.cron"):
        assert not pattern.search(text), text


def test_gpt_core_names_no_dependent() -> None:
    pattern = forbidden()
    found = [
        f"{path.relative_to(ADDONS)}:{number}: {line.strip()}"
        for path in sorted(CORE.rglob("*"))
        if path.is_file() and path.suffix not in (".pyc", ".png")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        # A reference of a translation to its source says where it came from.
        if not line.startswith("#:") and pattern.search(_without_api(path, line))
    ]
    assert not found, "\n".join(found)


def _without_api(path: Path, line: str) -> str:
    folder, word = OF_THE_API
    return line.replace(word, "") if path.is_relative_to(folder) else line
