# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A table as HTML; whatever its cells contain is escaped."""

from markupsafe import Markup

_TABLE = Markup(
    '<table class="table table-sm o_gpt_table">'
    "<thead><tr>%s</tr></thead><tbody>%s</tbody></table>"
)
_HEAD = Markup("<th>%s</th>")
_CELL = Markup("<td>%s</td>")
_ROW = Markup("<tr>%s</tr>")


def table(heads, rows):
    """Return rows of texts under their heads."""
    return _TABLE % (
        Markup("").join(_HEAD % head for head in heads),
        Markup("").join(
            _ROW % Markup("").join(_CELL % cell for cell in row) for row in rows
        ),
    )
