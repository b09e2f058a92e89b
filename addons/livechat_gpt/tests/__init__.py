# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_visitor
from . import test_check_websocket
from . import test_life
from . import test_handoff
from . import test_nobody
from . import test_notice
from . import test_agent_suggestion
from . import test_handoff_summary
from . import test_companies
from . import test_modes
from . import test_limits
from . import test_loops
from . import test_leaks
from . import test_interleavings
from . import test_intruders
from . import test_silence
from . import test_own_faults
from . import test_strangers
