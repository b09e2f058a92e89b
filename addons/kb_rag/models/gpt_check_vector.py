# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class GptCheckVector(models.AbstractModel):
    """The extension that keeps vectors is in the database."""

    _name = "gpt.check.vector"
    _inherit = "gpt.check"
    _description = "GPT Check: Vectors in the Database"
    _check_sequence = 100

    def _title(self):
        return self.env._("Vectors in the database")

    def _findings(self):
        self.env.cr.execute(
            "SELECT a.default_version, e.extversion, current_setting('server_version') "
            "FROM (SELECT 1) one "
            "LEFT JOIN pg_available_extensions a ON a.name = 'vector' "
            "LEFT JOIN pg_extension e ON e.extname = 'vector'"
        )
        available, installed, server = self.env.cr.fetchone()
        if installed:
            detail = self.env._("The extension vector %(version)s.", version=installed)
            return [self._finding("ok", detail)]
        if available:
            return [
                self._finding(
                    "error",
                    self.env._(
                        "Answers from documents need the extension vector, which this "
                        "database does not have yet."
                    ),
                    self.env._("Run this once, as PostgreSQL's superuser:"),
                    f'psql -d "{self.env.cr.dbname}" -c '
                    '"CREATE EXTENSION IF NOT EXISTS vector"',
                )
            ]
        return [
            self._finding(
                "error",
                self.env._(
                    "Answers from documents need pgvector, which PostgreSQL %(server)s "
                    "does not have here.",
                    server=server.split()[0],
                ),
                self.env._("Install it on the machine of the database, then:"),
                f"apt-get install postgresql-{server.split('.')[0]}-pgvector\n"
                f'psql -d "{self.env.cr.dbname}" -c '
                '"CREATE EXTENSION IF NOT EXISTS vector"',
            )
        ]
