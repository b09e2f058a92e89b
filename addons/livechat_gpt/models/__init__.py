# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ..compat import V19
from . import gpt_agent
from . import im_livechat_channel
from . import discuss_channel
from . import gpt_livechat_session

if V19:
    from . import im_livechat_channel_19
else:
    from . import im_livechat_channel_18
