# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What an old app left in the database, read where its models are not loaded.

Nothing here needs the code of the old app: tables, columns and external identifiers are
looked up in the database itself.
"""

from odoo.tools import SQL, sql

# The old app, and where the identifiers of its records go that have to stay when it is
# uninstalled. No module has that name, so nothing ever uninstalls them.
OLD = "is_chatgpt_integration"
KEPT = "__is_chatgpt_integration__"
# A module in one of these states has its code loaded.
LOADED = ("installed", "to upgrade", "to install", "to remove")
# Names of models that have been renamed since 16.0.
RENAMED = {
    "mail.channel": "discuss.channel",
    "mail.channel.member": "discuss.channel.member",
    "mail.channel.partner": "discuss.channel.member",
}


def is_loaded(env, module):
    """Tell whether the code of a module is part of this database."""
    # sudo: ir.module.module - a name and a state, whoever has it looked up
    found = env["ir.module.module"].sudo().search_count(
        [("name", "=", module), ("state", "in", LOADED)], limit=1
    )  # fmt: skip
    return bool(found)


def identifiers(env, module, *models):
    """Return the rows of ir.model.data of a module, those of ``models`` if given."""
    domain = [("module", "=", module)]
    if models:
        domain.append(("model", "in", models))
    # sudo: ir.model.data - only administrators may read it, a job does so, too
    return env["ir.model.data"].sudo().search(domain, order="id")


def record_of(env, identifier):
    """Return the record of a row of ir.model.data, empty when it is gone."""
    name = RENAMED.get(identifier.model, identifier.model)
    if name not in env:
        return None
    return env[name].sudo().with_context(active_test=False).browse(
        identifier.res_id
    ).exists()  # fmt: skip


def find(env, name, *modules):
    """Return the record of an external identifier, in the first module that has it.

    :return: a recordset, ``None`` when there is none
    """
    for module in modules:
        for identifier in identifiers(env, module).filtered(lambda r: r.name == name):
            if record := record_of(env, identifier):
                return record
    return None


def parameters(env, prefix):
    """Return the system parameters whose key begins with ``prefix`` and a dot."""
    # sudo: ir.config_parameter - parameters of an app that is being replaced
    return env["ir.config_parameter"].sudo().search(
        [("key", "=like", prefix.replace("_", r"\_") + ".%")], order="key"
    )  # fmt: skip


def has_column(env, table, *columns):
    """Tell whether a table is there, with all of these columns."""
    if not sql.table_exists(env.cr, table):
        return False
    return set(columns) <= set(sql.table_columns(env.cr, table))


def owns_field(env, module, model, *names):
    """Tell whether a module declares these fields, and nobody else does."""
    env.cr.execute(
        SQL(
            """
            SELECT f.name, array_agg(DISTINCT d.module)
            FROM ir_model_fields f
            JOIN ir_model_data d ON d.model = 'ir.model.fields' AND d.res_id = f.id
            WHERE f.model = %s AND f.name IN %s
            GROUP BY f.name
            """,
            model,
            names,
        )
    )
    owners = dict(env.cr.fetchall())
    return all(owners.get(name) == [module] for name in names)


def owns_model(env, module, model):
    """Tell whether a module declares this model, and nobody else does."""
    env.cr.execute(
        SQL(
            """
            SELECT array_agg(DISTINCT d.module)
            FROM ir_model m
            JOIN ir_model_data d ON d.model = 'ir.model' AND d.res_id = m.id
            WHERE m.model = %s
            """,
            model,
        )
    )
    return env.cr.fetchone()[0] == [module]


def name_in(env, table, id_):
    """Return the name of a row of a table, empty when there is none.

    Translated names are JSON, by language.
    """
    if not has_column(env, table, "id", "name"):
        return ""
    env.cr.execute(
        SQL("SELECT name FROM %s WHERE id = %s", SQL.identifier(table), int(id_))
    )
    row = env.cr.fetchone()
    return plain(row[0]) if row else ""


def plain(value):
    """Return a text column's value, of the first language where it is translated."""
    if isinstance(value, dict):
        value = value.get("en_US") or next(filter(None, value.values()), "")
    return value or ""
