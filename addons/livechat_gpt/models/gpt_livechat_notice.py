# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from markupsafe import Markup

from odoo import fields, models

from .. import compat
from ..utils.datetime_format import day_and_time

# A visitor who asks again and again does not fill their mailboxes.
QUIET = timedelta(hours=1)


class GptLivechatNotice(models.AbstractModel):
    """What colleagues are told of a visitor who found nobody.

    It leaves by e-mail, and stays in mailboxes where nobody erases anything: that
    somebody waits, since when and why, and where to read the rest. Who waits, and what
    was said, is only told where Odoo's rights hold.
    """

    _name = "gpt.livechat.notice"
    _description = "GPT Live Chat: Notices to Colleagues"

    def _tell_colleagues(self, session, _effect, _request):
        """See to it that somebody hears of a visitor who found nobody.

        An addon that knows a better place for it, such as the CRM, adds it there.
        """
        compat.ask_for_help(session.channel_id, True)
        session.env["gpt.livechat.handoff.summary"]._enqueue(session)
        now = fields.Datetime.now()
        if session.told_on and now - session.told_on < QUIET:
            return
        session.told_on = now
        for colleague in self._colleagues(session).partner_id:
            lang = colleague.lang or session.env.lang
            self._notify(session.with_context(lang=lang), colleague)

    def _colleagues(self, session):
        """Return the operators of the live chat; without any, the GPT managers.

        The visitor was told that somebody will hear of it.
        """
        operators = session.channel_id.livechat_channel_id.user_ids
        return operators or session.company_id._gpt_managers()

    def _notify(self, session, partner):
        """Tell one colleague, by inbox or e-mail; never in the visitor's chat."""
        session.env["mail.thread"].message_notify(
            partner_ids=partner.ids,
            subject=session.env._("A visitor of the website is waiting for a person"),
            body=self._body(session, partner.tz),
            email_layout_xmlid="mail.mail_notification_light",
        )

    def _body(self, session, tz):
        day, time = day_and_time(
            session.env,
            session.wanted_since,
            tz or session.agent_id.calendar_id.tz,
            "HH:mm ZZZZ",
        )
        since = session.env._(
            "A visitor has been waiting in the live chat since %(day)s, %(time)s.",
            day=day,
            time=time,
        )
        why = session.env._("Reason: %s", session._handoff_reason_label())
        link = Markup('<a href="%s">%s</a>') % (
            f"{session.get_base_url()}/odoo/gpt.livechat.session/{session.id}",
            session.env._("Open the chat"),
        )
        return Markup("<p>%s<br/>%s</p><p>%s</p>") % (since, why, link)
