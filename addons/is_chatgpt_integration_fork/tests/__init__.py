# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_ask
from . import test_commands
from . import test_discuss_answers
from . import test_discuss_loops
from . import test_discuss_mentions
from . import test_discuss_private
from . import test_migration_account
from . import test_migration_channel
from . import test_migration_other_apps
from . import test_migration_report
from . import test_migration_settings
from . import test_old_faults
