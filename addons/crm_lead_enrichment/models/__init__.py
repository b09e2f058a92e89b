# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import gpt_check_lead
from . import gpt_chain
from . import gpt_chain_output
from . import gpt_lead_input
from . import gpt_lead_run
from . import gpt_lead_value
from . import gpt_lead_decision
from . import gpt_lead_batch
from . import gpt_lead_chain
from . import gpt_lead_correspondence
from . import gpt_lead_reader
from . import gpt_lead_trigger
from . import gpt_lead_rate_limit
from . import gpt_lead_writer
from . import gpt_lead_proposal
from . import crm_lead
from . import gpt_request
from . import gpt_request_recovery
from . import gpt_request_retention
from . import gpt_lead_outcome
from . import res_company
from . import res_config_settings
from . import res_partner
from . import res_users
