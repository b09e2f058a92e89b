# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Values of any field as JSON, as ``write`` takes them, and as people read them.

A model's answer has texts, numbers and lists; a field may want the key of a choice or a
record. What does not fit is left out: nothing is created to make it fit.
"""

import datetime
import math

from markupsafe import Markup

from odoo import fields as odoo_fields
from odoo import models

from ..engine.text.html_text import as_html, plain_text
from ..engine.text.numbers import LARGEST

_NEVER = frozenset({"id", "create_uid", "create_date", "write_uid", "write_date"})
_NUMBERS = ("integer", "float", "monetary")
# What PostgreSQL's integer holds.
LARGEST_INTEGER = 2**31 - 1


def number_for(field, value):
    """Return a number as ``field`` can keep it, ``None`` for what it cannot.

    That of a model, or of a document, may be of any size.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not math.isfinite(value) or abs(value) > LARGEST:
        return None
    if field.type != "integer":
        return float(value)
    return round(value) if abs(value) <= LARGEST_INTEGER else None


def check_path(model, path):
    """Tell whether ``path`` leads along fields of ``model`` that the user may read."""
    for name in path.split("."):
        if model is None or not model.fields_get([name], ["type"]):
            return False
        model = model.env.get(model._fields[name].comodel_name or "")
    return True


def text_at(record, path):
    """Return the plain text at ``path``, read with the user's own rights."""
    found = record.mapped(path)
    if isinstance(found, models.BaseModel):
        return ", ".join(found.mapped("display_name"))
    if any(isinstance(item, Markup) for item in found):
        found = [item and plain_text(item) for item in found]
    return "\n".join(str(item) for item in found if item not in (False, None))


def is_fillable(field):
    """Tell whether a value may be written into ``field``."""
    return (
        field is not None
        and field.store
        and field.name not in _NEVER
        and not (field.readonly or field.type in ("binary", "one2many", "json"))
    )


def as_plain(record, name):
    """Return the value of a field as JSON."""
    field, value = record._fields[name], record[name]
    if field.type == "many2one":
        return value.id or False
    if field.type == "many2many":
        return sorted(value.ids)
    if isinstance(value, datetime.date):
        return (
            odoo_fields.Datetime.to_string(value)
            if field.type == "datetime"
            else (odoo_fields.Date.to_string(value))
        )
    if field.type in ("float", "monetary"):
        return round(value, 4)
    return str(value) if isinstance(value, str) else value


def stored_value(field, value):
    """Return JSON of :func:`as_plain` as ``write`` takes it."""
    if field.type == "many2many":
        return [odoo_fields.Command.set(value or [])]
    return value


def as_label(env, field, value):
    """Return JSON of :func:`as_plain` as people read it."""
    if field is None or value in (None, False, "", []):
        return False
    if field.type == "selection":
        return dict(field._description_selection(env)).get(value, value)
    if field.type in ("many2one", "many2many"):
        records = env[field.comodel_name].browse(value).exists()
        return ", ".join(records.mapped("display_name"))
    if field.type == "html":
        return plain_text(value)
    return str(value)


def fitting_value(record, name, value):
    """Return a model's value as JSON of :func:`as_plain`, ``None`` if it cannot fit."""
    field = record._fields.get(name)
    if not is_fillable(field):
        return None
    if field.type in _FITTING:
        return _FITTING[field.type](record.env, field, value)
    return None


def _text(_env, field, value):
    text = "\n".join(map(str, value)) if isinstance(value, list) else str(value)
    text = text.strip()
    if field.type == "char":
        text = " ".join(text.split())[: field.size or None]
    return text


def _html(env, field, value):
    return str(as_html(_text(env, field, value)))


def _choice(env, field, value):
    """Return a choice's key, given that, or its label in English or the user's own."""
    wanted = _same(value)
    keys = field.get_values(env)
    if str(value) in keys:
        return str(value)
    for lang in ("en_US", env.lang):
        spoken = env(context={**env.context, "lang": lang})
        for key, label in field._description_selection(spoken):
            if _same(label) == wanted or _same(key) == wanted:
                return key
    return None


def _number(_env, field, value):
    number = number_for(field, value)
    return number if number is None or field.type == "integer" else round(number, 4)


def _flag(_env, _field, value):
    return value if isinstance(value, bool) else None


def _day(_env, _field, value):
    try:
        return odoo_fields.Date.to_string(datetime.date.fromisoformat(str(value)[:10]))
    except ValueError:
        return None


def _moment(env, field, value):
    day = _day(env, field, value)
    return day and f"{day} 12:00:00"


def _record(env, field, value):
    """Return the id of the one record of that name, in any case of its letters."""
    found = _named(env, field, str(value))
    return found.id if len(found) == 1 else None


def _records(env, field, value):
    names = value if isinstance(value, list) else str(value).split(",")
    found = [_named(env, field, str(name).strip()) for name in names]
    ids = sorted({record.id for record in found if len(record) == 1})
    return ids or None


def _named(env, field, name):
    model = env[field.comodel_name]
    if not name or not model._rec_name:
        return model
    exact = model.search([(model._rec_name, "=ilike", _literal(name))], limit=2)
    return exact if len(exact) == 1 else model


def _literal(name):
    return name.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


def _same(text):
    return str(text).replace("_", " ").strip().casefold()


_FITTING = {
    "char": _text,
    "text": _text,
    "html": _html,
    "selection": _choice,
    **dict.fromkeys(_NUMBERS, _number),
    "boolean": _flag,
    "date": _day,
    "datetime": _moment,
    "many2one": _record,
    "many2many": _records,
}
