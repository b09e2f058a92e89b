# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import gpt_check_websocket
from . import gpt_agent
from . import gpt_chain
from . import gpt_agent_suggestion
from . import im_livechat_channel
from . import im_livechat_channel_rule
from . import discuss_channel
from . import discuss_channel_member
from . import mail_message
from . import gpt_livechat_session
from . import gpt_livechat_answer_job
from . import gpt_livechat_history
from . import gpt_livechat_posting
from . import gpt_livechat_rate_limit
from . import gpt_livechat_handoff
from . import gpt_livechat_handoff_summary
from . import gpt_livechat_notice
from . import gpt_livechat_clock
from . import gpt_livechat_fixed_text
from . import gpt_livechat_posted_answer
from . import gpt_example
from . import gpt_livechat_example
from . import gpt_livechat_report
from . import gpt_request_retention
from . import presence
from . import res_partner
