# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How each function of the engines is given a hostile text, and which need none."""

import re
import tempfile
import uuid
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from langchain_core.embeddings import FakeEmbeddings
from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.outputs import ChatGeneration, LLMResult

from odoo.addons.crm_lead_enrichment.engine.evidence_check import Wanted
from odoo.addons.crm_lead_enrichment.engine.sources import Source
from odoo.addons.gpt_core.engine.chain.recorder import Recorder
from odoo.addons.gpt_core.engine.chain.run import StepResult, Tools
from odoo.addons.gpt_core.engine.chain.spec import (
    ChainSpec,
    InputSpec,
    OutputSpec,
    StepSpec,
)
from odoo.addons.gpt_core.engine.chain.template import Value
from odoo.addons.gpt_core.engine.conversation.transcript import Turn
from odoo.addons.gpt_core.engine.errors import GptError
from odoo.addons.gpt_core.engine.privacy.masking import Masker, StreamRestorer
from odoo.addons.gpt_core.engine.privacy.pii import PiiSpan
from odoo.addons.gpt_core.engine.provider.redaction import Redactor
from odoo.addons.gpt_core.engine.retrieval.passages import Passage
from odoo.addons.gpt_core.engine.text.folding import fold
from odoo.addons.gpt_evaluation.engine.expectations import Answer, Expectation
from odoo.addons.kb_rag.engine.reading.chunking import Chunk
from odoo.addons.kb_rag.engine.reading.documents import Block, Page
from odoo.addons.kb_rag.engine.retrieval.request import QuestionModels
from odoo.addons.kb_rag.engine.stores import GivenVectors
from odoo.addons.livechat_gpt.engine.decision import Rules
from odoo.addons.livechat_gpt.engine.reading import Reader

from ..e2e.pdf_file import pdf
from .hostile import (
    CONTACTS,
    DATA,
    DIGITS,
    MAIL,
    MARKUP,
    PLAIN,
    STREETS,
    WORDS,
    Hostile,
)

# (the function, a text) → what is to be measured.
Call = Callable[[Callable, str], Callable[[], object]]


class Try:
    """A function that is tried, in one way or several.

    :param texts: what it is given beside :data:`.hostile.PLAIN`
    """

    def __init__(self, *calls: Call, texts: Sequence[Hostile] = ()):
        self.calls = calls
        self.texts = (*PLAIN, *texts)


def _of(*before: Any, **more: Any) -> Call:
    """Give it the text after what is fixed."""
    return lambda function, text: partial(function, *before, text, **more)


def _then(*after: Any, **more: Any) -> Call:
    """Give it the text before what is fixed."""
    return lambda function, text: partial(function, text, *after, **more)


def _made(make: Callable[[str], tuple]) -> Call:
    """Give it the arguments that are made of the text."""
    return lambda function, text: partial(function, *make(text))


def _listed(function: Callable, text: str) -> Callable[[], object]:
    """Use up what it yields."""
    return lambda: list(function(text))


def _parts(text: str, size: int = 20) -> list[str]:
    return [text[at : at + size] for at in range(0, len(text), size)]


def _sources(text: str, size: int = 0) -> list[Source]:
    """Return the text as one source, or as many of ``size`` characters."""
    parts = _parts(text, size) if size else [text]
    return [Source("email", f"m{n}", part, n) for n, part in enumerate(parts)]


def _blanks(text: str) -> list[PiiSpan]:
    return [PiiSpan("TEXT", at, at + 2) for at in range(0, len(text) - 2, 100)]


def _masker(text: str) -> Masker:
    """Return a masker that has given out as many placeholders as the text is long."""
    return Masker({f"RFC_{n}": part for n, part in enumerate(_parts(text), 1)})


def _word_file(function: Callable, body: str) -> Callable[[], object]:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    path = Path(_FOLDER.name) / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", xml)
    return lambda: list(function(path))


