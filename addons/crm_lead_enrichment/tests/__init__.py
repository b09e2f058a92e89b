# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_ask_again
from . import test_batch
from . import test_check_lead
from . import test_decisions
from . import test_enrich
from . import test_evidence
from . import test_examples
from . import test_held
from . import test_long_leads
from . import test_merge
from . import test_offers
from . import test_own_faults
from . import test_people
from . import test_run_limits
from . import test_security
from . import test_sixth_field
from . import test_sources
from . import test_trial
from . import test_views
from . import test_when
from . import test_while_running
from . import test_whose_words
