# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Counts the tests that addons have in their files; run by Odoo's Python.

``count_tests.py <configuration> <tags> <addon>…`` prints ``{"addon": 12}``. Each file
``tests/test_*.py`` counts, also one that no ``__init__`` imports.
"""

import importlib
import json
import sys
from pathlib import Path

import odoo.modules.module
from odoo.tests import loader
from odoo.tests.tag_selector import TagsSelector
from odoo.tools import config


def main(configuration: str, tags: str, *names: str) -> None:
    """Print how many tests of each addon these tags select."""
    config.parse_config(["-c", configuration])
    odoo.modules.module.initialize_sys_path()
    selector = TagsSelector(tags)
    print(json.dumps({name: _count(name, selector) for name in names}))


def _count(name: str, selector: TagsSelector) -> int:
    package = importlib.import_module(f"odoo.addons.{name}.tests")
    files = sorted(Path(package.__file__).parent.glob("test_*.py"))
    modules = (importlib.import_module(f"{package.__name__}.{f.stem}") for f in files)
    return sum(
        selector.check(case)
        for module in modules
        for case in loader.get_module_test_cases(module)
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
