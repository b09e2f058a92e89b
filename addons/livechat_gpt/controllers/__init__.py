# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ..compat import V19

if V19:
    from . import main19
else:
    from . import main18
