# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Everything of this addon that differs between the series of Odoo."""

from odoo import release

V19 = release.version_info[0] >= 19

# Posting as the assistant must not make the job's user follow the channel. Each series
# has its own key for that, and ignores the other's.
POST_CONTEXT = {
    "mail_create_nosubscribe": True,
    "mail_post_autofollow_author_skip": True,
}


def is_open(channel):
    """Tell whether the visitor's chat is still open."""
    return not channel.livechat_end_dt if V19 else channel.livechat_active
