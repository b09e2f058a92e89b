# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Documents made of records: pages of the website, products, articles, their files."""

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, ValidationError
from odoo.tools.safe_eval import safe_eval

from odoo.addons.gpt_core.utils.enqueue import delayed
from odoo.addons.gpt_core.utils.record_values import as_label, as_plain
from odoo.addons.gpt_core.utils.transaction import clean_superuser, own_transaction

from ..engine.reading.markup import read_html

BATCH = 100
_TEXT_TYPES = ("char", "text", "html")
# Who changes one of these is answerable for what is read.
_CONFIGURED = {"collection_id", "model_id", "domain", "field_ids", "with_attachments"}


class GptKbSource(models.Model):
    """Which records of a model become documents of a collection.

    They are found with the rights of whoever configured it. Who is answered from them
    is decided for each record, each time somebody asks.
    """

    _name = "gpt.kb.source"
    _description = "Knowledge Source"
    _inherit = ["gpt.cached.mixin", "gpt.link.mixin"]
    _order = "collection_id, id"

    name = fields.Char(compute="_compute_name")
    active = fields.Boolean(default=True)
    collection_id = fields.Many2one(
        "gpt.kb.collection", required=True, ondelete="cascade", index=True
    )
    model_id = fields.Many2one(
        "ir.model",
        string="Records of",
        required=True,
        ondelete="cascade",
        domain=[("transient", "=", False), ("abstract", "=", False)],
    )
    model = fields.Char(related="model_id.model", store=True, index=True)
    domain = fields.Char(string="Filter", default="[]", required=True)
    field_ids = fields.Many2many(
        "ir.model.fields",
        string="Fields",
        domain="[('model_id', '=', model_id), ('ttype', 'in', "
        "['char', 'text', 'html', 'selection', 'many2one', 'integer', 'float', "
        "'monetary', 'date', 'datetime'])]",
        help="What is written of a record, in the order of the form. Empty: its name "
        "only.",
    )
    with_attachments = fields.Boolean(
        string="Attached Files", help="Each file of a record is a document, too."
    )
    user_id = fields.Many2one(
        "res.users",
        string="Configured By",
        default=lambda self: self.env.user,
        required=True,
        readonly=True,
        copy=False,
        help="Only records that this user may read become documents.",
    )
    document_ids = fields.One2many("gpt.kb.document", "source_id")
    synced_on = fields.Datetime(string="Last Update", readonly=True)

    @api.depends("model_id.name", "domain")
    def _compute_name(self):
        for source in self:
            source.name = source.model_id.name or ""

    @api.constrains("domain", "model_id")
    def _check_domain(self):
        for source in self:
            try:
                source._records(limit=1)
            except AccessError:
                raise
            except Exception as error:  # whatever a domain can be wrong in
                raise ValidationError(
                    self.env._("The filter does not work: %(why)s", why=error)
                ) from error

    @api.constrains("field_ids", "model_id")
    def _check_fields(self):
        """Refuse fields that not everybody reads who reads the record."""
        for source in self:
            hidden = source.field_ids - source._open_fields()
            if hidden:
                raise ValidationError(
                    self.env._(
                        "Not everybody who reads such a record reads these fields: "
                        "%(names)s.",
                        names=", ".join(hidden.mapped("field_description")),
                    )
                )

    def _open_fields(self):
        """Return the chosen fields that have no groups of their own."""
        self.ensure_one()
        known = self.env[self.model]._fields
        return self.field_ids.filtered(
            lambda field: field.name in known and not known[field.name].groups
        )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["user_id"] = self.env.uid
        return super().create(vals_list)

    def write(self, vals):
        if vals.keys() & {"user_id", *_CONFIGURED}:
            vals = vals | {"user_id": self.env.uid}
        return super().write(vals)

    def unlink(self):
        self.check_access("unlink")
        # Not left to the database: stores outside it must hear of it.
        # sudo: gpt.kb.document - also of those that the manager may not read
        self.sudo().with_context(active_test=False).document_ids.unlink()
        return super().unlink()

    @api.model
    @tools.ormcache()
    def _watched_models(self):
        """Return the models whose records are documents."""
        self.env.cr.execute(
            """SELECT model FROM gpt_kb_source UNION
               SELECT 'ir.attachment' FROM gpt_kb_source WHERE with_attachments"""
        )
        return frozenset(model for (model,) in self.env.cr.fetchall())

    def _records(self, limit=None, offset=0):
        """Return the records of a source, as superuser.

        :raises AccessError: when whoever configured it may not read what it is about
        """
        self.ensure_one()
        domain = safe_eval(self.domain or "[]", {"uid": self.user_id.id})
        page = {"limit": limit, "offset": offset, "order": "id"}
        access = self.env["gpt.kb.access"].with_user(self.user_id)
        records = access._as_user(self.model)
        if access._has_right(records._name):
            found = records.search(domain, **page)
        else:
            published = access._published_records(records._name)
            if published is None:
                records.check_access("read")
            _check_own_fields(records, domain)
            # sudo: the records - those that everybody sees on the website
            found = records.sudo().search([("id", "in", published), *domain], **page)
        return found.with_env(self.env).sudo()

    def action_sync(self):
        """Look for new, changed and deleted records, in a job."""
        self.check_access("write")
        self._jobify_sync()
        return True

    @api.model
    def _cron_sync(self):
        self.search([("collection_id.active", "=", True)])._jobify_sync()

    def _jobify_sync(self):
        for source in clean_superuser(self):
            delayed(
                source,
                description=self.env._(
                    "Update documents of %(name)s", name=source.name
                ),
                identity_key=f"kb_rag-sync-{source.id}",
            )._run_sync()

    def _run_sync(self):
        """Bring the documents of a source up to date, batch by batch; a job."""
        self.ensure_one()
        seen, offset = [], 0
        while True:
            batch = self._sync_batch(offset)
            if not batch:
                break
            seen += batch
            offset += BATCH
        self._drop_unseen(seen)

    @own_transaction
    def _sync_batch(self, offset):
        """Write the documents of the next records; return their ids."""
        source = self.exists()
        records = source and source._records(BATCH, offset)
        if not records:
            return []
        known = {
            (document.res_id, document.attachment_id.id): document
            for document in self.env["gpt.kb.document"]
            .with_context(active_test=False)
            .search([("source_id", "=", source.id), ("res_id", "in", records.ids)])
        }
        result = self.env["gpt.kb.document"]
        for record in records:
            for vals in source._document_values(record):
                key = (record.id, vals.get("attachment_id", False))
                result |= source._upsert(known.get(key), vals)
        return result.ids

    def _upsert(self, document, vals):
        """Create a document, or index it again when it says something else now."""
        if not document:
            document = self.env["gpt.kb.document"].create(
                vals | {"collection_id": self.collection_id.id, "source_id": self.id}
            )
        elif any(document[name] != vals[name] for name in ("name", "text")):
            document.write({"name": vals["name"], "text": vals["text"]})
        elif document.state == "indexed":
            return document
        document.action_index()
        return document

    def _document_values(self, record):
        """Return the values of the documents that a record becomes."""
        about = {"res_model": record._name, "res_id": record.id}
        name = record.display_name or record._description
        result = [
            about | {"name": name, "kind": "record", "text": self._record_text(record)}
        ]
        if self.with_attachments:
            attachments = self.env["ir.attachment"].search(
                [
                    ("res_model", "=", record._name),
                    ("res_id", "=", record.id),
                    ("res_field", "=", False),
                    ("type", "=", "binary"),
                ]
            )
            result += [
                about
                | {
                    "name": f"{attachment.name} ({name})",
                    "kind": "attachment",
                    "attachment_id": attachment.id,
                    # Tells whether the file is still the same one.
                    "text": attachment.checksum,
                }
                for attachment in attachments
            ]
        return result

    def _record_text(self, record):
        """Return what a record says; override it for models that say it otherwise."""
        lines = [f"# {record.display_name or ''}"]
        for field in self._open_fields():
            text = self._field_text(record, field)
            if text:
                long = field.ttype in ("text", "html")
                label = field.field_description
                lines.append(f"## {label}\n{text}" if long else f"{label}: {text}")
        return "\n\n".join(lines)

    def _field_text(self, record, field):
        value = record[field.name]
        if field.ttype in ("many2one", "selection"):
            plain = as_plain(record, field.name)
            return as_label(self.env, record._fields[field.name], plain) or ""
        text = str(value) if value not in (False, None) else ""
        # Descriptions, and the architecture of a page of the website.
        if field.ttype in _TEXT_TYPES and "</" in text:
            return "\n\n".join(block.text for block in read_html(text).blocks)
        return text

    @own_transaction
    def _drop_unseen(self, seen):
        source = self.exists()
        self.env["gpt.kb.document"].with_context(active_test=False).search(
            [("source_id", "=", source.id), ("id", "not in", seen)]
        ).unlink()
        source.synced_on = fields.Datetime.now()


def _check_own_fields(records, domain):
    """Refuse a filter that tells more of records than what their own fields do.

    It is evaluated as superuser, and how many records it finds is seen: what it leads
    to would be told by trying.

    :raises AccessError: for fields of other records, and those of some groups only
    """
    for term in domain:
        if isinstance(term, str):
            continue
        name, _operator, value = term
        found = isinstance(name, str) and records.fields_get([name], ["type"])
        values = value if isinstance(value, list | tuple) else [value]
        is_link = found and records._fields[name].relational
        if not found or (
            is_link and any(isinstance(v, str | list | tuple) for v in values)
        ):
            raise AccessError(
                records.env._(
                    "You may not filter %(model)s by %(name)s.",
                    model=records._description,
                    name=name,
                )
            )
