# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def post_init_hook(env):
    """Move a database over that has the old app, or what it left."""
    env["gpt.migration"]._run()
