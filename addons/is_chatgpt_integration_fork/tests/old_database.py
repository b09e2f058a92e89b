# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What databases with the old apps look like, made without any code of theirs."""

from unittest.mock import patch

from odoo.tools import SQL

OLD = "is_chatgpt_integration"
KEY = "sk-old-clear-text"
# By series: the models of the old app's list, and the name of the model of channels.
MODELS = {
    "16.0": (
        "text_davinci_001",
        "text_davinci_002",
        "text_davinci_003",
        "gpt-3.5-turbo",
    ),
    "17.0": ("gpt-3.5-turbo", "gpt-4"),
    "18.0": ("gpt-4o-mini", "gpt-4o", "gpt-3.5-turbo", "gpt-4"),
}


class OldDatabase:
    """The records of the old app, as an installation of a series made them.

    :param state: of the module; ``uninstalled`` where only leftovers are here
    """

    def __init__(self, env, series="18.0", state="installed", model="gpt-4o"):
        self.env, self.series = env, series
        self.module = env["ir.module.module"].search([("name", "=", OLD)])
        if not self.module:
            self.module = env["ir.module.module"].create({"name": OLD})
        self.module.state = state
        # Not "ChatGPT, " before the user: its contact is the one below.
        self.partner = env["res.partner"].create({"name": "ChatGPT"})
        self.user = self.make_user()
        self.admin = env.ref("base.user_admin")
        group = env.ref("base.group_user")
        self.channel = (
            env["discuss.channel"]
            .with_user(self.admin)
            .create({"name": "ChatGPT", "channel_type": "channel"})
            .with_env(env)
        )
        self.channel.write({"group_ids": [(4, group.id)]})
        self.notice = self.say(self.channel, env.ref("base.partner_root"), "Installed")
        self.join(self.channel, self.partner)
        self.member = self.channel.channel_member_ids.filtered(
            lambda member: member.partner_id == self.admin.partner_id
        )
        self.question = self.say(self.channel, self.admin.partner_id, "Who was Juárez?")
        self.answer = self.say(self.channel, self.partner, "A president of Mexico.")
        self.chat = self.make_chat(self.admin.partner_id)
        self.chat_answer = self.say(self.chat, self.partner, "Hello!")
        self._set_parameters(model)
        if state != "uninstalled":
            self._set_identifiers()
        env.flush_all()

    def make_user(self):
        """Return the insecure user, as the data file of the old app makes it."""
        return (
            self.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "name": "ChatGPT",
                    "login": "chatgpt",
                    "password": "chatgpt",
                    "partner_id": self.partner.id,
                }
            )
        )

    def make_chat(self, partner):
        chat = self.env["discuss.channel"].with_context(install_mode=True).create(
            {
                "name": f"ChatGPT, {partner.name}",
                "channel_type": "chat",
                "channel_member_ids": [
                    (0, 0, {"partner_id": self.partner.id}),
                    (0, 0, {"partner_id": partner.id}),
                ],
            }
        )  # fmt: skip
        return chat.with_env(self.env)

    def join(self, channel, partner):
        if partner not in channel.channel_member_ids.partner_id:
            self.env["discuss.channel.member"].create(
                {"channel_id": channel.id, "partner_id": partner.id}
            )

    def say(self, channel, partner, text):
        return self.env["mail.message"].create(
            {
                "model": "discuss.channel",
                "res_id": channel.id,
                "author_id": partner.id,
                "body": text,
                "message_type": "comment",
                "subtype_id": self.env.ref("mail.mt_comment").id,
            }
        )

    def _set_parameters(self, model):
        self.env.cr.execute(
            "CREATE TABLE chatgpt_model (id serial PRIMARY KEY, name varchar)"
        )
        ids = {}
        for name in MODELS[self.series]:
            self.env.cr.execute(
                "INSERT INTO chatgpt_model (name) VALUES (%s) RETURNING id", [name]
            )
            (ids[name],) = self.env.cr.fetchone()
        params = self.env["ir.config_parameter"].sudo()
        params.set_param(f"{OLD}.openapi_api_key", KEY)
        # The id of a record, as a string, in a parameter that is misspelt.
        params.set_param(f"{OLD}.chatgp_model", str(ids[model]))

    def drop_models(self):
        self.env.cr.execute("DROP TABLE chatgpt_model")

    def _set_identifiers(self):
        # A database that came from 16.0 by hand may have the old names of models.
        channel = "mail.channel" if self.series == "16.0" else "discuss.channel"
        for name, model, record in (
            ("channel_chatgpt", channel, self.channel),
            ("module_install_notification", "mail.message", self.notice),
            (
                "channel_member_chatgtp_channel_for_admin",
                f"{channel}.member",
                self.member,
            ),
            ("partner_chatgpt", "res.partner", self.partner),
            ("user_chatgpt", "res.users", self.user),
        ):
            self.identify(name, model, record)

    def identify(self, name, model, record):
        return self.env["ir.model.data"].create(
            {
                "module": OLD,
                "name": name,
                "model": model,
                "res_id": record.id,
                "noupdate": True,
            }
        )


