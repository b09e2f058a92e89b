# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import os
from collections.abc import Iterator

import pytest

from setup.odoo_runtime import OdooRuntime, odoo_runtime

from .site import Site, make_site


@pytest.fixture(scope="session")
def runtime() -> Iterator[OdooRuntime]:
    """Odoo of the series that ``make test`` is at."""
    with odoo_runtime(os.environ.get("ODOO_GPT_SERIES", "18.0")) as runtime:
        yield runtime


@pytest.fixture(scope="session")
def shared_site(runtime: OdooRuntime) -> Iterator[Site]:
    with make_site(runtime, "gpt_e2e") as site:
        yield site


@pytest.fixture
def site(shared_site: Site) -> Site:
    """A site that is running, and a model that was told nothing yet."""
    if not shared_site.server.is_running:
        shared_site.server.start()
    shared_site.model.reset()
    return shared_site
