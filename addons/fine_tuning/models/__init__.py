# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import gpt_dataset_format
from . import gpt_dataset_problem
from . import gpt_dataset
from . import gpt_dataset_source
from . import gpt_dataset_export
from . import res_partner
