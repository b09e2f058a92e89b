# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import gpt_agent
from . import gpt_discuss_membership
from . import gpt_discuss_question
from . import gpt_discuss_incoming
from . import gpt_discuss_answer_job
from . import gpt_discuss_posting
from . import gpt_discuss_readers
from . import discuss_channel
from . import discuss_channel_member
from . import gpt_ask
from . import gpt_ask_action
from . import gpt_ask_command
from . import gpt_ask_reader
from . import gpt_request
from . import gpt_request_retention
from . import gpt_migration_text
from . import gpt_migration_account
from . import gpt_migration_settings
from . import gpt_migration_channel
from . import gpt_migration_action
from . import gpt_migration_leftover
from . import gpt_migration
from . import gpt_migration_report
from . import gpt_migration_report_line
from . import gpt_check_old_app
from . import res_partner
