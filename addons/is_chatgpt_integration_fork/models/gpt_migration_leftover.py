# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL

from ..utils.old_records import (
    find,
    has_column,
    identifiers,
    is_loaded,
    owns_field,
    parameters,
)

CHAT_APP = "odoo_gpt_chat"
_USER = "whisperchat_user_bits"


class GptMigrationLeftover(models.AbstractModel):
    """Removes what odoo_gpt_chat has left behind, once it is uninstalled."""

    _name = "gpt.migration.leftover"
    _description = "Leftovers of odoo_gpt_chat"

    @api.model
    def _count(self):
        """Return how many things there are to remove; none while the app is here."""
        if is_loaded(self.env, CHAT_APP):
            return 0
        return (
            len(parameters(self.env, CHAT_APP))
            + len(self._users())
            + int(self._has_token_column())
        )

    @api.model
    def _remove(self):
        """Remove it; return what to report."""
        if is_loaded(self.env, CHAT_APP):
            return []
        lines = []
        if found := parameters(self.env, CHAT_APP):
            names = ", ".join(found.mapped("key"))
            found.unlink()
            lines.append(("done", "chat_parameters", {"names": names}))
        account = self.env["gpt.migration.account"]
        # Leads and messages name the user, who is archived, not deleted.
        lines += [("done", "chat_user", account._shut(user)) for user in self._users()]
        identifiers(self.env, CHAT_APP, "res.users").unlink()
        if self._has_token_column():
            self._drop_token_column()
            lines.append(("done", "chat_column", {}))
        return lines

    def _users(self):
        users = self.env["res.users"]
        named = find(self.env, _USER, CHAT_APP)
        if named is not None and named._name == "res.users":
            users |= named
        users |= users.search([("login", "=", _USER)])
        return users.filtered("active")

    def _has_token_column(self):
        """Tell whether leads have the app's column, and no other module declares it."""
        if not has_column(self.env, "crm_lead", "session_token"):
            return False
        lead = self.env.get("crm.lead")
        if lead is not None and "session_token" in lead._fields:
            return False  # somebody else's, whose code is loaded
        return self._field_is_orphan() or owns_field(
            self.env, CHAT_APP, "crm.lead", "session_token"
        )

    def _field_is_orphan(self):
        self.env.cr.execute(
            "SELECT 1 FROM ir_model_fields "
            "WHERE model = 'crm.lead' AND name = 'session_token'"
        )
        return not self.env.cr.fetchone()

    def _drop_token_column(self):
        fields_ = SQL(
            "SELECT id FROM ir_model_fields "
            "WHERE model = 'crm.lead' AND name = 'session_token'"
        )
        self.env.cr.execute(
            SQL(
                "DELETE FROM ir_model_data "
                "WHERE model = 'ir.model.fields' AND module = %s AND res_id IN (%s)",
                CHAT_APP,
                fields_,
            )
        )
        self.env.cr.execute(
            "DELETE FROM ir_model_fields "
            "WHERE model = 'crm.lead' AND name = 'session_token'"
        )
        self.env.cr.execute("ALTER TABLE crm_lead DROP COLUMN session_token")
        self.env.invalidate_all()
