# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What everybody in a room may read, as SQL."""

from odoo import SUPERUSER_ID, api, models
from odoo.tools import SQL

from ..compat import group_ids

# Documents made of records are looked into for as many different rights as that; where
# a room has more, they are left out.
MAX_RIGHTS = 30


class GptKbReaders(models.AbstractModel):
    """Says which documents all of those may read to whom an answer will be shown.

    They are the users of ``gpt_reader_ids`` in the context. Of documents in collections
    it is decided once for all, and of those that were made of records for as many
    different rights as there are.
    """

    _name = "gpt.kb.readers"
    _description = "Knowledge That All Readers Share"

    @api.model
    def _readers(self):
        """Return the users who will read the answer, ``None``: whoever asks, alone."""
        ids = self.env.context.get("gpt_reader_ids")
        if ids is None:
            return None
        # sudo: res.users - their groups and companies, to decide what all may read
        readers = self.env["res.users"].sudo().with_context(active_test=False)
        return readers.browse(id_ for id_ in ids if id_ != SUPERUSER_ID)

    @api.model
    def _documents_sql(self):
        """Return the condition for a document ``kbd`` that all readers may read."""
        readers = self._readers()
        if readers is None:
            return SQL("TRUE")
        return SQL(
            "(kbd.collection_id = ANY(%s) AND %s)",
            self._collection_ids(readers),
            self._source_sql(readers),
        )

    @api.model
    def _collection_ids(self, readers):
        """Return the ids of the collections that all ``readers`` may read."""
        manager = self.env.ref("gpt_core.group_gpt_manager").id
        rights = {
            (frozenset(group_ids(user)), frozenset(self._as(user)._company_ids()))
            for user in readers
        }
        self.env.cr.execute(
            """
            SELECT c.id, c.is_public,
                   ARRAY(SELECT group_id FROM gpt_kb_collection_res_groups_rel
                          WHERE collection_id = c.id),
                   ARRAY(SELECT company_id FROM gpt_kb_collection_res_company_rel
                          WHERE collection_id = c.id)
              FROM gpt_kb_collection c
            """
        )
        return [
            id_
            for id_, is_public, groups, companies in self.env.cr.fetchall()
            if all(
                (is_public or manager in own or not own.isdisjoint(groups))
                and (not companies or not own_companies.isdisjoint(companies))
                for own, own_companies in rights
            )
        ]

    @api.model
    def _source_sql(self, readers):
        """Return the condition for what the documents were made of."""
        access = self.env["gpt.kb.access"]
        conditions = [SQL("kbd.res_model IS NULL")]
        for model in access._source_models("gpt_kb_document"):
            shared = self._record_conditions(model, readers)
            if shared:
                conditions.append(
                    SQL("(kbd.res_model = %s AND %s)", model, SQL(" AND ").join(shared))
                )
        return SQL("(%s)", SQL(" OR ").join(conditions))

    @api.model
    def _record_conditions(self, model, readers):
        """Return the conditions for documents made of records of ``model``.

        None: there is a reader who may read no such record, or there are too many
        different rights.
        """
        found = {}
        for user in readers:
            access = self._as(user)
            readable = access._readable_records(model)
            if readable is None:
                return []
            condition = SQL(
                "(kbd.res_id IN %s AND %s)", readable, access._files_sql(model)
            )
            found[condition.code, repr(condition.params)] = condition
            if len(found) > MAX_RIGHTS:
                return []
        return list(found.values())

    @api.model
    def _as(self, user):
        """Return the access of a reader, in the companies that are asked about."""
        return self.env["gpt.kb.access"].with_user(user)
