# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is in use here, for the checks about it."""

from dateutil.relativedelta import relativedelta

from odoo import fields

# What was used within so many days counts as in use.
RECENT_DAYS = 30
# Those that belong to a chain, or only report on it.
_NOT_USERS = ("gpt.chain", "gpt.request", "gpt.budget")


def used_models(env):
    """Return the models that are asked, or were asked of late."""
    since = fields.Datetime.now() - relativedelta(days=RECENT_DAYS)
    # sudo: gpt.request, gpt.chain - which models are used in any company
    asked = (
        env["gpt.request"]
        .sudo()
        ._read_group(
            [("create_date", ">=", since), ("model_id", "!=", False)], ["model_id"]
        )
    )
    published = (
        env["gpt.chain"]
        .sudo()
        .search([("active", "=", True)])
        .published_version_id._asked_models()
    )
    models_ = env["gpt.model"]._get_default() | published
    for (model,) in asked:
        models_ |= model
    return models_.sudo(False)


def used_chains(env):
    """Return the chains that a record of any other model points to."""
    # sudo: whatever points to a chain, whoever looks
    chains = env["gpt.chain"].sudo()
    for name, cls in env.registry.models.items():
        if name.startswith(_NOT_USERS) or not cls._auto or cls._transient:
            continue
        model = env[name].sudo()
        for field in model._fields.values():
            if field.comodel_name == "gpt.chain" and field.type == "many2one":
                if field.store:
                    users = model.search([(field.name, "!=", False)])
                    chains |= users.mapped(field.name)
    return chains.sudo(False)
