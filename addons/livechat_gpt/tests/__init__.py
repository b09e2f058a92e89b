# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_answers_to_visitors
from . import test_check_websocket
from . import test_chat_lifetime
from . import test_handoff
from . import test_nobody_available
from . import test_notice
from . import test_agent_suggestion
from . import test_examples
from . import test_handoff_summary
from . import test_companies
from . import test_trial
from . import test_when_it_answers
from . import test_without_a_job
from . import test_rate_and_length_limits
from . import test_runner_watch
from . import test_bot_loops
from . import test_leaks
from . import test_interleavings
from . import test_intruders
from . import test_silent_people
from . import test_slow_models
from . import test_deleted_and_edited_messages
from . import test_chat_without_assistant
from . import test_strangers_over_http
