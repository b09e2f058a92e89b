# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Differences as HTML; whatever the texts contain is escaped."""

from markupsafe import Markup

from ..engine.chain.compare import side_by_side

_TABLE = Markup(
    '<table class="o_gpt_diff"><thead><tr><th>%s</th><th>%s</th></tr></thead>'
    "<tbody>%s</tbody></table>"
)
_ROW = Markup("<tr>%s%s</tr>")
_CELL = Markup('<td class="%s">%s</td>')
_MARKED = Markup("<mark>%s</mark>")


def side_by_side_html(left, right, left_title, right_title):
    """Return two texts as a table with their differences marked."""
    return lines_html(side_by_side(left, right), left_title, right_title)


def lines_html(lines, left_title, right_title):
    """Return the engine's lines as a table."""
    rows = [
        _ROW
        % (
            _cell(line.left, "o_gpt_diff_removed" if line.changed else ""),
            _cell(line.right, "o_gpt_diff_added" if line.changed else ""),
        )
        for line in lines
    ]
    return _TABLE % (left_title, right_title, Markup("").join(rows))


def _cell(spans, style):
    if spans is None:
        return _CELL % ("o_gpt_diff_none", "")
    text = Markup("").join(
        _MARKED % span.text if span.changed and span.text else Markup("%s") % span.text
        for span in spans
    )
    return _CELL % (style, text)
