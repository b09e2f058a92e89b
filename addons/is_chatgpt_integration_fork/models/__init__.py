# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import discuss_channel
from . import discuss_channel_member
from . import gpt_ask
from . import gpt_ask_action
from . import gpt_ask_command
from . import gpt_ask_reader
from . import gpt_request
from . import gpt_request_retention
