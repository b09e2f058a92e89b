# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_budget
from . import test_receipt
from . import test_recovery
from . import test_catalogue
from . import test_chain
from . import test_chain_evaluation
from . import test_chain_security
from . import test_chain_step
from . import test_chain_trial
from . import test_chain_version
from . import test_delay
from . import test_ledger
from . import test_ledger_volume
from . import test_lost_connection
from . import test_odd_values
from . import test_privacy
from . import test_preflight
from . import test_provider
from . import test_provider_kinds
from . import test_secrets
from . import test_security
from . import test_security_fields
from . import test_server_action
from . import test_service
from . import test_steps
from . import test_translations
