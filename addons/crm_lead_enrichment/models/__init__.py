# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import gpt_chain
from . import gpt_chain_output
from . import gpt_lead_input
from . import gpt_lead_run
from . import gpt_lead_run_apply
from . import gpt_lead_run_limits
from . import gpt_lead_run_recovery
from . import gpt_lead_value
from . import gpt_lead_value_decision
from . import gpt_lead_value_retention
from . import gpt_lead_batch
from . import crm_lead
from . import crm_lead_sender
from . import crm_lead_sources
from . import crm_lead_trigger
from . import crm_lead_status
from . import crm_lead_erasure
from . import gpt_request_retention
from . import gpt_lead_outcome
from . import res_company
from . import res_config_settings
from . import res_partner
from . import res_users
