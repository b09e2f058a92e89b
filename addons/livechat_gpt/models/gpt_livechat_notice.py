# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What colleagues are told of a visitor who found nobody.

It leaves by e-mail, and stays in mailboxes where nobody erases anything: that somebody
waits, since when and why, and where to read the rest. Who waits, and what was said, is
only told where Odoo's rights hold.
"""

from datetime import timedelta

from markupsafe import Markup

from odoo import fields, models

from .. import compat
from ..utils.datetime_format import day_and_time

# A visitor who asks again and again does not fill their mailboxes.
QUIET = timedelta(hours=1)


class GptLivechatSession(models.Model):
    # One subject per file.
    _inherit = "gpt.livechat.session"  # pylint: disable=consider-merging-classes-inherited

    told_on = fields.Datetime(string="Colleagues Told On")

    def _effect_tell_colleagues(self, _effect, _request):
        """See to it that somebody hears of a visitor who found nobody.

        An addon that knows a better place for it, such as the CRM, adds it there.
        """
        compat.ask_for_help(self.channel_id, True)
        self._request_summary()
        now = fields.Datetime.now()
        if self.told_on and now - self.told_on < QUIET:
            return
        self.told_on = now
        for colleague in self._colleagues().partner_id:
            self.with_context(lang=colleague.lang or self.env.lang)._notify(colleague)

    def _colleagues(self):
        """Return the operators of the live chat; without any, the GPT managers.

        The visitor was told that somebody will hear of it.
        """
        operators = self.channel_id.livechat_channel_id.user_ids
        return operators or self.company_id._gpt_managers()

    def _notify(self, partner):
        """Tell one colleague, by his inbox or e-mail; never in the visitor's chat."""
        self.env["mail.thread"].message_notify(
            partner_ids=partner.ids,
            subject=self.env._("A visitor of the website is waiting for a person"),
            body=self._notice_html(partner.tz),
            email_layout_xmlid="mail.mail_notification_light",
        )

    def _notice_html(self, tz):
        labels = dict(self._fields["handoff_reason"]._description_selection(self.env))
        day, time = day_and_time(
            self.env,
            self.wanted_since,
            tz or self.agent_id.calendar_id.tz,
            "HH:mm ZZZZ",
        )
        since = self.env._(
            "A visitor has been waiting in the live chat since %(day)s, %(time)s.",
            day=day,
            time=time,
        )
        why = self.env._("Reason: %s", labels.get(self.handoff_reason))
        link = Markup('<a href="%s">%s</a>') % (
            f"{self.get_base_url()}/odoo/gpt.livechat.session/{self.id}",
            self.env._("Open the chat"),
        )
        return Markup("<p>%s<br/>%s</p><p>%s</p>") % (since, why, link)