def _docx(function: Callable, text: str) -> Callable[[], object]:
    """Give it a Word document of a paragraph and a table, with the text in both."""
    run = f"<w:r><w:t>{_NOT_PRINTABLE.sub(' ', text)}</w:t></w:r>"
    table = f"<w:tbl><w:tr><w:tc>{run}</w:tc></w:tr></w:tbl>"
    return _word_file(function, f"<w:p>{run}</w:p>{table}")


def _docx_of_many(function: Callable, text: str) -> Callable[[], object]:
    """Give it a Word document with many paragraphs, rows and cells."""
    count = len(text) // 40
    paragraph = "<w:p><w:r><w:t>a</w:t></w:r></w:p>"
    cells = f"<w:tc>{paragraph}</w:tc>" * count
    rows = f"<w:tr><w:tc>{paragraph}</w:tc></w:tr>" * count
    table = f"<w:tbl><w:tr>{cells}</w:tr>{rows}</w:tbl>"
    return _word_file(function, paragraph * count + table)


def _pdf(function: Callable, text: str) -> Callable[[], object]:
    """Give it a PDF with 1,000 characters of the text on each page."""
    path = Path(_FOLDER.name) / "a.pdf"
    path.write_bytes(pdf(_parts(_NOT_PRINTABLE.sub(" ", text), 1000)))
    return lambda: list(function(path))


def _pdf_of_one_page(function: Callable, text: str) -> Callable[[], object]:
    path = Path(_FOLDER.name) / "a.pdf"
    path.write_bytes(pdf(["\n".join(_parts(_NOT_PRINTABLE.sub(" ", text), 60))]))
    return lambda: list(function(path))


_FOLDER = tempfile.TemporaryDirectory(prefix="linear-time-")
# What cannot stand in the files as they are written here.
_NOT_PRINTABLE = re.compile(r"[^ -~]|[()\\<>&]")
_WANTED = (Wanted("priority", "x_priority", is_text=False), Wanted("city", "city"))
_OUTPUTS = (OutputSpec(name="a", ttype="text"), OutputSpec(name="b", ttype="list"))
_STEP = StepSpec(name="s", system_prompt="{a}", user_prompt="{b} {a}")
_SPEC = ChainSpec(
    code="c",
    inputs=(InputSpec(name="a", trusted=True), InputSpec(name="b")),
    steps=(_STEP,),
)
_READER = Reader(
    commands=("asesor",),
    keywords=("asesor", "hablar con una persona", "a", "a a"),
    repeats=2,
    suggestions=("¿Qué?",),
)
_EARLIER = tuple(f"hola mundo {n} " * 400 for n in range(30))
_RULES = Rules(min_confidence=0.5, max_questions=2)
_REDACTOR = Redactor(["sk-1234567890abcdef"])
_META = {"finish_reason": "stop"}


def _result(text: str) -> LLMResult:
    return LLMResult(generations=[[ChatGeneration(message=AIMessage(text))]])


def _ended(function: Callable, text: str) -> Callable[[], object]:
    recorder, run = Recorder(), uuid.uuid4()
    recorder.on_chat_model_start({}, [[HumanMessage("a")]], run_id=run)
    return lambda: function(recorder, _result(text), run_id=run)


def _parsed(function: Callable, text: str) -> Callable[[], object]:
    """Give it the text as an answer, which it may refuse."""

    def work() -> None:
        with suppress(GptError):
            function(text, _OUTPUTS)

    return work


def _fed(function: Callable, text: str) -> Callable[[], object]:
    """Give it the text in small pieces, as an answer comes in."""
    restorer = StreamRestorer(Masker({"RFC_1": "a"}))
    return lambda: [function(restorer, piece) for piece in _parts(text, 5)]


