# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who may read what, as SQL: the only place that decides it."""

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL

from ..compat import group_ids
from ..utils.access_filter import AccessFilter


class GptKbAccess(models.AbstractModel):
    """Says which collections and documents the user of the environment may read.

    The user counts, not ``sudo()``: a superuser's environment on behalf of somebody
    reads what somebody may. Only the superuser is let in everywhere.
    """

    _name = "gpt.kb.access"
    _description = "Access to Knowledge"

    @api.model
    def _is_superuser(self):
        return self.env.uid == SUPERUSER_ID

    @api.model
    def _is_manager(self):
        return self.env.user.has_group("gpt_core.group_gpt_manager")

    @api.model
    def _company_ids(self):
        """Return the companies in whose name the user looks.

        A visitor has no choice of companies; theirs is the one of the site they are on.
        """
        user = self.env.user
        chosen = self.env.context.get("allowed_company_ids")
        if self._is_superuser():
            return list(chosen or self.env.companies.ids)
        if not user._is_internal():
            return list(chosen or user.company_id.ids)[:1]
        # sudo: res.users - the companies of the very user who asks
        own = user.sudo().company_ids.ids
        return [id_ for id_ in chosen or own if id_ in own]

    @api.model
    def _collections_sql(self):
        """Return a subselect of the collections that the user may read.

        Without a group, and without being public, a collection is its managers' only.
        """
        return SQL(
            "(SELECT kbc.id FROM gpt_kb_collection kbc WHERE %s AND %s)",
            self._company_sql(),
            self._audience_sql(),
        )

    @api.model
    def _company_sql(self):
        return SQL(
            """(NOT EXISTS (
                    SELECT 1 FROM gpt_kb_collection_res_company_rel kbr
                     WHERE kbr.collection_id = kbc.id)
                OR EXISTS (
                    SELECT 1 FROM gpt_kb_collection_res_company_rel kbr
                     WHERE kbr.collection_id = kbc.id
                       AND kbr.company_id = ANY(%s)))""",
            self._company_ids(),
        )

    @api.model
    def _audience_sql(self):
        if self._is_superuser() or self._is_manager():
            return SQL("TRUE")
        return SQL(
            """(kbc.is_public OR EXISTS (
                    SELECT 1 FROM gpt_kb_collection_res_groups_rel kbg
                     WHERE kbg.collection_id = kbc.id AND kbg.group_id = ANY(%s)))""",
            group_ids(self.env.user),
        )

    @api.model
    def _documents_sql(self):
        """Return a subselect of the documents that the user may read.

        What was made of a record is read by whoever may read the record, and only as
        long as they may.
        """
        return SQL(
            """(SELECT kbd.id FROM gpt_kb_document kbd
                 WHERE kbd.collection_id IN %s AND %s AND %s)""",
            self._collections_sql(),
            self._source_sql("gpt_kb_document"),
            self.env["gpt.kb.readers"]._documents_sql(),
        )

    @api.model
    def _citations_sql(self):
        """Return a subselect of the citations that the user may read.

        If the document was deleted, those who may read its collection or its record
        may read the citation.
        """
        return SQL(
            """(SELECT kbd.id FROM gpt_kb_citation kbd
                 WHERE kbd.document_id IN %s
                    OR (kbd.document_id IS NULL AND kbd.collection_id IN %s AND %s))""",
            self._documents_sql(),
            self._collections_sql(),
            self._source_sql("gpt_kb_citation"),
        )

    @api.model
    def _source_sql(self, table):
        """Return the condition for what the records of ``table`` were made of."""
        if self._is_superuser():
            return SQL("TRUE")
        conditions = [SQL("kbd.res_model IS NULL")]
        for model in self._source_models(table):
            readable = self._readable_records(model)
            if readable is not None:
                conditions.append(
                    SQL(
                        "(kbd.res_model = %s AND kbd.res_id IN %s AND %s)",
                        model,
                        readable,
                        self._files_sql(model),
                    )
                )
        return SQL("(%s)", SQL(" OR ").join(conditions))

    @api.model
    def _files_sql(self, model):
        """Return the condition for the files of a record that the user may read.

        Employees with a right to read the record read its files, too. Others only see
        those that are public.
        """
        if self.env.user._is_internal() and self._has_right(model):
            return SQL("TRUE")
        return SQL(
            """(kbd.attachment_id IS NULL OR EXISTS (
                    SELECT 1 FROM ir_attachment kba
                     WHERE kba.id = kbd.attachment_id AND kba.public))"""
        )

    @api.model
    def _source_models(self, table):
        self.env.cr.execute(
            SQL(
                "SELECT DISTINCT res_model FROM %s WHERE res_model IS NOT NULL",
                SQL.identifier(table),
            )
        )
        return [model for (model,) in self.env.cr.fetchall()]

    @api.model
    def _readable_records(self, model):
        """Return a subselect of the ids of ``model`` that the user may read.

        ``None`` when they may read none at all, or the model is gone.
        """
        if model not in self.env:
            return None
        if not self._has_right(model):
            return self._published_records(model)
        return self._as_user(model)._search([]).subselect()

    @api.model
    def _as_user(self, model):
        """Return a model in the user's own environment, whoever's hands it went
        through."""
        records = self.env[model].with_user(self.env.uid)
        return records.with_context(allowed_company_ids=self._company_ids())

    @api.model
    def _has_right(self, model):
        return self._as_user(model).has_access("read")

    @api.model
    def _published_records(self, model):
        """Return a subselect of records that the website shows to everybody.

        Few users have the right to read the records of its pages.
        What only some of its visitors see is not for everybody.
        """
        if model != "website.page":
            return None
        # sudo: website.page - as the website's own controller reads them
        pages = self.env[model].sudo()
        groups = "group_ids" if "group_ids" in pages._fields else "groups_id"
        domain = [
            ("is_published", "=", True),
            ("visibility", "in", (False, "", "public")),
            (groups, "=", False),
            "|",
            ("date_publish", "=", False),
            ("date_publish", "<=", fields.Datetime.now()),
            "|",
            ("website_id", "=", False),
            ("website_id.company_id", "in", self._company_ids()),
        ]
        return pages._search(domain).subselect()

    @api.model
    def _access_filter(self, collection_ids, viewer=None):
        """Return where the user may look, of ``collection_ids`` or everywhere.

        It is an :class:`~..utils.access_filter.AccessFilter`.

        :param viewer: another user, who may read all of it as well
        """
        self.env.flush_all()
        own = self._documents_sql()
        shown = self.with_user(viewer)._documents_sql() if viewer else own
        chosen = (
            SQL("TRUE")
            if collection_ids is None
            else SQL("kbd.collection_id = ANY(%s)", list(collection_ids))
        )
        self.env.cr.execute(
            SQL(
                """SELECT kbd.collection_id, array_agg(kbd.id),
                          bool_or(kbd.res_model IS NOT NULL)
                     FROM gpt_kb_document kbd
                     JOIN gpt_kb_collection c ON c.id = kbd.collection_id
                    WHERE c.active AND kbd.active AND %s
                      AND kbd.id IN %s AND kbd.id IN %s
                    GROUP BY kbd.collection_id""",
                chosen,
                own,
                shown,
            )
        )
        rows = self.env.cr.fetchall()
        whole = self._whole_collections([id_ for id_, _ids, mixed in rows if not mixed])
        return AccessFilter(
            tuple(sorted(whole)),
            tuple(d for id_, ids, _mixed in rows if id_ not in whole for d in ids),
        )

    @api.model
    def _whole_collections(self, collection_ids):
        """Return those that have nothing but active documents that are of no record."""
        self.env.cr.execute(
            """SELECT collection_id FROM gpt_kb_document WHERE collection_id = ANY(%s)
                GROUP BY collection_id
               HAVING bool_and(active AND res_model IS NULL)""",
            [collection_ids],
        )
        return {id_ for (id_,) in self.env.cr.fetchall()}
