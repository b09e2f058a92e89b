# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Finds the local OpenAI-compatible server of the repository's own tests."""

import importlib.util
import os
import sys
from functools import cache
from pathlib import Path
from unittest import SkipTest

_NAME = "odoo_gpt_openai_server"


@cache
def load():
    """Return the package ``tests/openai_server`` of the checkout this addon is in.

    An addon that was installed alone has no such folder: its tests are skipped.
    """
    here = Path(os.path.realpath(__file__))
    for parent in here.parents:
        package = parent / "tests" / "openai_server" / "__init__.py"
        if package.exists():
            spec = importlib.util.spec_from_file_location(
                _NAME, package, submodule_search_locations=[str(package.parent)]
            )
            module = sys.modules[_NAME] = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            return module
    raise SkipTest("the checkout's tests/openai_server is not there")
