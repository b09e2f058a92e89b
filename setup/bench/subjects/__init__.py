# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Each module here measures one subject.

A module has ``ADDON``, the addon that it measures, and ``measure(runtime)``, which
yields a :class:`~..row.Row` for every figure as soon as it is known.
"""
