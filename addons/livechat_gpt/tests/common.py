# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A live chat with an assistant, driven as a visitor's browser drives it."""

from odoo import Command, fields
from odoo.tests import HttpCase

from odoo.addons.gpt_core.tests.common import GptMixin
from odoo.addons.gpt_core.tests.jobs import run_job
from odoo.addons.mail.tests.common import mail_new_test_user
from odoo.addons.queue_job.job import Job

from ..compat import PRESENCE_MODEL, V19

ANSWERING = ("_answer_job", "_catch_up_job")
CONSUMERS = ("gpt.livechat.session", "gpt.livechat.handoff.summary")


class LivechatGptCase(GptMixin, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.env["gpt.agent"].create(
            {
                "name": "Sofía",
                "knowledge": "Abrimos de lunes a viernes de 9:00 a 18:00.\n"
                "El envío cuesta 150 pesos.",
                "failure_message": "No puedo responder ahora.",
                # The clock of a test's transaction stands still, and Odoo's does not.
                "answer_timeout": 0,
            }
        )
        if "max_lead_facts" in cls.agent._fields:
            # What the CRM adds to the answers is tested there.
            cls.agent.max_lead_facts = 0
        cls.livechat = cls.env["im_livechat.channel"].create(
            {
                "name": "Site",
                "gpt_agent_id": cls.agent.id,
                "user_ids": [Command.clear()],
            }
        )

    @classmethod
    def make_operator(cls, login="gpt_operator", available=True, **vals):
        """Return an operator of the live chat, who is online or not."""
        operator = mail_new_test_user(
            cls.env,
            login,
            groups="base.group_user,im_livechat.im_livechat_group_user",
            **vals,
        )
        cls.livechat.user_ids = [Command.link(operator.id)]
        cls.set_available(operator, available)
        return operator

    @classmethod
    def set_available(cls, operator, available=True):
        """Say that an operator is online, as their browser does, or is not."""
        status = "online" if available else "offline"
        presences = cls.presences()
        presence = presences.search([("user_id", "=", operator.id)])
        now = fields.Datetime.now()
        vals = {"status": status, "last_presence": now, "last_poll": now}
        if presence:
            presence.write(vals)
        else:
            presences.create({"user_id": operator.id} | vals)
        cls.env.invalidate_all()

    def operator_writes(self, operator, channel, body="Yo me encargo"):
        """Post as an operator who is in the chat."""
        return channel.with_user(operator).message_post(
            body=body, message_type="comment", subtype_xmlid="mail.mt_comment"
        )

    def written_now(self, message):
        """Let a message be of now: the clock of a test's transaction stands still."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mail_message SET create_date = %s WHERE id = %s",
            [fields.Datetime.now(), message.id],
        )
        self.env.invalidate_all()
        return message

    def process_due(self):
        """Let the cron do what time does."""
        self.env.flush_all()
        self.env["gpt.livechat.session"]._cron_process_due()
        self.env.invalidate_all()

    def time_passes(self, channel, seconds):
        """Let everything of a chat be so much longer ago."""
        self.env.flush_all()
        ago = {"seconds": seconds, "channel": channel.id}
        chat = "create_date assigned_since promised_until wanted_since told_on"
        comments = "model = 'discuss.channel' AND res_id"
        for table, columns, where in (
            ("mail_message", "create_date date", comments),
            ("gpt_livechat_session", chat, "channel_id"),
            ("discuss_channel", "last_interest_dt", "id"),
            (self.presences()._table, "offline_since", "%(channel)s"),
        ):
            moved = ", ".join(
                f"{column} = {column} - %(seconds)s * interval '1 second'"
                for column in columns.split()
            )
            query = f"UPDATE {table} SET {moved} WHERE {where} = %(channel)s"
            self.env.cr.execute(query, ago)
        self.env.invalidate_all()

    @classmethod
    def presences(cls):
        return cls.env[PRESENCE_MODEL]

    def setUp(self):
        super().setUp()
        self.env["queue.job"].search([]).unlink()

    def open_chat(self, persisted=True, **params):
        """Open the chat window; return the ``discuss.channel`` (or the raw answer)."""
        params = {"channel_id": self.livechat.id, "persisted": persisted} | params
        if not V19:
            params.setdefault("anonymous_name", "Visitor")
        answer = self.make_jsonrpc_request("/im_livechat/get_session", params)
        if not answer or not persisted:
            return answer
        if V19:
            return self.env["discuss.channel"].browse(answer["channel_id"])
        (data,) = [c for c in answer["discuss.channel"] if "livechat_active" in c]
        return self.env["discuss.channel"].browse(data["id"])

    def visitor_writes(self, channel, body, **context):
        """Post as the browser of the visitor does; return the ``mail.message``."""
        answer = self.make_jsonrpc_request(
            "/mail/message/post",
            {
                "thread_model": "discuss.channel",
                "thread_id": channel.id,
                "post_data": {
                    "body": body,
                    "message_type": "comment",
                    "subtype_xmlid": "mail.mt_comment",
                },
                "context": context,
            },
        )
        message_id = answer.get("message_id") or answer["mail.message"][0]["id"]
        return self.env["mail.message"].browse(message_id)

    def guest_posts(self, channel, body, guest=None, **vals):
        """Post as a guest does, without the way over HTTP."""
        guest = guest or channel.channel_member_ids.guest_id
        public = self.env.ref("base.public_user")
        comment = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        message = (
            channel.with_user(public)
            .sudo()
            .with_context(guest=guest.with_user(public))
            .message_post(body=body, **(comment | vals))
        )
        self.assertEqual(message.author_guest_id, guest)
        return message

    def model_says(self, answer, times=1, **more):
        """Have the model answer so; ``more`` are fields of its structured answer."""
        data = {
            "action": "answer",
            "kind": "answer",
            "cited": [],
            "confidence": 0.9,
            "missing": [],
            "language": "es",
        }
        answer = data | {"answer": answer} | more
        # Not what sums a chat up for a colleague.
        self.server.answer_with(answer, times, match="<question>")

    def summed_up(self, session, **texts):
        """Give a chat a hand-off summary, as if a model had made it."""
        summaries = self.env["gpt.livechat.handoff.summary"]
        session.summary_id = summaries.create({"session_id": session.id, **texts})

    def own_text(self, name, lang=None):
        """Return what the assistant says of its own accord, without a model."""
        texts = self.env["gpt.livechat.fixed.text"].with_context(lang=lang or "en_US")
        return texts._text(self.agent.with_env(texts.env), name)

    def last_question(self, session):
        return self.env["gpt.livechat.history"]._last_question(session)

    def jobs(self):
        """Return the jobs that wait to answer somebody, oldest first."""
        return self.all_jobs().filtered(lambda job: job.method_name in ANSWERING)

    def all_jobs(self):
        """Return the jobs of chats that wait to be run, oldest first."""
        return self.env["queue.job"].search(
            [
                ("state", "=", "pending"),
                ("model_name", "in", CONSUMERS),
            ],
            order="id",
        )

    def run_job(self, record):
        """Run one job as the runner does; return the seconds until the next try."""
        return run_job(self.env, record)

    def crashes(self, record):
        """Run a job that breaks down; return what it raised."""
        try:  # not assertRaises, which undoes what was stored
            self.run_job(record)
        except Exception as error:
            return error
        return None

    def begin(self, record):
        """Run the first phase of a job; return the request's id and the run."""
        self.env.flush_all()
        job = Job.load(self.env, record.uuid)
        session = job.recordset.with_context(job_uuid=job.uuid)
        try:
            return session._gpt_begin("_prepare_answer", job.args, job.uuid)
        finally:
            self.env.invalidate_all()  # it may have changed the session

    def finish(self, record, request_id, run):
        """Ask the model, and run the last phase of a job."""
        self.env.flush_all()
        session = Job.load(self.env, record.uuid).recordset
        self.env["gpt.request.booking"]._keep_outcome(request_id, run.run())
        session._gpt_finish(request_id, None)
        self.env.invalidate_all()

    def run_jobs(self):
        for record in self.all_jobs():
            self.run_job(record)

    def answers(self, channel):
        """Return the texts that the assistant posted, oldest first."""
        messages = channel.message_ids.sorted("id").filtered(
            lambda m: (
                m.author_id == self.agent.partner_id and m.message_type == "comment"
            )
        )
        return [message.preview for message in messages]
