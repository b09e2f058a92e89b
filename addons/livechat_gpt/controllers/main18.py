# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.http import request

from odoo.addons.im_livechat.controllers.main import LivechatController


class GptLivechatController(LivechatController):
    """18.0: the button is shown without an operator, too."""

    @http.route()
    def livechat_init(self, channel_id):
        result = super().livechat_init(channel_id)
        # sudo: im_livechat.channel - a visitor asks whether the chat is available
        channel = request.env["im_livechat.channel"].sudo().browse(channel_id)
        hidden = (result["rule"] or {}).get("action") == "hide_button"
        if channel.gpt_agent_id and not hidden:
            result["available_for_me"] = True
        return result
