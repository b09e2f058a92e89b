# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_case_security
from . import test_chain_evaluation
from . import test_security
from . import test_trial
