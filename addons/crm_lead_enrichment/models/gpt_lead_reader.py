# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass

from odoo import api, fields, models, tools

from odoo.addons.gpt_core.engine.digest import digest
from odoo.addons.gpt_core.utils.record_values import as_plain

from ..compat import WON_FIELD
from ..engine.quoted_reply import strip_quoted_reply
from ..engine.sources import (
    MAX_BLOCK_CHARS,
    MAX_SUMMARY_CHARS,
    Source,
    fitting,
    sources_block,
)

# Of a lead with more messages than a prompt has room for, this many are looked at.
FIRST_MESSAGES = 5
NEWEST_MESSAGES = 300
# Who wrote what, by the type of a message; everything else was written by programs.
WRITTEN_BY_PEOPLE = ("email", "comment", "email_outgoing")
# What a run looks at besides what the model reads and fills.
ALSO_LOOKED_AT = (
    "active", "company_id", "contact_name", "create_date", "partner_name", "source_id",
    WON_FIELD,
)  # fmt: skip
# And of the company that pays.
OF_THE_COMPANY = ("name", "partner_id", "alias_domain_id", "gpt_lead_read_notes")

# The leads whose last enrichment is older than some of their messages.
_NEWER = """
WITH last AS (
    SELECT DISTINCT ON (lead_id) lead_id, company_id, last_message_id
    FROM gpt_lead_run
    WHERE state IN ('done', 'unchanged') AND only_field IS NULL
      AND (%(all)s OR lead_id = ANY(%(ids)s))
    ORDER BY lead_id, id DESC
)
SELECT last.lead_id, count(*)
FROM last
JOIN res_company AS company ON company.id = last.company_id
JOIN mail_message AS message
  ON message.model = 'crm.lead' AND message.res_id = last.lead_id
 AND message.id > last.last_message_id
 AND message.message_type = ANY(%(types)s)
LEFT JOIN mail_message_subtype AS kind ON kind.id = message.subtype_id
WHERE (company.gpt_lead_read_notes OR NOT COALESCE(kind.internal, FALSE))
  AND message.gpt_automatic IS NULL
GROUP BY last.lead_id
"""


@dataclass(frozen=True)
class Material:
    """What a run reads: the texts, the chain's values, and a digest of both."""

    version: object
    sources: list
    values: dict
    fingerprint: str
    last_message_id: int