def old_app_answers(env):
    """Let messages pass the rule by which the old app decides whether it answers.

    It looks its channel and contact up with each message of any channel, and fails
    where they are not found. This is that rule in our words, for a test only.

    :return: a patch; it gives the list of the messages that were answered
    """
    answered = []
    channels = type(env["discuss.channel"])
    original = channels._notify_thread

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        result = original(self, message, msg_vals=msg_vals, **kwargs)
        look_up = self.env.ref
        own_channel = look_up(f"{OLD}.channel_chatgpt")
        own_partner = look_up(f"{OLD}.partner_chatgpt")
        look_up(f"{OLD}.user_chatgpt")
        title = (msg_vals or {}).get("record_name") or self.display_name or ""
        if message.author_id == own_partner:
            return result
        is_direct = f"{own_partner.name}, " in title or (
            self.channel_type == "chat" and "ChatGPT," in title
        )
        if is_direct or self == own_channel:
            answered.append(message)
        return result

    return patch.object(channels, "_notify_thread", _notify_thread), answered


def make_agent_actions(env, owner="much_automated_agent_actions"):
    """Make the columns of the app with AI server actions, declared by ``owner``."""
    cr = env.cr
    for column, type_ in (
        ("prompt_template", "text"),
        ("ai_model_id", "integer"),
        ("output_destination", "varchar"),
        ("output_field_id", "integer"),
        ("include_chatter", "boolean"),
    ):
        cr.execute(
            SQL(
                "ALTER TABLE ir_act_server ADD COLUMN IF NOT EXISTS %s %s",
                SQL.identifier(column),
                SQL(type_),
            )
        )
        declare_field(env, owner, "ir.actions.server", column)
    cr.execute("CREATE TABLE ai_model (id serial PRIMARY KEY, name jsonb)")
    cr.execute(
        'INSERT INTO ai_model (name) VALUES (\'{"en_US": "gpt-4o"}\') RETURNING id'
    )
    (model_id,) = cr.fetchone()
    declare(env, owner, "ir.model", _row(env, "ir_model", model="ai.model", name="AI"))
    return model_id


def declare_field(env, owner, model, name):
    cr = env.cr
    cr.execute("SELECT id FROM ir_model WHERE model = %s", [model])
    (model_id,) = cr.fetchone()
    field_id = _row(
        env, "ir_model_fields", name=name, model=model, model_id=model_id,
        ttype="text", field_description=name, state="base", store=True,
    )  # fmt: skip
    declare(env, owner, "ir.model.fields", field_id)


def declare(env, owner, model, id_):
    env["ir.model.data"].create(
        {"module": owner, "name": f"of_{model}_{id_}", "model": model, "res_id": id_}
    )


def _row(env, table, **values):
    """Insert a row below the ORM, which has no such model or field."""
    columns = {}
    env.cr.execute(
        "SELECT column_name, data_type FROM information_schema.columns "
        "WHERE table_name = %s",
        [table],
    )
    for name, type_ in env.cr.fetchall():
        if name in values:
            is_json = type_ == "jsonb"
            columns[name] = (
                f'{{"en_US": "{values[name]}"}}' if is_json else values[name]
            )
        elif name == "order":
            columns[name] = "id"
        elif name == "state":
            columns[name] = "base"
    env.cr.execute(
        SQL(
            "INSERT INTO %s (%s) VALUES %s RETURNING id",
            SQL.identifier(table),
            SQL(", ").join(SQL.identifier(name) for name in columns),
            tuple(columns.values()),
        )
    )
    return env.cr.fetchone()[0]
