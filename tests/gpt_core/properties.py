# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tests by ``hypothesis``; where it is not installed their modules are skipped."""

import pytest

hypothesis = pytest.importorskip("hypothesis")
st = pytest.importorskip("hypothesis.strategies")

given = hypothesis.given
# The same examples in every run: what fails here fails everywhere.
many = hypothesis.settings(max_examples=300, deadline=None, derandomize=True)
