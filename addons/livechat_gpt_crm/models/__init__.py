# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import gpt_agent
from . import gpt_livechat_session
from . import gpt_livechat_lead
from . import gpt_livechat_lead_question
from . import gpt_livechat_handoff
from . import gpt_livechat_handoff_summary
from . import gpt_livechat_history
from . import gpt_livechat_notice
from . import gpt_livechat_posting
