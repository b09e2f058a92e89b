# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import gpt_provider
from . import gpt_model
from . import gpt_chain
from . import gpt_chain_input
from . import gpt_chain_step
from . import gpt_chain_output
from . import gpt_chain_version
from . import gpt_conversation
from . import gpt_consumer_mixin
from . import gpt_request
from . import gpt_request_error
from . import gpt_request_retention
from . import gpt_request_recovery
from . import gpt_receipt
from . import gpt_budget
from . import gpt_service
from . import gpt_service_run
from . import gpt_service_budget
from . import res_config_settings
from . import res_partner
from . import gpt_action_value
from . import ir_actions_server
