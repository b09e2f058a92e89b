# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the model is given to read of a lead, and what is asked about it."""

import hashlib
import json
from dataclasses import dataclass

from odoo import api, fields, models, tools

from odoo.addons.gpt_core.engine.text.html_text import plain_text

from ..compat import WON_FIELD, is_won
from ..engine.fingerprint import fingerprint
from ..engine.judgement import Wanted
from ..engine.mail_text import own_words
from ..engine.sources import Source, as_block, fitting
from ..field_values import as_label, as_plain, is_fillable

CHAIN_CODE = "lead_enrichment"
MAX_MESSAGES = 30
# Who wrote what, by the type of a message; everything else was written by programs.
WRITTEN_BY_PEOPLE = ("email", "comment", "email_outgoing")
# What a run looks at besides what the model reads and fills.
ALSO_LOOKED_AT = (
    "active", "company_id", "contact_name", "partner_name", "source_id", WON_FIELD,
)  # fmt: skip


@dataclass(frozen=True)
class Material:
    """What a run reads: the texts, the chain's values, and a digest of both."""

    version: object
    sources: list
    values: dict
    fingerprint: str
    last_message_id: int


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def _gpt_company(self):
        """Return the company that pays: the lead's, or its salesperson's."""
        self.ensure_one()
        # One field of a user is not worth reading all of them.
        user = self.user_id.with_context(prefetch_fields=False)
        company = self.company_id or user.company_id or self.env.company
        return company.with_env(self.env)

    def _gpt_lang(self):
        """Return the language to write in: that of who works on the lead."""
        return self._gpt_reader_context()["lang"]

    def _gpt_reader_context(self):
        """Return the language and the time zone of who works on the lead."""
        if self.user_id:
            # Odoo keeps these for each user, and knows what else there is to fall on.
            return self.env["res.users"].with_user(self.user_id).context_get()
        company = self._gpt_company().with_context(prefetch_fields=False)
        return {"lang": company.partner_id.lang or self.env.lang or "en_US"}

    def _gpt_unwanted(self):
        """Return why this lead is not enriched, ``False`` if it is."""
        self.ensure_one()
        if not self.active:
            return "archived"
        return "won" if is_won(self) else False

    @api.model
    def _gpt_unwanted_text(self, reason):
        if reason == "won":
            return self.env._("This lead was won: there is nothing left to find out.")
        return self.env._("This lead is archived or lost. Restore it first.")

    @api.model
    def _gpt_chain(self):
        """Return the chain that enriches leads, of the current company first."""
        # sudo: gpt.chain - salespeople run it without reading its prompts
        return self.env["gpt.chain"].sudo().browse(self._gpt_chain_ids()[0])

    @api.model
    def _gpt_version(self):
        """Return the published version of :meth:`_gpt_chain`, empty without one."""
        # sudo: gpt.chain.version - as the chain
        versions = self.env["gpt.chain.version"].sudo()
        return versions.browse(self._gpt_chain_ids()[1])

    @api.model
    @tools.ormcache("self.env.company.id")
    def _gpt_chain_ids(self):
        """Return the ids of the chain and of its published version, or empty tuples.

        Every lead that is saved asks for them.
        """
        # sudo: gpt.chain - as in _gpt_chain()
        chain = (
            self.env["gpt.chain"]
            .sudo()
            .search(
                [
                    ("code", "=", CHAIN_CODE),
                    ("company_id", "in", [False, self.env.company.id]),
                ]
            )
        )
        return chain._ids, chain.published_version_id._ids

    def _gpt_fetch(self):
        """Read at once what a run looks at: not even half of a lead's columns."""
        self.fetch(self._gpt_looked_at())

    @api.model
    @tools.ormcache("self.env.company.id")
    def _gpt_looked_at(self):
        """Return the names of the fields that a run looks at."""
        inputs = self.env["gpt.lead.input"]
        contacts, users = self.env["gpt.service"]._people_fields(self._name)
        names = {
            *inputs._field_names(),
            *inputs._wanted_names(),
            *self._gpt_target_names(),
            *contacts,
            *users,
            *ALSO_LOOKED_AT,
        }
        return tuple(sorted(names & self._fields.keys()))

    def _gpt_as_reader(self):
        """Return this lead in the company that pays, as its reader would see it."""
        self.ensure_one()
        context = self._gpt_reader_context()
        return self.with_company(self._gpt_company()).with_context(
            lang=context["lang"], tz=context.get("tz") or "UTC"
        )

    def _gpt_sources(self, up_to=None, current=None):
        """Return what the model is given to read, as :class:`Source`; and the messages.

        :param up_to: id of the newest message to read; ``None``: all of them
        :param current: the lead's values of :meth:`~gpt.lead.value._current`, if known
        """
        messages = self._gpt_messages(up_to)
        if current is None:
            current = self.env["gpt.lead.value"]._current(self)
        sources = [*self._gpt_field_sources(current), *map(self._gpt_source, messages)]
        return fitting(sources), messages

    def _gpt_material(self):
        """Return the :class:`Material` of this lead of :meth:`_gpt_as_reader`."""
        company = self._gpt_company()
        # Three things of a company are not worth reading all of it.
        company.fetch(["name", "partner_id", "gpt_lead_read_notes"])
        sources, messages = self._gpt_sources()
        version = self._gpt_version()
        values = {
            "lead": as_block(sources),
            "empty_fields": self._gpt_empty_fields_text(),
            "language": self._gpt_language_name(),
            "company": company.name,
            "today": str(fields.Date.context_today(self)),
        }
        declared = {item.name for item in version._spec().inputs} if version else ()
        digest = fingerprint(version.id, sources, values["language"])
        return Material(
            version,
            sources,
            {name: value for name, value in values.items() if name in declared},
            digest,
            max(messages.ids, default=0),
        )

    def _gpt_field_sources(self, current):
        """Return what the chosen fields say; what we wrote ourselves is no fact."""
        ours = {row.field_name: row.value for row in current if row.state == "applied"}
        labels, sources = self._gpt_labels(), []
        for name in self.env["gpt.lead.input"]._field_names():
            field = self._fields.get(name)
            if field is None or (name in ours and as_plain(self, name) == ours[name]):
                continue
            text = as_label(self.env, field, as_plain(self, name))
            if text:
                source = Source(self._gpt_kind(name), labels[name], own_words(text))
                sources.append(source)
        return sources

    def _gpt_kind(self, name):
        """Return what a field's text is; an addon that knows chats says so here."""
        if name != "description":
            return "field"
        ids = self.env["ir.model.data"]
        livechat = ids._xmlid_to_res_id("crm_livechat.utm_source_livechat")
        is_chat = livechat and self.source_id.id == livechat
        return "chat" if is_chat else "description"

    @api.model
    @tools.ormcache("self.env.lang")
    def _gpt_labels(self):
        """Return what people call the fields of a lead, by the fields' names."""
        return {
            name: field._description_string(self.env)
            for name, field in self._fields.items()
        }

    def _gpt_messages(self, up_to=None):
        """Return what people wrote, from the oldest to the newest of the last ones."""
        if up_to == 0:  # nobody had written anything
            return self.env["mail.message"]
        domain = [
            ("model", "=", "crm.lead"),
            ("res_id", "=", self.id),
            ("message_type", "in", WRITTEN_BY_PEOPLE),
        ]
        if not self._gpt_company().gpt_lead_read_notes:
            domain += [
                "|",
                ("subtype_id", "=", False),
                ("subtype_id.internal", "=", False),
            ]
        if up_to is not None:
            domain.append(("id", "<=", up_to))
        # sudo: mail.message - read for the company, not for whoever happens to ask
        messages = self.env["mail.message"].sudo()
        return messages.search(domain, order="id desc", limit=MAX_MESSAGES).sorted("id")

    def _gpt_reads(self, message):
        """Tell whether a message is one of those that the model is given."""
        # sudo: mail.message - its kind, whoever posted it
        message = message.sudo()
        if message.message_type not in WRITTEN_BY_PEOPLE:
            return False
        is_note = message.subtype_id.internal
        return not is_note or self._gpt_company().gpt_lead_read_notes

    def _gpt_source(self, message):
        """Return a message as :class:`Source`; its attachments are never read."""
        body = own_words(plain_text(message.body or ""))
        if message.message_type == "email":
            kind = "email"
        else:
            kind = "note" if message.subtype_id.internal else "comment"
        author = message.author_id.name or message.email_from or ""
        day = fields.Date.to_string(message.date)
        label = " · ".join(filter(None, [self._gpt_kind_label(kind), author, day]))
        subject = (message.subject or "").strip()
        if subject and subject not in (self.name, message.record_name):
            body = f"{subject}\n{body}"
        return Source(kind, label, body, message.id)

    @api.model
    def _gpt_kind_label(self, kind):
        kinds = self.env["gpt.lead.value"]._fields["source_kind"]
        return dict(kinds._description_selection(self.env))[kind]

    def _gpt_language_name(self):
        lang = self.env["res.lang"]._get_data(code=self.env.context["lang"])
        return lang.name or "English"

    def _gpt_names(self):
        """Return the names to mask: the people who are not contacts yet."""
        return [name for name in (self.contact_name, self.partner_name) if name]

    # What should be known

    def _gpt_missing_names(self, preferred=()):
        """Return the names of the fields that should be known and are empty.

        :param preferred: names that come first, in this order
        """
        self.ensure_one()
        known = self._fields
        wanted = self.env["gpt.lead.input"]._wanted_names()
        empty = [name for name in wanted if name in known and not self[name]]
        first = [name for name in preferred if name in empty]
        return list(dict.fromkeys([*first, *empty]))

    def _gpt_empty_fields_text(self):
        labels = self._gpt_labels()
        return "\n".join(
            f"{name}: {labels[name]}" for name in self._gpt_missing_names()
        )

    # What is asked

    @api.model
    @tools.ormcache("version.id", "self.env.lang")
    def _gpt_wanted(self, version):
        """Return the :class:`Wanted` values of a chain's version that fill a field.

        A version never changes, so it is read once for each language.
        """
        if not version:
            return ()
        from ..engine.settings import needs_quote

        spec = version._spec()
        return tuple(
            Wanted(
                output.name,
                output.field_name,
                needs_quote(spec, output),
                self._fields[output.field_name].type in ("char", "text", "html"),
                (self._gpt_labels()[output.field_name],),
            )
            for output in spec.outputs
            if is_fillable(self._fields.get(output.field_name))
            and version._may_fill(self.env[self._name], output.field_name)
        )

    @api.model
    def _gpt_target_names(self):
        """Return the names of the fields that the published chain fills."""
        return tuple(wanted.field for wanted in self._gpt_wanted(self._gpt_version()))

    def _gpt_target_values(self):
        """Return a digest of each field that may be filled, to see it change later."""
        return {name: self._gpt_digest(name) for name in self._gpt_target_names()}

    def _gpt_digest(self, name):
        value = json.dumps(as_plain(self, name), sort_keys=True, default=str)
        return hashlib.sha256(value.encode()).hexdigest()[:16]

    def _gpt_default(self, name):
        """Return the value that a field has when nobody filled it."""
        return self.default_get([name]).get(name, False)
