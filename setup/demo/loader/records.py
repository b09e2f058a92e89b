# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Records with external ids, and the files that describe them."""

import base64
import json
from pathlib import Path
from typing import Any

MODULE = "gpt_demo"
DATA = Path(__file__).resolve().parent.parent / "data"


def read(name: str) -> Any:
    """Return what the file ``data/<name>.json`` holds."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def image(name: str) -> bytes:
    """Return the picture ``data/<name>.png`` as Odoo's image fields want it."""
    return base64.b64encode((DATA / f"{name}.png").read_bytes())


def upsert(env: Any, model: str, xml_id: str, values: dict[str, Any]) -> Any:
    """Create the record with this external id, or write the values to it."""
    item = {"xml_id": f"{MODULE}.{xml_id}", "values": values, "noupdate": True}
    return env[model]._load_records([item], update=False)


def own(env: Any, xml_id: str) -> Any:
    """Return the record with this external id of the demo."""
    return env.ref(f"{MODULE}.{xml_id}")
