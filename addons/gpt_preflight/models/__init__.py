# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import gpt_check_action
from . import gpt_check_chain_model
from . import gpt_check_chain_publication
from . import gpt_check_default_model
from . import gpt_check_job_channel
from . import gpt_check_job_runner
from . import gpt_check_package
from . import gpt_check_price
from . import gpt_check_provider
from . import gpt_check_proxy
from . import gpt_check_retention
from . import gpt_check_time_limit
from . import gpt_check_worker
