# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.http import request

from odoo.addons.im_livechat.controllers.webclient import WebClient
from odoo.addons.mail.tools.discuss import Store


class GptLivechatWebClient(WebClient):
    """19.0: the button is shown without an operator, too."""

    @classmethod
    def _process_request_for_all(cls, store: Store, name, params):
        result = super()._process_request_for_all(store, name, params)
        if name == "init_livechat" and cls._gpt_is_available(params):
            store.add_global_values(livechat_available=True)
        return result

    @classmethod
    def _gpt_is_available(cls, channel_id):
        # sudo: im_livechat.channel - a visitor asks whether the chat is available
        channel = request.env["im_livechat.channel"].sudo().browse(channel_id).exists()
        if not channel:
            return False
        place = channel._gpt_url(), cls._gpt_country_id()
        rules = request.env["im_livechat.channel.rule"].sudo()
        if rules.match_rule(channel_id, *place).action == "hide_button":
            return False
        return bool(channel._gpt_agent(*place))

    @classmethod
    def _gpt_country_id(cls):
        code = request.geoip.country_code
        if not code:
            return None
        # sudo: res.country - visitors may know where they are
        return request.env["res.country"].sudo().search([("code", "=", code)]).id
