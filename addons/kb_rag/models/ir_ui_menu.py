# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """Leave the stores out as long as no addon brings a kind of them."""
        hidden = super()._load_menus_blacklist()
        menu = self.env.ref("kb_rag.kb_rag_menu_store", raise_if_not_found=False)
        if menu and not self.env["gpt.kb.store"]._kinds():
            hidden.append(menu.id)
        return hidden
