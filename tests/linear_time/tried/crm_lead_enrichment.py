# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Functions of ``crm_lead_enrichment``."""

from datetime import date
from email.message import Message

from odoo.addons.crm_lead_enrichment.engine.evidence_check import Wanted
from odoo.addons.crm_lead_enrichment.engine.quoted_reply import Forwarded, Letter
from odoo.addons.crm_lead_enrichment.engine.repeated_words import EarlierWords
from odoo.addons.crm_lead_enrichment.engine.sources import Source, fitting

from ..hostile import CONTACTS, DIGITS, MAIL, WORDS, Hostile
from .ways import CODES, SETTINGS, Try, made, of, parts, then


def _sources(text: str, size: int = 0) -> list[Source]:
    """Return the text as one source, or as many of ``size`` characters."""
    pieces = parts(text, size) if size else [text]
    return [Source("email", f"m{n}", piece, n) for n, piece in enumerate(pieces)]


def _remembering(text: str) -> EarlierWords:
    words = EarlierWords()
    words.add(text)
    return words


def _mail(header: str, text: str) -> Message:
    """Return a mail whose header is the text."""
    mail = Message()
    mail[header] = " ".join(text.split())
    return mail


_DAY = date(2026, 12, 1)
_WANTED = (Wanted("priority", "x_priority", is_text=False), Wanted("city", "city"))

