# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Odoo's XML-RPC, as any other program would use it."""

from __future__ import annotations

import xmlrpc.client
from typing import Any


class OdooRpc:
    """A signed-in connection to one database.

    :raise xmlrpc.client.Fault: what Odoo refuses.
    """

    def __init__(self, url: str, database: str, login: str, password: str) -> None:
        self.database = database
        common = xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/common")
        self._user = common.authenticate(database, login, password, {})
        if not self._user:
            raise PermissionError(f"{login} cannot sign in to {database}")
        self._credentials = (database, self._user, password)
        self._models = xmlrpc.client.ServerProxy(
            f"{url}/xmlrpc/2/object", allow_none=True
        )

    def call(self, model: str, method: str, *arguments: Any, **named: Any) -> Any:
        """Call a public method of a model."""
        return self._models.execute_kw(
            *self._credentials, model, method, list(arguments), named
        )

    def ref(self, xml_id: str) -> int:
        """Return the id of the record with this external id."""
        module, _, name = xml_id.partition(".")
        domain = [("module", "=", module), ("name", "=", name)]
        (found,) = self.call("ir.model.data", "search_read", domain, fields=["res_id"])
        return found["res_id"]

    def installed(self, addon: str) -> bool:
        """Return whether an addon is installed."""
        domain = [("name", "=", addon), ("state", "=", "installed")]
        return bool(self.call("ir.module.module", "search_count", domain))
