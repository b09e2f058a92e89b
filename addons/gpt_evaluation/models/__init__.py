# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import gpt_chain_case
from . import gpt_chain_case_value
from . import gpt_chain_case_expectation
from . import gpt_chain_evaluation
from . import gpt_chain_evaluation_result
from . import gpt_chain
from . import gpt_chain_version
from . import gpt_request_retention
from . import res_config_settings
