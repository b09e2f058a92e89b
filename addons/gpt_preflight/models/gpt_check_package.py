# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from importlib.metadata import PackageNotFoundError, version

from odoo import models
from odoo.modules.module import get_manifest


class GptCheckPackage(models.AbstractModel):
    """The Python packages of the addons are there, in versions that fit."""

    _name = "gpt.check.package"
    _inherit = "gpt.check"
    _description = "GPT Check: Python Packages"
    _check_sequence = 110

    def _title(self):
        return self.env._("Python packages")

    def _findings(self):
        from packaging.requirements import Requirement

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
            return [self._finding("ok", detail)]
        return [
            self._finding(
                "error" if missing else "warning",
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
