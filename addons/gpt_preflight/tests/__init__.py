# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_preflight
from . import test_preflight_job
from . import test_preflight_network
from . import test_security
