# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Common ground of the tests that need neither Odoo nor a database.

``odoo.addons.<addon>`` means the same here as within Odoo, except that no addon's
``__init__`` runs: the names are empty packages whose path is the addon's folder, so
``from odoo.addons.gpt_core.engine…`` imports, and ``….models`` fails for want of Odoo.
An installed Odoo is left aside as well, or else the result would depend on it.
"""

import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
ADDONS = ROOT / "addons"


def _namespace(name: str, *paths: Path) -> None:
    module = ModuleType(name)
    module.__path__ = [str(path) for path in paths]
    sys.modules[name] = module
    parent, _, child = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], child, module)


# The test kit, which imports no Odoo: ``openai_server``, ``network_guard``.
sys.path.insert(0, str(ADDONS / "gpt_core" / "testing"))

from network_guard import loopback_only  # noqa: E402 - needs the path
from openai_server import OpenAIServer  # noqa: E402

from setup.demo.model import quote_facts  # noqa: E402

_namespace("odoo")
_namespace("odoo.addons", ADDONS)
for _manifest in sorted(ADDONS.glob("*/__manifest__.py")):
    _namespace(f"odoo.addons.{_manifest.parent.name}", _manifest.parent)


# The end-to-end tests' environment is without it.
with suppress(ModuleNotFoundError):
    from hypothesis import settings

    # The same examples at each run, so that a change is judged by what it changed.
    # ``--hypothesis-profile=search`` looks for new ones.
    settings.register_profile("repeatable", derandomize=True)
    settings.register_profile("search", max_examples=20000, deadline=None)
    settings.load_profile("repeatable")


@pytest.fixture(scope="session", autouse=True)
def network_guard() -> Iterator[None]:
    """No test of this run leaves the machine, nor finds a key or proxy to do so."""
    with loopback_only(), pytest.MonkeyPatch.context() as patch:
        for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_ORG_ID"):
            patch.delenv(name, raising=False)
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            patch.delenv(name, raising=False)
            patch.delenv(name.lower(), raising=False)
        yield


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    """A fresh local OpenAI-compatible server, which answers from the prompt's facts."""
    with OpenAIServer(answerer=quote_facts) as running:
        yield running
