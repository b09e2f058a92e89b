# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError

from odoo.addons.gpt_core.engine.text.html_text import plain_text

from ..engine.record_text import Said, Value, record_text

# Messages that are looked at; a prompt has room for fewer.
MAX_MESSAGES = 200
# What people wrote; everything else was written by programs.
WRITTEN_BY_PEOPLE = ("email", "comment", "email_outgoing")
# Lines of a table within a record, and columns of such a line.
MAX_LINES, MAX_COLUMNS = 40, 6
_NO_TEXT = (
    "binary", "image", "json", "properties", "properties_definition", "reference",
    "many2one_reference",
)  # fmt: skip
_OF_THE_CHATTER = ("message_", "activity_", "website_message_", "my_activity_")


class GptAskReader(models.AbstractModel):
    """What of a record a prompt gets: what its user sees on the form, and the messages.

    Everything is read with the rights of the environment's user, whose form view says
    which fields there are, and in what order.
    """

    _name = "gpt.ask.reader"
    _description = "Reader for Ask AI"

    @api.model
    def _read(self, record, since=0):
        """Return the :class:`~..engine.record_text.RecordText` of a record.

        :param since: id of the oldest message to read
        :raises AccessError: when the user may not read the record
        """
        record.check_access("read")
        said = self._said(record, since)
        if record._name == "discuss.channel":
            title = f"{record._description}: {record.display_name}"
            return record_text(title, [], said)
        kind = self.env["ir.model"]._get(record._name).sudo().name
        title = f"{kind}: {record.display_name}"
        return record_text(title, self._values(record), said)

    # Fields

    @api.model
    def _values(self, record):
        """Return the fields that the user's form shows and that say something."""
        nodes = self._form_fields(record)
        labels = record.fields_get(list(nodes), ["string", "type"])
        values = []
        for name, node in nodes.items():
            if name not in labels or name.startswith(_OF_THE_CHATTER):
                continue
            text = self._text(record, name, node)
            if text:
                values.append(Value(labels[name]["string"], text))
        return values

    @api.model
    def _form_fields(self, record):
        """Return the nodes of the fields on the record's form, by name."""
        arch = record.get_view(view_type="form")["arch"]
        nodes = {}
        self._collect(etree.fromstring(arch), nodes)
        return nodes

    @api.model
    def _collect(self, node, nodes):
        for child in node:
            if child.get("invisible") in ("1", "True", "true") or child.get("password"):
                continue
            if child.tag == "field":
                nodes.setdefault(child.get("name"), child)
            else:
                self._collect(child, nodes)

    @api.model
    def _text(self, record, name, node=None):
        """Return a field as people read it, empty for what is no text."""
        field = record._fields[name]
        if field.type in _NO_TEXT:
            return ""
        try:
            value = record[name]
        except AccessError:  # a computed field that looks at other records
            return ""
        if field.type in ("one2many", "many2many"):
            return self._lines(value, node)
        if field.type == "many2one":
            return self._names(value)
        return self._simple(record, field, value)

    @api.model
    def _simple(self, record, field, value):
        if value is False or value is None or value == "":
            return ""
        if field.type == "boolean":
            return self.env._("Yes")
        if field.type == "selection":
            return str(dict(field._description_selection(self.env)).get(value, value))
        if field.type == "html":
            return plain_text(value)
        if field.type == "datetime":
            local = fields.Datetime.context_timestamp(record, value)
            return local.strftime("%Y-%m-%d %H:%M")
        if field.type == "monetary":
            currency = record[field.get_currency_field(record)]
            return tools.format_amount(self.env, value, currency) if currency else ""
        if field.type in ("integer", "float"):
            return f"{value:.15g}" if value else ""
        return str(value)

    @api.model
    def _names(self, records):
        """Return the names of those records that the user may read."""
        if not records.has_access("read"):
            records = records._filtered_access("read")
        return ", ".join(filter(None, records.mapped("display_name")))

    @api.model
    def _lines(self, records, node):
        """Return the rows of a table with the columns that the form shows."""
        if not records or not records.browse().has_access("read"):
            return ""
        records = records._filtered_access("read")
        columns = self._columns(records, node)
        if not columns:
            return self._names(records[:MAX_LINES])
        labels = records.fields_get(columns, ["string"])
        rows = []
        for line in records[:MAX_LINES]:
            cells = [
                f"{labels[name]['string']}: {text}"
                for name in columns
                if name in labels and (text := self._text(line, name))
            ]
            rows.append("- " + "; ".join(cells))
        if len(records) > MAX_LINES:
            rows.append(f"({len(records) - MAX_LINES} more lines are not shown.)")
        return "\n".join(["", *rows])

    @api.model
    def _columns(self, records, node):
        """Return the names of the columns of the table that a form's field has."""
        table = node.find("list") if node is not None else None
        if table is None:
            return []
        shown = [
            child.get("name")
            for child in table.iter("field")
            if child.get("column_invisible") not in ("1", "True", "true")
            and child.get("optional") != "hide"
        ]
        return [
            name
            for name in shown
            if name in records._fields
            and records._fields[name].type not in ("one2many", *_NO_TEXT)
        ][:MAX_COLUMNS]

    # Messages

    @api.model
    def _said(self, record, since=0):
        """Return what people wrote about the record, from the oldest to the newest.

        Odoo hides internal notes from those who are no employees.
        """
        messages = self.env["mail.message"].search(
            [
                ("model", "=", record._name),
                ("res_id", "=", record.id),
                ("message_type", "in", WRITTEN_BY_PEOPLE),
                ("id", ">=", since),
            ],
            order="id desc",
            limit=MAX_MESSAGES,
        )
        return [
            said for message in messages[::-1] if (said := self._one_said(message)).text
        ]

    @api.model
    def _one_said(self, message):
        when = fields.Datetime.context_timestamp(message, message.date)
        # sudo: res.partner, mail.guest - the name that stands above the message
        author = message.sudo().author_id.name or message.sudo().author_guest_id.name
        subtype = message.subtype_id
        is_note = message.model != "discuss.channel" and subtype.internal
        subject = message.subject or ""
        body = plain_text(message.body or "")
        return Said(
            when.strftime("%Y-%m-%d %H:%M"),
            author or message.email_from or "?",
            f"{subject}\n{body}" if subject and body else body or subject,
            "internal note" if is_note else "",
        )
