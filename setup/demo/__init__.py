# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``make demo``: a small Mexican company with an assistant in its website's chat.

``data/`` says what the company is, ``loader/`` puts it into a database (it runs within
Odoo), ``scenes/`` are what is played; the modules here make the database and run it.
"""
