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
        channel = request.env["im_livechat.channel"].sudo().browse(channel_id).exists()
        hidden = (result["rule"] or {}).get("action") == "hide_button"
        if channel and not hidden:
            agent = channel._gpt_agent(channel._gpt_url(), self._gpt_country_id())
            result["available_for_me"] = result["available_for_me"] or bool(agent)
        return result

    def _gpt_country_id(self):
        code = request.geoip.country_code
        if not code:
            return None
        # sudo: res.country - visitors may know where they are
        return request.env["res.country"].sudo().search([("code", "=", code)]).id
