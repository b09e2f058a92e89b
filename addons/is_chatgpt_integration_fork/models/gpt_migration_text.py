# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class GptMigrationText(models.AbstractModel):
    """What the codes of a migration report say to an administrator."""

    _name = "gpt.migration.text"
    _description = "Texts of Migration Reports"

    @api.model
    def _text(self, code, values):
        """Return the sentence of a code, in the user's language."""
        method = getattr(self, f"_text_{code}", None)
        return method(values) if method else code

    def _text_installed(self, _values):
        return self.env._("The app is_chatgpt_integration is installed.")

    def _text_leftovers(self, _values):
        return self.env._(
            "The app is not installed any more; what it had left was still there."
        )

    def _text_key(self, values):
        return self.env._(
            "The API key was moved from the system parameters, where it stood in clear "
            "text, to the provider %(provider)s.",
            provider=values.get("provider"),
        )

    def _text_key_known(self, values):
        return self.env._(
            "The API key stood in clear text in the system parameters. The provider "
            "%(provider)s has it already; it was deleted there.",
            provider=values.get("provider"),
        )

    def _text_key_useless(self, _values):
        return self.env._(
            "What stood in the system parameters as an API key cannot be one, since "
            "it has spaces or accents. It was deleted; enter the right one in the "
            "provider."
        )

    def _text_rotate(self, _values):
        return self.env._(
            "Make a new API key at your provider, enter it in the provider's form "
            "here, and delete the old key there: it could be read in the database, in "
            "its backups, and by every administrator."
        )

    def _text_model(self, values):
        return self.env._("%(new)s is the default model, as before.", new=values["new"])

    def _text_model_successor(self, values):
        return self.env._(
            "The old app used %(old)s, which is not to be had any more. %(new)s is the "
            "default model instead.",
            old=values["old"],
            new=values["new"],
        )

    def _text_model_default_kept(self, values):
        return self.env._(
            "The old app used %(old)s. The default model %(new)s, which was chosen "
            "here already, stays.",
            old=values["old"],
            new=values["new"],
        )

    def _text_model_unknown(self, values):
        return self.env._(
            "The old app's model, number %(number)s of its list, is not known: the "
            "list is gone. The default model of the settings stays.",
            number=values.get("value"),
        )

    def _text_model_missing(self, values):
        return self.env._(
            "The old app used %(old)s, and there is no chat model in the catalogue. "
            "Add one, and choose it in the settings.",
            old=values["old"],
        )

    def _text_other_parameters(self, values):
        text = self.env._(
            "Further system parameters of the old app were left as they are: "
            "%(names)s. Delete what you do not need.",
            names=values["names"],
        )
        if not values.get("secret"):
            return text
        return self.env._("%(text)s One of them may be a secret.", text=text)

    def _text_account(self, values):
        text = self.env._(
            "The user %(login)s, with whose password anybody could sign in, has got a "
            "random one and is archived. All of its sessions have ended.",
            login=values["login"],
        )
        if not values.get("keys"):
            return text
        return self.env._(
            "%(text)s Its API keys and devices were deleted: %(count)s.",
            text=text,
            count=values["keys"],
        )

    def _text_other_account(self, values):
        return self.env._(
            "There is a user with the login %(login)s who does not look like the old "
            "app's. Check who that is, and archive them if nobody knows.",
            login=values["login"],
        )

    def _text_channels(self, values):
        return self.env._(
            "The assistant %(agent)s has taken over %(channels)s channels and "
            "%(chats)s direct messages. It answers every message there; what was "
            "written before is still there.",
            agent=values["agent"],
            channels=values["channels"],
            chats=values["chats"],
        )

    def _text_identifiers(self, values):
        return self.env._(
            "%(count)s records of these conversations stay when the old app is "
            "uninstalled.",
            count=values["count"],
        )

    def _text_uninstall(self, _values):
        return self.env._(
            "Uninstall the app is_chatgpt_integration, under Apps. Nothing of what was "
            "moved goes with it. Until then, it does not answer any more."
        )

    def _text_failed(self, values):
        return self.env._(
            "%(step)s could not be moved, and stay as they were: %(error)s. The "
            "server's log says more; press Look Again when that is mended.",
            step=values["step"],
            error=values["error"],
        )

    def _text_action(self, values):
        text = self.env._(
            "The server action %(action)s runs the new chain %(chain)s now.",
            action=values["action"],
            chain=values["chain"],
        )
        if not values.get("dropped"):
            return text
        return self.env._(
            "%(text)s It does not send the record's chatter, reports or attachments "
            "along any more.",
            text=text,
        )

    def _text_action_stays(self, values):
        return self.env._(
            "The server action %(action)s stays as it is: %(reason)s is more than the "
            "name of a field, which a chain cannot run. Make a chain for it by hand.",
            action=values["action"],
            reason=values["reason"],
        )

    def _text_action_failed(self, values):
        return self.env._(
            "The server action %(action)s stays as it is: %(error)s",
            action=values["action"],
            error=values["error"],
        )

    def _text_chat_parameters(self, values):
        return self.env._(
            "System parameters of odoo_gpt_chat were deleted: %(names)s.",
            names=values["names"],
        )

    def _text_chat_user(self, values):
        return self.env._(
            "The user %(login)s of odoo_gpt_chat has got a random password and is "
            "archived.",
            login=values["login"],
        )

    def _text_chat_column(self, _values):
        return self.env._(
            "The column with the session tokens of odoo_gpt_chat was removed from the "
            "leads."
        )
