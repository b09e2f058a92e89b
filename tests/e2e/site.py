# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A website with an assistant, on a database of its own."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg2
from openai_server import OpenAIServer

from setup.client.rpc import OdooRpc
from setup.client.visitor import Visitor, visitor
from setup.demo.model import quote_facts
from setup.run import databases
from setup.run.runtime import OdooRuntime
from setup.run.server import OdooServer

FACTS = "El envío cuesta 150 pesos.\nAbrimos de lunes a viernes de 9:00 a 18:00."


@dataclass
class Site:
    """A running server, the model behind it, and ways to look at both."""

    runtime: OdooRuntime
    server: OdooServer
    model: OpenAIServer
    livechat: int = 0

    @property
    def rpc(self) -> OdooRpc:
        """The administrator's connection."""
        return OdooRpc(self.server.url, self.server.database, "admin", "admin")

    def visitor(self) -> Visitor:
        """Return a visitor with an open chat."""
        guest = visitor(self.runtime.series, self.server.url, self.livechat)
        guest.open_site()
        guest.open_chat()
        return guest

    def connect(self) -> psycopg2.extensions.connection:
        """Return a connection of our own to the site's database."""
        options = self.runtime.server.odoo_options()
        return psycopg2.connect(
            dbname=self.server.database,
            host=options.get("db_host"),
            port=options.get("db_port"),
            user=options.get("db_user"),
            password=options.get("db_password"),
        )

    def set_up_assistant(self) -> None:
        """Give the first live chat channel an assistant, and the website to it."""
        rpc = self.rpc
        rpc.call(
            "gpt.provider",
            "write",
            [rpc.ref("gpt_core.provider_openai")],
            {"base_url": self.model.base_url, "api_key": "sk-local", "max_retries": 0},
        )
        # All visitors of these tests have one address.
        values = {"name": "Sofía", "knowledge": FACTS}
        values |= {"max_chats_hour": 0, "max_answers_hour": 0}
        # Servers are killed, and start slowly: tests of the clock set one themselves.
        values |= {"answer_timeout": 0}
        agent = rpc.call("gpt.agent", "create", values)
        (self.livechat,) = rpc.call("im_livechat.channel", "search", [], limit=1)
        rpc.call(
            "im_livechat.channel",
            "write",
            [self.livechat],
            {"gpt_agent_id": agent, "user_ids": [(6, 0, [self._make_operator()])]},
        )
        websites = rpc.call("website", "search", [])
        rpc.call("website", "write", websites, {"channel_id": self.livechat})

    def _make_operator(self) -> int:
        """Create the operator, who is online while their browser is open."""
        rpc = self.rpc
        field = "groups_id" if self.runtime.series == "18.0" else "group_ids"
        groups = ("base.group_user", "im_livechat.im_livechat_group_user")
        return rpc.call(
            "res.users",
            "create",
            {
                "name": "Ana Operadora",
                "login": "ana",
                "password": "ana",
                field: [(6, 0, [rpc.ref(name) for name in groups])],
            },
        )

    def close_chats(self) -> None:
        """End what earlier tests left open."""
        with self.connect() as connection, connection.cursor() as cursor:
            cursor.execute("UPDATE gpt_livechat_session SET state = 'closed'")

    def newest_session(self) -> dict:
        """Return the newest chat of the assistant."""
        found = self.rpc.call(
            "gpt.livechat.session", "search_read", [], limit=1, order="id desc"
        )
        return found[0]


@contextmanager
def make_site(
    runtime: OdooRuntime,
    name: str,
    addons: Sequence[str] = (),
    *options: str,
) -> Iterator[Site]:
    """Run a site on a database of its own with all our addons; dropped at the end.

    :param addons: addons of Odoo that are installed as well
    :param options: further arguments of Odoo's command line for that
    """
    database = runtime.server.name(f"e2e {name} {runtime.series}")
    databases.copy(runtime, databases.addons_template(runtime), database)
    if addons:
        databases.install(runtime, database, addons, *options)
    server = OdooServer(runtime, database)
    try:
        with OpenAIServer(answerer=quote_facts) as model, server:
            site = Site(runtime, server, model)
            site.set_up_assistant()
            yield site
    finally:
        databases.drop(runtime, database)
