# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ..compat import V19
from . import gpt_check_websocket
from . import gpt_agent
from . import gpt_agent_suggestion
from . import gpt_agent_texts
from . import gpt_agent_handoff
from . import im_livechat_channel
from . import im_livechat_channel_rule
from . import discuss_channel
from . import discuss_channel_member
from . import mail_message
from . import gpt_livechat_session
from . import gpt_livechat_effects
from . import gpt_livechat_messages
from . import gpt_livechat_answering
from . import gpt_livechat_flood
from . import gpt_livechat_handoff
from . import gpt_livechat_notice
from . import gpt_livechat_card
from . import gpt_livechat_clock
from . import gpt_livechat_cron
from . import gpt_livechat_answer
from . import gpt_livechat_report
from . import gpt_livechat_retention
from . import gpt_request_retention
from . import presence
from . import res_partner
from . import res_users

if V19:
    from . import im_livechat_channel_19
else:
    from . import im_livechat_channel_18
