# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import gpt_action_preview
from . import gpt_chain_trial
from . import gpt_chain_trial_value
from . import gpt_chain_compare
from . import gpt_model_fetch
from . import gpt_request_correction
from . import gpt_price_update
from . import gpt_price_update_line
