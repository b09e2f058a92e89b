# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import secrets

from odoo import SUPERUSER_ID, api, models
from odoo.tools import SQL

from ..utils.old_records import KEPT, OLD, find, identifiers, is_loaded

# What anybody who has read the old app's data file can sign in with.
LOGIN = PASSWORD = "chatgpt"
NAME = "ChatGPT"
_TABLES = ("res_users_apikeys", "auth_totp_device", "auth_passkey_key")


class GptMigrationAccount(models.AbstractModel):
    """Shuts the account of the old app, whose password everybody knows."""

    _name = "gpt.migration.account"
    _description = "Account of the Old App"

    @api.model
    def _move(self):
        """Shut the account; return what to report.

        While the old app is installed, the user keeps its external identifier: without
        it, an update of that app would make a new one, or fail, since the login is
        taken. Uninstalling the app deletes the user, which is right.
        """
        lines = []
        for user in self._accounts():
            if self._is_ours_to_shut(user):
                if self._is_open(user):
                    lines.append(("done", "account", self._shut(user)))
            elif user.active:
                lines.append(("todo", "other_account", {"login": user.login}))
        if not is_loaded(self.env, OLD):
            identifiers(self.env, OLD, "res.users").unlink()
        return lines

    @api.model
    def _accounts(self):
        """Return the users that are the old app's, by identifier or by login."""
        users = self.env["res.users"].with_context(active_test=False)
        named = find(self.env, "user_chatgpt", OLD, KEPT)
        if named is not None and named._name == "res.users":
            users |= named
        return users | users.search([("login", "=", LOGIN)])

    def _is_ours_to_shut(self, user):
        """Tell whether a user is the old app's, and not a person of that login."""
        admin = self.env.ref("base.user_admin", raise_if_not_found=False)
        if user.id in (SUPERUSER_ID, self.env.uid) or user == admin:
            return False
        named = find(self.env, "user_chatgpt", OLD, KEPT)
        return user == named or user.name == NAME or self._has_known_password(user)

    def _is_open(self, user):
        return user.active or self._has_known_password(user)

    def _has_known_password(self, user):
        self.env.cr.execute(
            SQL("SELECT password FROM res_users WHERE id = %s", user.id)
        )
        (hashed,) = self.env.cr.fetchone()
        context = self.env["res.users"]._crypt_context()
        return bool(hashed and context.identify(hashed)) and context.verify(
            PASSWORD, hashed
        )

    @api.model
    def _may_be_open(self):
        """Tell by one cheap query whether there may be an account to shut."""
        self.env.cr.execute(
            SQL(
                """
                SELECT 1 FROM res_users u
                LEFT JOIN ir_model_data d ON d.model = 'res.users' AND d.res_id = u.id
                    AND d.module IN %s AND d.name = 'user_chatgpt'
                WHERE u.active AND (u.login = %s OR d.id IS NOT NULL)
                LIMIT 1
                """,
                (OLD, KEPT),
                LOGIN,
            )
        )
        if not self.env.cr.fetchone():
            return False
        return any(
            self._is_ours_to_shut(user) and self._is_open(user)
            for user in self._accounts()
        )

    @api.model
    def _shut(self, user):
        """Give a user a password that nobody knows, archive it, end what it has open.

        A session is bound to the password and to ``active``, so it ends with them.

        :return: what was done
        """
        users = self.env["res.users"]
        # Not through the field: rules for passwords are for people who choose one.
        hashed = users._crypt_context().hash(secrets.token_urlsafe(48))
        users._set_encrypted_password(user.id, hashed)
        keys = self._delete_keys(user)
        if user.active:
            user.active = False
        # The tokens of sessions are remembered.
        self.env.registry.clear_cache()
        partner = user.partner_id.with_context(active_test=True)
        if partner.active and not partner.user_ids:
            partner.active = False
        return {"login": user.login, "keys": keys}

    def _delete_keys(self, user):
        """Delete what else a user may sign in with; return how many there were."""
        count = 0
        for table in _TABLES:
            self.env.cr.execute("SELECT to_regclass(%s)", [table])
            if not self.env.cr.fetchone()[0]:
                continue
            column = "create_uid" if table == "auth_passkey_key" else "user_id"
            self.env.cr.execute(
                SQL(
                    "DELETE FROM %s WHERE %s = %s",
                    SQL.identifier(table),
                    SQL.identifier(column),
                    user.id,
                )
            )
            count += self.env.cr.rowcount
        return count
