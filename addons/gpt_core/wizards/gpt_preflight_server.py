# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from importlib.metadata import PackageNotFoundError, version

from odoo import models
from odoo.modules.module import get_manifest
from odoo.tools import config


class GptPreflight(models.TransientModel):
    """Checks of the server: its configuration, its packages, its database."""

    _inherit = "gpt.preflight"

    def _check_proxy(self):
        title = self.env._("Web server")
        # sudo: ir.config_parameter - the address of this site
        params = self.env["ir.config_parameter"].sudo()
        address = params.get_param("web.base.url") or ""
        if address.startswith("https://") and not config["proxy_mode"]:
            return [
                self._finding(
                    "warning",
                    title,
                    self.env._(
                        "The site is at %(address)s, behind a proxy, but proxy_mode is "
                        "off: visitors share one address, and links may be http.",
                        address=address,
                    ),
                    self.env._("Switch it on in the server's configuration file."),
                    "[options]\nproxy_mode = True",
                )
            ]
        workers = config["workers"]
        detail = self.env._("One process, with threads: good for trying out.")
        if workers:
            detail = self.env._(
                "%(workers)s workers; the chat's connections go to port %(port)s.",
                workers=workers,
                port=config["gevent_port"],
            )
        return [self._finding("ok" if workers else "info", title, detail)]

    def _check_time_limits(self):
        title = self.env._("Time limits")
        limit = config["limit_time_real"]
        slow = self.env["gpt.provider"].search([("active", "=", True)])
        slow = slow.filtered(
            lambda provider: limit and provider._longest_call() > limit
        )
        if not slow:
            detail = self.env._("No question outlasts what the server allows a job.")
            return [self._finding("ok", title, detail)]
        return [
            self._finding(
                "warning",
                title,
                self.env._(
                    "A question may take up to %(seconds)s seconds, tries included, "
                    "but the server ends a job after %(limit)s: the answer would be "
                    "paid for and lost (%(providers)s).",
                    seconds=round(max(slow.mapped(lambda p: p._longest_call()))),
                    limit=limit,
                    providers=", ".join(slow.mapped("name")),
                ),
                self.env._(
                    "Lower the timeout or the retries of the provider, or raise "
                    "limit_time_real in the server's configuration file."
                ),
                action=self._open_all(title, slow),
            )
        ]

    def _check_vector(self):
        title = self.env._("Vectors in the database")
        self.env.cr.execute(
            "SELECT a.default_version, e.extversion, current_setting('server_version') "
            "FROM (SELECT 1) one "
            "LEFT JOIN pg_available_extensions a ON a.name = 'vector' "
            "LEFT JOIN pg_extension e ON e.extname = 'vector'"
        )
        available, installed, server = self.env.cr.fetchone()
        if installed:
            detail = self.env._("The extension vector %(version)s.", version=installed)
            return [self._finding("ok", title, detail)]
        # Only documents need it.
        severity = "error" if self._needs_vector() else "info"
        if available:
            return [
                self._finding(
                    severity,
                    title,
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
                severity,
                title,
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

    def _needs_vector(self):
        """Tell whether something installed cannot do without vectors."""
        return "gpt.kb.chunk" in self.env

    def _check_dependencies(self):
        from packaging.requirements import Requirement  # LangChain brings it

        title = self.env._("Python packages")
        missing, old, good = [], [], []
        for line in sorted(self._required_packages()):
            wanted = Requirement(line)
            try:
                found = version(wanted.name)
            except PackageNotFoundError:
                missing.append(line)
                continue
            fits = wanted.specifier.contains(found, prereleases=True)
            (good if fits else old).append(f"{wanted.name} {found}")
        detail = ", ".join(good)
        if not missing and not old:
            return [self._finding("ok", title, detail)]
        return [
            self._finding(
                "error" if missing else "warning",
                title,
                self.env._(
                    "Missing: %(missing)s. Of another version than was tested: "
                    "%(old)s.",
                    missing=", ".join(missing) or "-",
                    old=", ".join(old) or "-",
                ),
                self.env._(
                    "Install them into the server's Python, and start it again:"
                ),
                "pip install "
                + " ".join(f"'{line}'" for line in sorted(self._required_packages())),
            )
        ]

    def _required_packages(self):
        """Return the requirement lines of this addon and of those built on it."""
        # sudo: ir.module.module - which addons are installed
        modules = self.env["ir.module.module"].sudo()
        core = modules.search([("name", "=", "gpt_core")])
        ours = core | core.downstream_dependencies()
        lines = set()
        for module in ours.filtered(lambda m: m.state == "installed"):
            needs = get_manifest(module.name).get("external_dependencies", {})
            lines |= set(needs.get("python", []))
        return lines

    def _check_retention(self):
        title = self.env._("Keeping of texts")
        days = int(self.env["gpt.service"]._param("retention_days") or 0)
        if days > 0:
            detail = self.env._(
                "Prompts and answers are emptied after %(days)s days.", days=days
            )
            return [self._finding("ok", title, detail)]
        return [
            self._finding(
                "warning",
                title,
                self.env._("Prompts and answers are kept forever."),
                self.env._("Say in the settings after how many days they are emptied."),
                action=self._open_settings(),
            )
        ]