class GptLeadReader(models.AbstractModel):
    """What of a lead is read: its chosen fields and its latest messages.

    The language, the company and the time zone are those of the lead's environment;
    see :meth:`~crm.lead._gpt_localized`.
    """

    _name = "gpt.lead.reader"
    _description = "Reader of Leads"

    @api.model
    def _material(self, lead):
        """Return the :class:`Material` of a localized lead."""
        sources, messages = self._sources(lead)
        version = lead.env["gpt.lead.chain"]._version()
        values = self._values(lead, sources)
        declared = {item.name for item in version._spec().inputs} if version else ()
        texts = [[source.kind, source.label, source.text] for source in sources]
        return Material(
            version,
            sources,
            {name: value for name, value in values.items() if name in declared},
            digest(version.id, texts, values["language"]),
            max(messages.ids, default=0),
        )

    @api.model
    def _values(self, lead, sources=None):
        """Return what a chain is handed in about a localized lead, by input."""
        if sources is None:
            sources, _messages = self._sources(lead)
        return {
            "lead": sources_block(sources),
            "empty_fields": self._empty_fields_text(lead),
            "language": self._language_name(lead),
            "company": lead._gpt_company().name,
            "today": str(fields.Date.context_today(lead)),
        }

    @api.model
    def _sources(self, lead, up_to=None, current=None):
        """Return what the model is given to read, as :class:`Source`; and the messages.

        :param up_to: id of the newest message to read; ``None``: all of them
        :param current: the lead's values of :meth:`~gpt.lead.value._current`, if known
        """
        messages = self._messages(lead, up_to)
        if current is None:
            current = lead.env["gpt.lead.value"]._current(lead)
        sources = self._field_sources(lead, current)
        sources += lead.env["gpt.lead.correspondence"]._sources(lead, messages)
        fit = fitting(sources)
        between = self._left_out(lead, up_to, fit, messages)
        if not between:
            return fit.kept, messages
        summary = lead.env["gpt.lead.history"]._source(lead, between)
        room = MAX_BLOCK_CHARS - len(summary.rendered()) - 2
        return fitting(sources, room).with_summary(summary), messages

    @api.model
    def _left_out(self, lead, up_to, fit, messages):
        """Return the messages that a prompt has no room for."""
        everything = messages
        if len(messages) >= FIRST_MESSAGES + NEWEST_MESSAGES:
            everything = messages.search(self._messages_domain(lead, up_to), order="id")
        elif not fit.left_out:
            return messages.browse()
        first, newest_from = fit.first.reference, fit.newest_from
        return everything.filtered(
            lambda message: message.id != first and message.id < newest_from
        )

    @api.model
    def _between(self, lead):
        """Return the messages that are to be summed up: a prompt has no room for them.

        There is less room beside a summary: its length is taken off. What no person
        wrote is not worth a call.
        """
        messages = self._messages(lead)
        sources = self._field_sources(lead, lead.env["gpt.lead.value"]._current(lead))
        sources += lead.env["gpt.lead.correspondence"]._sources(lead, messages)
        if not self._left_out(lead, None, fitting(sources), messages):
            return messages.browse()
        fit = fitting(sources, MAX_BLOCK_CHARS - MAX_SUMMARY_CHARS)
        between = self._left_out(lead, None, fit, messages)
        return between.filtered(lambda message: not message.gpt_automatic)

    # What a run looks at

    @api.model
    def _fetch(self, lead):
        """Read at once what a run looks at: not even half of a lead's columns."""
        lead.fetch(lead.env["gpt.lead.reader"]._field_names())
        lead._gpt_company().fetch(OF_THE_COMPANY)

    @api.model
    @tools.ormcache("self.env.company.id")
    def _field_names(self):
        """Return the names of the fields that a run looks at."""
        leads, inputs = self.env["crm.lead"], self.env["gpt.lead.input"]
        masking = self.env["gpt.masking"]
        contacts, users = masking._people_fields(leads._name)
        names = {
            *inputs._field_names(),
            *inputs._wanted_names(),
            *self.env["gpt.lead.chain"]._target_names(),
            *contacts,
            *users,
            *masking._address_fields(leads._name),
            *ALSO_LOOKED_AT,
        }
        return tuple(sorted(names & leads._fields.keys()))

    # Fields

    @api.model
    def _field_sources(self, lead, current):
        """Return what the chosen fields say; what we wrote ourselves is no fact."""
        ours = {row.field_name: row.value for row in current if row.state == "applied"}
        labels, sources = lead._gpt_labels(), []
        for name in lead.env["gpt.lead.input"]._field_names():
            field = lead._fields.get(name)
            if field is None or (name in ours and as_plain(lead, name) == ours[name]):
                continue
            text = lead.env["gpt.lead.value"]._text(name, as_plain(lead, name))
            if text:
                own = strip_quoted_reply(text)
                sources.append(Source(self._field_kind(lead, name), labels[name], own))
        return sources

    @api.model
    def _field_kind(self, lead, name):
        """Return what a field's text is; an addon that knows chats says so here."""
        if name != "description":
            return "field"
        ids = self.env["ir.model.data"]
        livechat = ids._xmlid_to_res_id("crm_livechat.utm_source_livechat")
        is_chat = livechat and lead.source_id.id == livechat
        return "chat" if is_chat else "description"

    @api.model
    def _empty_fields_text(self, lead):
        labels = lead._gpt_labels()
        return "\n".join(
            f"{name}: {labels[name]}" for name in lead._gpt_missing_names()
        )

    @api.model
    def _language_name(self, lead):
        lang = lead.env["res.lang"]._get_data(code=lead.env.context["lang"])
        return lang.name or "English"

    # Messages

    @api.model
    def _messages(self, lead, up_to=None):
        """Return what people wrote, from the oldest to the newest: both ends of it."""
        domain = self._messages_domain(lead, up_to)
        # sudo: mail.message - read for the company, not for whoever happens to ask
        messages = lead.env["mail.message"].sudo()
        if up_to == 0:  # nobody had written anything
            return messages
        found = messages.search(domain, order="id desc", limit=NEWEST_MESSAGES)
        if len(found) == NEWEST_MESSAGES:
            found |= messages.search(domain, order="id", limit=FIRST_MESSAGES)
        return found.sorted("id")

    @api.model
    def _messages_domain(self, lead, up_to=None):
        domain = [
            ("model", "=", lead._name),
            ("res_id", "=", lead.id),
            ("message_type", "in", WRITTEN_BY_PEOPLE),
        ]
        if not lead._gpt_company().gpt_lead_read_notes:
            domain += [
                "|",
                ("subtype_id", "=", False),
                ("subtype_id.internal", "=", False),
            ]
        if up_to is not None:
            domain.append(("id", "<=", up_to))
        return domain

    @api.model
    def _is_read(self, lead, message):
        """Tell whether a message is one of those that the model is given."""
        # sudo: mail.message - its kind, whoever posted it
        message = message.sudo()
        if message.message_type not in WRITTEN_BY_PEOPLE:
            return False
        is_note = message.subtype_id.internal
        return not is_note or lead._gpt_company().gpt_lead_read_notes

    @api.model
    def _count_newer(self, ids=None):
        """Return how many messages came in since the last enrichment, by lead.

        :param ids: of the leads; ``None``: all that have any
        """
        self.env["gpt.lead.run"].flush_model(
            ["lead_id", "state", "last_message_id", "only_field"]
        )
        self.env["mail.message"].flush_model()
        self.env["res.company"].flush_model(["gpt_lead_read_notes"])
        self.env.cr.execute(
            _NEWER,
            {"all": ids is None, "ids": ids or [], "types": list(WRITTEN_BY_PEOPLE)},
        )
        return dict(self.env.cr.fetchall())
