# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from io import BytesIO

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools.misc import file_path
from odoo.tools.translate import trans_export

from ..compat import V19

AUTHOR = "odoo-gpt authors"
# Every model has them; not each series exports them for a model without a table.
AUTOMATIC = ("id", "display_name")


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    """The Spanish of each installed addon of ours is complete."""

    def test_spanish_is_complete(self):
        ours = [("state", "=", "installed"), ("author", "like", AUTHOR)]
        names = self.env["ir.module.module"].search(ours).mapped("name")
        self.assertIn("gpt_core", names)
        for name in names:
            with self.subTest(name):
                self.assertFalse(self._untranslated(name))

    def _untranslated(self, name):
        catalogue = polib.pofile(file_path(f"{name}/i18n/es.po"))
        done = {entry.msgid for entry in catalogue.translated_entries()}
        return sorted(self._terms(name) - done)

    def _terms(self, name):
        buffer = BytesIO()
        where = self.env if V19 else self.env.cr
        trans_export("", [name], buffer, "po", where)
        exported = polib.pofile(buffer.getvalue().decode())
        return {entry.msgid for entry in exported if self._is_ours(entry, name)}

    def _is_ours(self, entry, name):
        """Tell whether any place of a term is more than a model or a field of Odoo's
        that we extend."""
        for place, _line in entry.occurrences:
            if not place.startswith(("model:ir.model.fields,", "model:ir.model,")):
                return True
            xmlid = place.rpartition(":")[2]
            record = self.env.ref(xmlid, raise_if_not_found=False)
            if record and record._name.endswith("fields") and record.name in AUTOMATIC:
                continue
            if not record or record.modules == name:
                return True
        return False