TRIED: dict[str, Try] = {
    "crm_lead_enrichment.ungrounded_figures.ungrounded_figures": Try(
        then(["a 55 1234"]), of("a 55 1234 5678"), texts=(*CONTACTS, *DIGITS)
    ),
    "crm_lead_enrichment.prompt_injection.injection_spans": Try(
        then(("x_priority", "a b")), texts=(*WORDS, *MAIL)
    ),
    "crm_lead_enrichment.plain_letters.plain_letters": Try(
        of(), texts=(*WORDS, *DIGITS, *CONTACTS)
    ),
    "crm_lead_enrichment.order_words.corrected": Try(of(), texts=WORDS),
    "crm_lead_enrichment.order_words.is_order": Try(of(), texts=(*WORDS, *MAIL)),
    "crm_lead_enrichment.order_words.is_spelled_order": Try(of(), texts=MAIL),
    "crm_lead_enrichment.values.contacts.has_email": Try(
        then("a@a.example"), texts=CONTACTS
    ),
    "crm_lead_enrichment.values.contacts.has_phone": Try(
        then("55 1234 5678"), texts=DIGITS
    ),
    "crm_lead_enrichment.values.dates.days_in": Try(then(_DAY), texts=DIGITS),
    "crm_lead_enrichment.values.dates.in_figures": Try(of(), texts=WORDS),
    "crm_lead_enrichment.values.dates.supports_day": Try(
        then(_DAY, _DAY), texts=(*DIGITS, *WORDS)
    ),
    "crm_lead_enrichment.values.figures.figures": Try(of(), texts=(*DIGITS, *WORDS)),
    "crm_lead_enrichment.values.meaning.denies": Try(then("a b"), of("no a")),
    "crm_lead_enrichment.values.meaning.is_of_a_supplier": Try(of(), texts=WORDS),
    "crm_lead_enrichment.values.meaning.is_of_others": Try(of(), texts=WORDS),
    "crm_lead_enrichment.values.meaning.names_it": Try(
        then("hola mundo"), of("hola mundo"), texts=WORDS
    ),
    "crm_lead_enrichment.values.meaning.says_no": Try(of(), texts=WORDS),
    "crm_lead_enrichment.values.supported.is_supported": Try(
        of("monetary", 7, names="total"), of("text", "hola mundo"), texts=DIGITS
    ),
    "crm_lead_enrichment.values.times.times_in": Try(of(), texts=DIGITS),
    "crm_lead_enrichment.evidence_check.ground_values": Try(
        made(
            lambda text: (
                {"priority": "1", "city": text, "priority_quote": "a a b"},
                _WANTED,
                _sources(text),
            )
        ),
        made(
            lambda text: (
                {"city": "a", "city_quote": text},
                _WANTED,
                _sources("a " * 1000),
            )
        ),
        texts=MAIL,
    ),
    "crm_lead_enrichment.evidence_check.has_prompt_injection": Try(
        made(lambda text: (_sources(text), _WANTED)),
        made(lambda text: (_sources(text, 50), _WANTED)),
    ),
    "crm_lead_enrichment.quoted_reply.strip_quoted_reply": Try(
        of(), texts=(*WORDS, *MAIL)
    ),
    "crm_lead_enrichment.quoted_reply.split_letter": Try(
        of(), then("Fwd: a"), texts=(*WORDS, *MAIL)
    ),
    "crm_lead_enrichment.quoted_reply.Forwarded.address": Try(
        made(lambda text: (Forwarded(text, ""),)), texts=CONTACTS
    ),
    "crm_lead_enrichment.quoted_reply.Letter.text": Try(
        made(lambda text: (Letter(text, (Forwarded(text, text),) * 3),))
    ),
    "crm_lead_enrichment.quote_search.find_evidence": Try(
        made(lambda text: ("a a a b", _sources(text))),
        made(lambda text: (text, _sources(text + "a"))),
        made(lambda text: (text[: len(text) // 2] + "b", _sources(text))),
        made(lambda text: ("a … b", _sources(text, 20))),
    ),
    "crm_lead_enrichment.repeated_words.EarlierWords.add": Try(
        made(lambda text: (EarlierWords(), text)), texts=WORDS
    ),
    "crm_lead_enrichment.repeated_words.EarlierWords.left_out_of": Try(
        made(lambda text: (_remembering(text), text)),
        made(lambda text: (_remembering("a b c d e f g h i"), text)),
        texts=(*WORDS, Hostile("a b c d e f g h "), Hostile("a b c d. ")),
    ),
    "crm_lead_enrichment.quote_search.says_something": Try(of()),
    "crm_lead_enrichment.same_meaning.same_meaning": Try(
        made(lambda text: (text, text + "a")), texts=(*DIGITS, *WORDS)
    ),
    "crm_lead_enrichment.same_meaning.same_passage": Try(
        made(lambda text: (text[: len(text) // 2] + "b", text))
    ),
    "crm_lead_enrichment.form_signs.form_signs": Try(
        of(), made(lambda text: ("", [text])), texts=(*WORDS, *MAIL)
    ),
    "crm_lead_enrichment.mail_signs.mail_signs": Try(
        made(lambda text: (_mail("List-Id", text), ("x.example",))),
        made(lambda text: (_mail("Auto-Submitted", text),)),
        texts=WORDS,
    ),
    "crm_lead_enrichment.form_signs.sameness": Try(of(), texts=(*WORDS, *MAIL)),
    "crm_lead_enrichment.sources.fitting": Try(
        made(lambda text: (_sources(text),)), made(lambda text: (_sources(text, 20),))
    ),
    "crm_lead_enrichment.sources.Fit.with_summary": Try(
        made(
            lambda text: (
                fitting(_sources(text, 20), 10**9),
                Source("summary", "", ""),
            )
        )
    ),
    "crm_lead_enrichment.sources.sources_block": Try(
        made(lambda text: (_sources(text, 20),))
    ),
}
EXCUSED: dict[str, str] = {
    "crm_lead_enrichment.values.supported.kind_of": SETTINGS,
    "crm_lead_enrichment.values.units.unit_of": SETTINGS,
    "crm_lead_enrichment.values.figures.number_of": "one number of a text, cut at 30",
    "crm_lead_enrichment.evidence_check.GroundedValue.is_grounded": CODES,
    "crm_lead_enrichment.evidence_check.grounded_share": CODES,
    "crm_lead_enrichment.sources.Fit.first": CODES,
    "crm_lead_enrichment.sources.Fit.newest_from": CODES,
    "crm_lead_enrichment.sources.Source.is_message": CODES,
    "crm_lead_enrichment.settings.is_offer": SETTINGS,
    "crm_lead_enrichment.settings.needs_evidence": SETTINGS,
    "crm_lead_enrichment.settings.with_evidence": SETTINGS,
    "crm_lead_enrichment.sources.Source.digest": "hashes it",
    "crm_lead_enrichment.sources.Source.rendered": "puts two texts together",
}