TRIED: dict[str, Try] = {
    # Leads
    "crm_lead_enrichment.ungrounded_figures.ungrounded_figures": Try(
        _then(["a 55 1234"]), _of("a 55 1234 5678"), texts=(*CONTACTS, *DIGITS)
    ),
    "crm_lead_enrichment.prompt_injection.injection_spans": Try(
        _then(("x_priority", "a b")), texts=(*WORDS, *MAIL)
    ),
    "crm_lead_enrichment.evidence_check.ground_values": Try(
        _made(
            lambda text: (
                {"priority": "1", "city": text, "priority_quote": "a a b"},
                _WANTED,
                _sources(text),
            )
        ),
        _made(
            lambda text: (
                {"city": "a", "city_quote": text},
                _WANTED,
                _sources("a " * 1000),
            )
        ),
        texts=MAIL,
    ),
    "crm_lead_enrichment.evidence_check.has_prompt_injection": Try(
        _made(lambda text: (_sources(text), _WANTED)),
        _made(lambda text: (_sources(text, 50), _WANTED)),
    ),
    "crm_lead_enrichment.quoted_reply.strip_quoted_reply": Try(
        _of(), texts=(*WORDS, *MAIL)
    ),
    "crm_lead_enrichment.quote_search.find_evidence": Try(
        _made(lambda text: ("a a a b", _sources(text))),
        _made(lambda text: (text, _sources(text + "a"))),
        _made(lambda text: (text[: len(text) // 2] + "b", _sources(text))),
        _made(lambda text: ("a … b", _sources(text, 20))),
    ),
    "crm_lead_enrichment.quote_search.says_something": Try(_of()),
    "crm_lead_enrichment.sources.fitting": Try(
        _made(lambda text: (_sources(text),)), _made(lambda text: (_sources(text, 20),))
    ),
    "crm_lead_enrichment.sources.sources_block": Try(
        _made(lambda text: (_sources(text, 20),))
    ),
    # The core
    "gpt_core.chain.acceptance.accepted_text": Try(
        _made(lambda text: (AIMessage(text, response_metadata=_META),)),
    ),
    "gpt_core.privacy.addresses.find_addresses": Try(
        _listed, texts=(*DIGITS, *STREETS)
    ),
    "gpt_core.privacy.context_words.words_before": Try(
        _made(lambda text: (text, len(text) - 1))
    ),
    "gpt_core.privacy.context_words.is_folio": Try(_of(), texts=DIGITS),
    "gpt_core.text.blank.is_blank": Try(_of(), texts=WORDS),
    "gpt_core.text.blank.is_blank_html": Try(_of(), texts=MARKUP),
    "gpt_core.chain.run.StepResult.as_value": Try(
        _made(lambda text: (StepResult(text),)),
        _made(lambda text: (StepResult("", {"a": _parts(text)}),)),
    ),
    "gpt_core.chain.run.Tools.masked": Try(_of(Tools(Masker()))),
    "gpt_core.chain.run.Tools.restored": Try(_of(Tools(Masker({"RFC_1": "a"})))),
    "gpt_core.chain.run.input_values": Try(
        _made(lambda text: (_SPEC.inputs, {"a": text, "b": text}, Masker()))
    ),
    "gpt_core.chain.run.initial_state": Try(
        _made(lambda text: (_SPEC, {"b": text, "query": text}, Masker())),
    ),
    "gpt_core.chain.run.step_query": Try(
        _made(lambda text: (_STEP, {"a": Value(text), "b": Value(text)}))
    ),
    "gpt_core.chain.compare.compare": Try(
        _made(lambda text: ({"name": text}, {"name": text[::-1]})),
        _made(
            lambda text: (
                {"steps": [{"name": n, "a": p} for n, p in enumerate(_parts(text))]},
                {"steps": [{"name": n, "a": "a"} for n in range(len(text) // 30)]},
            )
        ),
    ),
    "gpt_core.chain.compare.as_lines": Try(
        _of(), _made(lambda text: ([{"name": part} for part in _parts(text)],))
    ),
    "gpt_core.chain.compare.side_by_side": Try(
        _made(lambda text: (text, text[::-1])),
        _made(lambda text: (text, text.replace("a", "b") + "c")),
        _made(
            lambda text: ("\n".join(_parts(text)), "\n".join(_parts(text + "b", 21)))
        ),
        _made(lambda text: ("\n".join(text), "a\nb\n" * (len(text) // 2))),
        texts=WORDS,
    ),
    "gpt_core.text.small_talk.without_small_talk": Try(_of(), texts=WORDS),
    "gpt_core.text.small_talk.is_small_talk": Try(_of()),
    "gpt_core.privacy.number_recognizers.find_numbers": Try(_listed, texts=DIGITS),
    "gpt_evaluation.expectations.judge": Try(
        _made(
            lambda text: (
                Answer(text, {"a": _parts(text)}),
                (
                    Expectation("contains", "a b c"),
                    Expectation("not_contains", "a" * 50 + "b"),
                    Expectation("equals", "a, b", "a"),
                    Expectation("max_chars", "9"),
                ),
            )
        ),
    ),
    "gpt_core.chain.choices.split_choices": Try(_of()),
    "gpt_core.digest.digest": Try(
        _of(), _made(lambda text: ({"a": _parts(text), "b": text},))
    ),
    "gpt_core.text.folding.Folded.places": Try(
        lambda function, text: partial(function, fold(text))
    ),
    "gpt_core.text.folding.fold": Try(_of(), texts=WORDS),
    "gpt_core.text.folding.fold_words": Try(_of()),
    "gpt_core.text.folding.fold_lines": Try(_of()),
    "gpt_core.text.folding.without_accents": Try(_of(), texts=WORDS),
    "gpt_core.retrieval.cited_passages.marked_numbers": Try(_of(), texts=DIGITS),
    "gpt_core.retrieval.cited_passages.cited_numbers": Try(
        _then(None, 9),
        _made(lambda text: ("", {"cited": _parts(text), "a": text}, 9)),
    ),
    "gpt_core.retrieval.cited_passages.kind_of": Try(
        _made(lambda text: ({"action": text},))
    ),
    "gpt_core.text.html_text.tokens": Try(_listed, texts=MARKUP),
    "gpt_core.text.html_text.plain_text": Try(_of(), _then(10**9), texts=MARKUP),
    "gpt_core.text.html_text.as_html": Try(_of(), texts=(*WORDS, *CONTACTS)),
    "gpt_core.text.html_text.link_target": Try(_of(), texts=MARKUP),
    "gpt_core.privacy.mail_names.mail_names": Try(_of(), texts=(*MAIL, *CONTACTS)),
    "gpt_core.privacy.masking.Masker.__init__": Try(
        _made(
            lambda text: (Masker(), {f"A_{n}": p for n, p in enumerate(_parts(text))})
        ),
        _made(
            lambda text: (
                Masker(),
                {},
                [p + str(n) for n, p in enumerate(_parts(text))],
            )
        ),
        _made(lambda text: (Masker(), {}, [text])),
    ),
    "gpt_core.privacy.masking.Masker.mask": Try(
        _of(Masker()),
        lambda function, text: partial(
            function, Masker(names=["aaa b", "Ana a"]), text
        ),
        texts=(*WORDS, *CONTACTS),
    ),
    "gpt_core.privacy.masking.Masker.restore": Try(
        _of(Masker({"RFC_1": "a"})),
        _made(lambda text: (_masker(text), {"a": _parts(text)})),
    ),
    "gpt_core.privacy.masking.Masker.used_in": Try(
        _of(Masker({"RFC_1": "a"})),
        _made(lambda text: (_masker(text), *_parts(text))),
    ),
    "gpt_core.privacy.masking.StreamRestorer.feed": Try(
        _fed, _of(StreamRestorer(Masker({"RFC_1": "a"})))
    ),
    "gpt_core.chain.output.parse_output": Try(
        _parsed,
        lambda function, text: _parsed(function, f'{{"a": "{text}", "b": null}}'),
        texts=DATA,
    ),
    "gpt_core.retrieval.passages.passages_block": Try(
        _made(lambda text: ([Passage(text=part, source="a") for part in _parts(text)],))
    ),
    "gpt_core.privacy.pii.find": Try(_of(), texts=(*CONTACTS, *DIGITS, *STREETS)),
    "gpt_core.privacy.pii.blanked": Try(_made(lambda text: (text, _blanks(text)))),
    "gpt_core.chain.preview.step_prompts": Try(
        _made(lambda text: (_SPEC, {"a": text, "b": text}, Masker()))
    ),
    "gpt_core.chain.preview.first_prompt": Try(
        _made(lambda text: (_SPEC, {"a": text, "b": text}, Masker()))
    ),
    "gpt_core.chain.recorder.Recorder.on_chat_model_start": Try(
        lambda function, text: partial(
            function, Recorder(), {}, [[HumanMessage(text)]], run_id=uuid.uuid4()
        )
    ),
    "gpt_core.chain.recorder.Recorder.on_llm_end": Try(_ended),
    "gpt_core.provider.redaction.Redactor.redact": Try(
        _of(_REDACTOR), texts=(*WORDS, *CONTACTS)
    ),
    "gpt_core.provider.redaction.Redactor.is_in": Try(
        _made(lambda text: (_REDACTOR, text.encode()))
    ),
    "gpt_core.provider.reply_cleaning.cleaned_json": Try(
        lambda function, text: partial(
            function, text.encode(), _REDACTOR.redact, is_error=True
        ),
        texts=DATA,
    ),
    "gpt_core.provider.reply_cleaning.cleaned_text": Try(
        _made(lambda text: (text.encode(), _REDACTOR.redact))
    ),
    "gpt_core.text.storable.storable": Try(_of(), _made(lambda text: (_parts(text),))),
    "gpt_core.text.storable.storable_text": Try(_of(), texts=WORDS),
    "gpt_core.text.storable.whole_characters": Try(_of(), texts=(Hostile("a\ud83d"),)),
    "gpt_core.chain.template.as_text": Try(
        _then(1000), _then(10**9), _made(lambda text: ([_parts(text)], 1000))
    ),
    "gpt_core.chain.template.render": Try(
        _made(lambda text: ("{a}", "{b}{c}", dict.fromkeys("abc", Value(text)))),
        texts=MARKUP,
    ),
    "gpt_core.text.length.cut_at_sentence": Try(
        _then(900), _made(lambda text: (text, len(text) - 5)), texts=WORDS
    ),
    "gpt_core.provider.usage.estimated_tokens": Try(_of()),
    "gpt_core.provider.usage.most_tokens": Try(_of()),
    # Knowledge
    "kb_rag.reading.chunking.Chunk.checksum": Try(
        _made(lambda text: (Chunk(text, 0, "a"),))
    ),
    "kb_rag.reading.chunking.Chunk.embedded_text": Try(
        _made(lambda text: (Chunk(text, 0, "a"),))
    ),
    "kb_rag.reading.chunking.embedded_text": Try(_of("a")),
    "kb_rag.reading.chunking.cut": Try(
        _made(lambda text: ([Page(1, (Block(text),))],)),
        _made(lambda text: ([Page(1, tuple(map(Block, _parts(text))))],)),
        _made(lambda text: ([Page(1, tuple(Block(p, 1) for p in _parts(text)))],)),
        _made(
            lambda text: ([Page(n, (Block(p),)) for n, p in enumerate(_parts(text))],)
        ),
        texts=WORDS,
    ),
    "kb_rag.reading.documents.Page.has_text": Try(
        _made(lambda text: (Page(1, tuple(map(Block, _parts(text)))),))
    ),
    "kb_rag.retrieval.codes.code_lexemes": Try(_of(), texts=(*WORDS, *DIGITS)),
    "kb_rag.retrieval.codes.codes_of": Try(_of(), texts=DIGITS),
    "kb_rag.retrieval.codes.number_lexeme": Try(_of()),
    "kb_rag.vectors.embedding.batches": Try(
        lambda function, text: lambda: list(function(_parts(text)))
    ),
    "kb_rag.vectors.embedding.masked": Try(_of()),
    "kb_rag.vectors.embedding.embed_texts": Try(
        _made(lambda text: (FakeEmbeddings(size=2), [text]))
    ),
    "kb_rag.vectors.embedding.embed_query": Try(_of(FakeEmbeddings(size=2))),
    "kb_rag.vectors.question.embed_question": Try(
        _then(QuestionModels({1: FakeEmbeddings(size=2)})),
        texts=(*WORDS, *CONTACTS),
    ),
    "kb_rag.reading.formats.detect_format": Try(
        _made(lambda text: (text.encode(), "a.md")), texts=MARKUP
    ),
    "kb_rag.reading.formats.decode_text": Try(
        _made(lambda text: (text.encode(),)),
        _made(lambda text: (text.encode("utf-16"),)),
        _made(lambda text: (text.encode("cp1252", "replace") + b"\x81\xe1",)),
    ),
    "kb_rag.retrieval.language.language_of": Try(_of()),
    "kb_rag.retrieval.language.spellings": Try(_of()),
    "kb_rag.retrieval.merging.joined_text": Try(
        _made(lambda text: ([text, text + "b"],)),
        _made(lambda text: (_parts(text),)),
        _made(lambda text: (_parts(text, 500),)),
    ),
    "kb_rag.reading.pdf_gaps.widen_gaps": Try(
        _made(lambda text: (b"TJ", [[text, -200, *text]], None, None))
    ),
    "kb_rag.reading.pdf_text.blocks_of": Try(_of(), texts=(*WORDS, *MARKUP)),
    "kb_rag.reading.pdf_text.heading_level": Try(_of()),
    "kb_rag.retrieval.question.masked_question": Try(_of()),
    "kb_rag.retrieval.question.words_to_look_up": Try(_of(), texts=(*WORDS, *CONTACTS)),
    "kb_rag.reading.markup.read_html": Try(_of(), texts=MARKUP),
    "kb_rag.reading.markup.read_markdown": Try(_of(), texts=MARKUP),
    "kb_rag.reading.markup.read_text": Try(_of(), texts=(*WORDS, *MARKUP)),
    "kb_rag.stores.GivenVectors.embed_documents": Try(
        lambda function, text: partial(
            function, GivenVectors([[1.0]] * len(text)), _parts(text)
        )
    ),
    # The live chat
    "gpt_core.conversation.network.network_of": Try(_of(), texts=DIGITS),
    "livechat_gpt.contact.find_contact": Try(_of(), texts=(*WORDS, *CONTACTS, *DIGITS)),
    "livechat_gpt.contact.is_meant_as_contact": Try(_of()),
    "livechat_gpt.contact.says_name": Try(_of(), texts=CONTACTS),
    "livechat_gpt.contact.without_introduction": Try(_of(), texts=CONTACTS),
    "livechat_gpt.decision.decide": Try(
        _made(lambda text: ({"answer": text, "action": text}, _RULES))
    ),
    "livechat_gpt.source_rule.lacks_source": Try(
        lambda function, text: partial(function, {"kind": text, "answer": text}, 0)
    ),
    "livechat_gpt.reading.Reader.question": Try(_of(_READER)),
    "livechat_gpt.reading.Reader.contact": Try(_of(_READER)),
    "livechat_gpt.reading.Reader.wish": Try(
        _made(lambda text: (_READER, [text], _EARLIER)),
        _made(lambda text: (_READER, [_EARLIER[0]], _parts(text, 4000))),
        _made(lambda text: (_READER, [text], [text + "b", text[1:]])),
        _made(lambda text: (_READER, _parts(text), _parts(text))),
        lambda function, text: partial(function, _READER, [text], contact_wanted=True),
    ),
    "livechat_gpt.reading.Reader.asks_for_person": Try(_of(_READER), texts=CONTACTS),
    "livechat_gpt.reading.Reader.substance": Try(
        _of(_READER), texts=(*WORDS, *CONTACTS)
    ),
    "livechat_gpt.reading.is_alike": Try(
        _made(lambda text: (text, text + "b")),
        _made(lambda text: (text, text[::-1])),
        _made(lambda text: ("a b " + text, "b " + text[len(text) // 3 :])),
        texts=WORDS,
    ),
    "gpt_core.conversation.reply_text.reply_text": Try(
        _then(900),
        _then(0, hosts=["a.a"], sources=dict.fromkeys(range(1, 9), "x")),
        texts=(*WORDS, *CONTACTS, *MARKUP),
    ),
    "gpt_core.conversation.reply_text.pieces": Try(_then(["a.a"]), texts=CONTACTS),
    "gpt_core.conversation.reply_text.is_allowed": Try(_then(["a.a"]), texts=CONTACTS),
    "gpt_core.conversation.transcript.transcript": Try(
        _made(lambda text: ([Turn("Visitor", text)] * 3,)),
        _made(lambda text: ([Turn("Visitor", part) for part in _parts(text)],)),
    ),
    "kb_rag.reading.docx.read_docx": Try(_docx, _docx_of_many),
    "kb_rag.reading.pdf.read_pdf": Try(_pdf, _pdf_of_one_page),
}

_NOBODY = "takes no text of strangers: "
_SETTINGS = _NOBODY + "settings, which administrators write"
_CODES = _NOBODY + "it looks at codes, numbers and flags only"
_ELSEWHERE = "only calls others, which are tried themselves"
EXCUSED: dict[str, str] = {
    "crm_lead_enrichment.evidence_check.GroundedValue.is_grounded": _CODES,
    "crm_lead_enrichment.evidence_check.grounded_share": _CODES,
    "crm_lead_enrichment.sources.Source.is_message": _CODES,
    "crm_lead_enrichment.settings.needs_evidence": _SETTINGS,
    "crm_lead_enrichment.settings.with_evidence": _SETTINGS,
    "crm_lead_enrichment.sources.Source.rendered": "puts two texts together",
    "gpt_core.privacy.context_words.context_pattern": _NOBODY + "patterns of ours",
    "gpt_core.provider.catalogue.NotAnApi.__init__": "keeps a text as it is",
    "gpt_core.provider.catalogue.list_models": _SETTINGS,
    "gpt_core.provider.catalogue.has_protocol": _SETTINGS,
    "gpt_core.chain.recorder.Recorder.on_llm_error": _ELSEWHERE,
    "gpt_core.chain.run.prompt_step": _ELSEWHERE,
    "gpt_core.chain.run.check_step": _ELSEWHERE,
    "gpt_core.chain.run.retrieve_step": _ELSEWHERE,
    "gpt_core.chain.run.compile_chain": _ELSEWHERE,
    "gpt_core.chain.run.run_chain": _ELSEWHERE,
    "gpt_core.chain.run.step_messages": _SETTINGS,
    "gpt_core.provider.chat_model.Endpoint.http_client": _SETTINGS,
    "gpt_core.provider.chat_model.Endpoint.longest": _SETTINGS,
    "gpt_core.provider.chat_model.make_chat_model": _SETTINGS,
    "gpt_core.provider.chat_model.make_embeddings": _SETTINGS,
    "gpt_core.chain.compare.Line.changed": "compares two texts for being the same",
    "gpt_core.provider.deadline.watch": _SETTINGS,
    "gpt_core.privacy.number_recognizers.is_clabe": "takes 18 digits",
    "gpt_core.privacy.number_recognizers.is_card": "takes at most 16 digits",
    "gpt_core.errors.GptError.__init__": "keeps a text as it is",
    "gpt_evaluation.expectations.Verdict.state": _CODES,
    "gpt_core.text.folding.Folded.span": "looks two places up",
    "gpt_core.retrieval.cited_passages.citing": _SETTINGS,
    "gpt_core.retrieval.cited_passages.lacks_source": _ELSEWHERE,
    "gpt_core.retrieval.cited_passages.says_its_kind": _SETTINGS,
    "gpt_core.retrieval.retriever.NoRetriever.retrieve": "finds nothing",
    "gpt_core.retrieval.retriever.Retriever.retrieve": "is a protocol",
    "gpt_core.chain.recorder.Recorder.add_retrieval": _CODES,
    "gpt_core.chain.run.Outcome.passages": _CODES,
    "gpt_core.chain.run.Outcome.retrievals": _CODES,
    "gpt_core.provider.http_client.HttpClient.__init__": _SETTINGS,
    "gpt_core.provider.http_client.HttpClient.send": "calls a provider",
    "gpt_core.provider.http_client.http_client": _SETTINGS,
    "gpt_preflight.job_channels.configured_capacities": _SETTINGS,
    "gpt_core.retry_rule.retry_in": _CODES,
    "gpt_core.processes.lock_files.lock_folder": _SETTINGS,
    "gpt_core.processes.lock_files.open_lock_file": _SETTINGS,
    "gpt_core.text.numbers.as_share": _CODES,
    "gpt_core.text.numbers.within_range": _CODES,
    "gpt_core.chain.output.output_model": _SETTINGS,
    "gpt_core.chain.output.json_schema": _SETTINGS,
    "gpt_core.provider.price_list.published_prices": _SETTINGS,
    "gpt_preflight.probes.ask_all": _SETTINGS,
    "gpt_core.provider.call_record.CallRecord.end": _CODES,
    "gpt_core.provider.call_record.CallRecord.unanswered_usage": _CODES,
    "gpt_core.provider.redaction.Redactor.__init__": _SETTINGS,
    "gpt_core.processes.run_lock.run_lock": _CODES,
    "gpt_core.chain.spec.ChainSpec.outputs": _SETTINGS,
    "gpt_core.chain.template.TemplateError.__init__": _SETTINGS,
    "gpt_core.chain.template.template_names": _SETTINGS,
    "gpt_core.chain.template.check_template": _SETTINGS,
    "gpt_core.processes.cpu_slots.cpu_slot": _SETTINGS,
    "gpt_core.provider.usage.plausible_count": _CODES,
    "gpt_core.provider.usage.Usage.from_metadata": _CODES,
    "gpt_core.provider.usage.Usage.from_completion": _CODES,
    "livechat_gpt.websocket_probe.websocket_status": _SETTINGS,
    "kb_rag.reading.documents.ReadingError.__init__": "keeps a text as it is",
    "kb_rag.retrieval.merging.merge_neighbours": "compares a few numbers",
    "kb_rag.reading.ocr.recognised": "starts another program, with a limit of time",
    "kb_rag.retrieval.ranking.bm25": _CODES,
    "kb_rag.reading.reader.read_document": "starts the process that reads",
    "kb_rag.settings.with_collections": _SETTINGS,
    "kb_rag_postgres.postgres_backend.PostgresBackend.vector_store": _SETTINGS,
    "kb_rag_postgres.postgres_backend.PostgresBackend.search_filter": _SETTINGS,
    "kb_rag_postgres.postgres_backend.PostgresBackend.similarity": _SETTINGS,
    "kb_rag_postgres.postgres_backend.PostgresBackend.vectors": _SETTINGS,
    "kb_rag_qdrant.qdrant_backend.QdrantBackend.vector_store": _SETTINGS,
    "kb_rag_qdrant.qdrant_backend.QdrantBackend.search_filter": _SETTINGS,
    "kb_rag_qdrant.qdrant_backend.QdrantBackend.similarity": _SETTINGS,
    "kb_rag_qdrant.qdrant_backend.QdrantBackend.vectors": _SETTINGS,
    "kb_rag.stores.GivenVectors.embed_query": "hands out a vector that it has",
    "kb_rag.stores.chunk_id_of": _CODES,
    "kb_rag.vectors.operations.unit_vector": _CODES,
    "kb_rag.retrieval.request.Ranking.best": _CODES,
    "kb_rag.retrieval.request.RetrievalRequest.bounded": "cuts a text at a limit",
}
