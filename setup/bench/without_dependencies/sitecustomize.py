# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Put on a worker's path, it is as if the addons' Python packages were not there."""

import importlib.abc
import sys

ABSENT = ("langchain", "langchain_core", "langchain_openai", "openai", "pydantic")


class _Absent(importlib.abc.MetaPathFinder):
    def find_spec(self, fullname, path=None, target=None):
        if fullname.partition(".")[0] in ABSENT:
            raise ModuleNotFoundError(f"{fullname} is left out", name=fullname)


sys.meta_path.insert(0, _Absent())
