# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Functions of ``gpt_core``."""

import uuid
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
from langchain_core.outputs import ChatGeneration, LLMResult

from odoo.addons.gpt_core.engine.chain.recorder import Recorder
from odoo.addons.gpt_core.engine.chain.spec import (
    ChainSpec,
    InputSpec,
    OutputSpec,
    StepSpec,
)
from odoo.addons.gpt_core.engine.chain.state import StepResult
from odoo.addons.gpt_core.engine.chain.steps import Tools
from odoo.addons.gpt_core.engine.chain.template import Value
from odoo.addons.gpt_core.engine.conversation.transcript import Turn
from odoo.addons.gpt_core.engine.errors import GptError
from odoo.addons.gpt_core.engine.examples.example import Example
from odoo.addons.gpt_core.engine.examples.few_shot import FewShot, Shown
from odoo.addons.gpt_core.engine.examples.index import ExampleIndex
from odoo.addons.gpt_core.engine.privacy.masking import Masker, StreamRestorer
from odoo.addons.gpt_core.engine.privacy.pii import PiiSpan
from odoo.addons.gpt_core.engine.privacy.readable import Readable
from odoo.addons.gpt_core.engine.provider.capabilities import Capabilities
from odoo.addons.gpt_core.engine.provider.redaction import Redactor
from odoo.addons.gpt_core.engine.retrieval.passages import Passage
from odoo.addons.gpt_core.engine.text.folding import fold
from odoo.addons.gpt_core.engine.text.html_styles import OpenElements

from ..hostile import (
    CONTACTS,
    DATA,
    DIGITS,
    IDENTITIES,
    MAIL,
    MARKUP,
    STREETS,
    WORDS,
    Hostile,
)
from .ways import CODES, ELSEWHERE, NOBODY, SETTINGS, Try, listed, made, of, parts, then


def _opened(text: str) -> OpenElements:
    """Return as many elements that are open as there are in a long text."""
    elements = OpenElements()
    for part in parts(text):
        elements.start("p" + part[:1], "")
    return elements


def _blanks(text: str) -> list[PiiSpan]:
    return [PiiSpan("TEXT", at, at + 2) for at in range(0, len(text) - 2, 100)]


def _masker(text: str) -> Masker:
    """Return a masker that has given out as many placeholders as the text is long."""
    return Masker({f"RFC_{n}": part for n, part in enumerate(parts(text), 1)})


_OUTPUTS = (OutputSpec(name="a", ttype="text"), OutputSpec(name="b", ttype="list"))
_STEP = StepSpec(name="s", system_prompt="{a}", user_prompt="{b} {a}")
_SPEC = ChainSpec(
    code="c",
    inputs=(InputSpec(name="a", trusted=True), InputSpec(name="b")),
    steps=(_STEP,),
)
_MANY = ChainSpec(code="c", steps=(_STEP,), few_shot_count=20, few_shot_tokens=10**9)
_REDACTOR = Redactor(["sk-1234567890abcdef"])
_META = {"finish_reason": "stop"}


def _result(text: str) -> LLMResult:
    return LLMResult(generations=[[ChatGeneration(message=AIMessage(text))]])


def _ended(function: Callable, text: str) -> Callable[[], object]:
    recorder, run = Recorder(), uuid.uuid4()
    recorder.on_chat_model_start({}, [[HumanMessage("a")]], run_id=run)
    return lambda: function(recorder, _result(text), run_id=run)


def _example(text: str, number: int = 1) -> Example:
    return Example(number, (("user", text), ("assistant", text)))


def _index(text: str) -> ExampleIndex:
    return ExampleIndex(_example(part, n) for n, part in enumerate(parts(text)))


def _few_shot(text: str) -> FewShot:
    return FewShot.of(_MANY, ExampleIndex([_example(f"a {text}")]))


def _asked(text: str) -> tuple:
    state = {"b": Value(f"a {text}")}
    return _few_shot(text), _STEP, state, [HumanMessage(text)]


def _parsed(function: Callable, text: str) -> Callable[[], object]:
    """Give it the text as an answer, which it may refuse."""

    def work() -> None:
        with suppress(GptError):
            function(text, _OUTPUTS)

    return work


def _fed(function: Callable, text: str) -> Callable[[], object]:
    """Give it the text in small pieces, as an answer comes in."""
    restorer = StreamRestorer(Masker({"RFC_1": "a"}))
    return lambda: [function(restorer, piece) for piece in parts(text, 5)]


TRIED: dict[str, Try] = {
    "gpt_core.examples.near_copies.signature": Try(of()),
    "gpt_core.examples.example.Example.question": Try(
        lambda function, text: partial(function, _example(text)),
        lambda function, text: partial(
            function, Example(1, tuple(("user", part) for part in parts(text)))
        ),
    ),
    "gpt_core.examples.example.example_of": Try(
        made(
            lambda text: (
                1,
                [{"role": "user", "content": part} for part in parts(text)],
                text,
            )
        ),
    ),
    "gpt_core.examples.example.gist": Try(
        of(), made(lambda text: ("<a>" * (len(text) // 3) + "</a>",)), texts=MARKUP
    ),
    "gpt_core.examples.example.fitting_turns": Try(
        made(lambda text: (_example(text), _OUTPUTS)),
        made(lambda text: (_example(f'{{"a": "{text}"}}'), _OUTPUTS)),
        texts=DATA,
    ),
    "gpt_core.examples.index.ExampleIndex.__init__": Try(
        lambda function, text: partial(ExampleIndex, [_example(text)]),
        lambda function, text: partial(_index, text),
    ),
    "gpt_core.examples.index.ExampleIndex.similar": Try(
        made(lambda text: (_index(text), [text])),
        made(lambda text: (ExampleIndex([_example("a b")]), parts(text))),
    ),
    "gpt_core.examples.few_shot.FewShot.shown": Try(made(_asked)),
    "gpt_core.examples.few_shot.FewShot.most_tokens": Try(
        lambda function, text: partial(function, _few_shot(text))
    ),
    "gpt_core.examples.few_shot.Shown.cleaned": Try(
        made(
            lambda text: (
                Shown(placeholders=frozenset({"RFC_90001"})),
                StepResult(text, {"a": parts(text)}),
            )
        ),
        made(
            lambda text: (
                Shown(placeholders=frozenset({"RFC_90001"})),
                StepResult(" [[RFC_90001]]" * (len(text) // 14)),
            )
        ),
    ),
    "gpt_core.chain.output.coerced": Try(
        made(lambda text: ({"a": text, "b": parts(text)}, _OUTPUTS)),
    ),
    "gpt_core.chain.structured_output.with_schema": Try(
        made(lambda text: ([HumanMessage(text)], _OUTPUTS, "prompt")),
        made(lambda text: ([SystemMessage(text)], _OUTPUTS, "json")),
    ),
    "gpt_core.provider.capabilities.Capabilities.after": Try(
        made(
            lambda text: (Capabilities(), GptError("invalid_request", text)),
            structured=True,
        ),
    ),
    "gpt_core.provider.refusal_words.code_in_words": Try(
        then(400), made(lambda text: ("model " * (len(text) // 6), 400))
    ),
    "gpt_core.provider.reply_judging.judged": Try(
        made(lambda text: ("/v1/responses", 200, "", text.encode())),
        made(lambda text: ("/v1/responses", 403, "text/html", text.encode())),
        texts=MARKUP,
    ),
    "gpt_core.text.answer_text.without_fence": Try(
        of(), made(lambda text: ("```" * (len(text) // 3),))
    ),
    "gpt_core.text.answer_text.without_thinking": Try(
        of(),
        made(lambda text: ("<think>" * (len(text) // 7),)),
        made(lambda text: ("<|channel|>final" * (len(text) // 16),)),
        texts=MARKUP,
    ),
    "gpt_core.chain.acceptance.accepted_text": Try(
        made(lambda text: (AIMessage(text, response_metadata=_META),)),
    ),
    "gpt_core.privacy.addresses.find_addresses": Try(listed, texts=(*DIGITS, *STREETS)),
    "gpt_core.privacy.context_words.words_before": Try(
        made(lambda text: (text, len(text) - 1))
    ),
    "gpt_core.privacy.context_words.is_folio": Try(of(), texts=DIGITS),
    "gpt_core.provider.served_model.kind_of_name": Try(of(), texts=WORDS),
    "gpt_core.provider.served_model.served_model": Try(
        made(lambda text: ({"id": text, "supported_parameters": parts(text)},))
    ),
    "gpt_core.text.blank.is_blank": Try(of(), texts=WORDS),
    "gpt_core.text.blank.is_blank_html": Try(of(), texts=MARKUP),
    "gpt_core.chain.state.StepResult.as_value": Try(
        made(lambda text: (StepResult(text),)),
        made(lambda text: (StepResult("", {"a": parts(text)}),)),
    ),
    "gpt_core.chain.steps.Tools.masked": Try(of(Tools(Masker()))),
    "gpt_core.chain.steps.Tools.restored": Try(of(Tools(Masker({"RFC_1": "a"})))),
    "gpt_core.chain.state.input_values": Try(
        made(lambda text: (_SPEC.inputs, {"a": text, "b": text}, Masker()))
    ),
    "gpt_core.chain.state.initial_state": Try(
        made(lambda text: (_SPEC, {"b": text, "query": text}, Masker())),
    ),
    "gpt_core.chain.state.state_values": Try(
        made(lambda text: ({"a": Value(text), "b": StepResult("", {"a": text})},))
    ),
    "gpt_core.chain.messages.step_query": Try(
        made(lambda text: (_STEP, {"a": Value(text), "b": Value(text)}))
    ),
    "gpt_core.chain.compare.compare": Try(
        made(lambda text: ({"name": text}, {"name": text[::-1]})),
        made(
            lambda text: (
                {"steps": [{"name": n, "a": p} for n, p in enumerate(parts(text))]},
                {"steps": [{"name": n, "a": "a"} for n in range(len(text) // 30)]},
            )
        ),
    ),
    "gpt_core.chain.compare.as_lines": Try(
        of(), made(lambda text: ([{"name": part} for part in parts(text)],))
    ),
    "gpt_core.chain.compare.side_by_side": Try(
        made(lambda text: (text, text[::-1])),
        made(lambda text: (text, text.replace("a", "b") + "c")),
        made(lambda text: ("\n".join(parts(text)), "\n".join(parts(text + "b", 21)))),
        made(lambda text: ("\n".join(text), "a\nb\n" * (len(text) // 2))),
        texts=WORDS,
    ),
    "gpt_core.text.small_talk.without_small_talk": Try(of(), texts=WORDS),
    "gpt_core.text.small_talk.is_small_talk": Try(of()),
    "gpt_core.privacy.number_recognizers.find_numbers": Try(listed, texts=DIGITS),
    "gpt_core.privacy.number_recognizers.find_numbers_over_lines": Try(
        listed, texts=DIGITS
    ),
    "gpt_core.privacy.identity_recognizers.find_birth_dates": Try(
        listed, texts=(*DIGITS, *IDENTITIES)
    ),
    "gpt_core.privacy.identity_recognizers.find_nif": Try(
        listed, texts=(*DIGITS, *IDENTITIES)
    ),
    "gpt_core.privacy.identity_recognizers.find_papers": Try(
        listed, texts=(*DIGITS, *IDENTITIES)
    ),
    "gpt_core.privacy.locations.find_locations": Try(
        listed, texts=(*DIGITS, *IDENTITIES)
    ),
    "gpt_core.privacy.readable.readable": Try(
        of(), texts=(*WORDS, *DIGITS, *IDENTITIES)
    ),
    "gpt_core.privacy.readable.Readable.edited": Try(
        made(
            lambda text: (
                Readable(text),
                [(n, n + 1, "") for n in range(0, len(text), 2)],
            )
        )
    ),
    "gpt_core.privacy.readable.Readable.span": Try(
        made(lambda text: (Readable(text), 0, len(text)))
    ),
    "gpt_core.chain.choices.split_choices": Try(of()),
    "gpt_core.digest.digest": Try(
        of(), made(lambda text: ({"a": parts(text), "b": text},))
    ),
    "gpt_core.text.folding.Folded.places": Try(
        lambda function, text: partial(function, fold(text))
    ),
    "gpt_core.text.folding.fold": Try(of(), texts=WORDS),
    "gpt_core.text.folding.fold_words": Try(of()),
    "gpt_core.text.folding.fold_lines": Try(of()),
    "gpt_core.text.folding.without_accents": Try(of(), texts=WORDS),
    "gpt_core.retrieval.cited_passages.marked_numbers": Try(of(), texts=DIGITS),
    "gpt_core.retrieval.cited_passages.cited_numbers": Try(
        then(None, 9),
        made(lambda text: ("", {"cited": parts(text), "a": text}, 9)),
    ),
    "gpt_core.retrieval.cited_passages.kind_of": Try(
        made(lambda text: ({"action": text},))
    ),
    "gpt_core.text.html_text.tokens": Try(listed, texts=MARKUP),
    "gpt_core.text.html_text.plain_text": Try(
        of(), then(10**9), then(mark_quotes=True), texts=MARKUP
    ),
    "gpt_core.text.html_entities.unescaped": Try(of(), texts=(*MARKUP, *DATA)),
    "gpt_core.text.html_styles.OpenElements.end": Try(
        made(lambda text: (_opened(text), "p"))
    ),
    "gpt_core.text.html_text.without_data_uris": Try(
        of(), texts=(*MARKUP, *map(Hostile, ("data:", "data:a;", "data:,aaaaaaaa")))
    ),
    "gpt_core.text.html_styles.attributes_of": Try(
        of(), texts=(*MARKUP, *map(Hostile, ("a='b' ", "a=", "a='", "a-")))
    ),
    "gpt_core.text.html_styles.OpenElements.start": Try(
        made(lambda text: (OpenElements(), "p", text)),
        made(lambda text: (OpenElements(), "p", f'style="{text}"')),
        texts=(*MARKUP, *map(Hostile, ("a:b;", "color:", "0", "0.0px;"))),
    ),
    "gpt_core.text.html_text.as_html": Try(of(), texts=(*WORDS, *CONTACTS)),
    "gpt_core.text.html_text.link_target": Try(of(), texts=MARKUP),
    "gpt_core.privacy.mail_names.mail_names": Try(of(), texts=(*MAIL, *CONTACTS)),
    "gpt_core.privacy.masking.Masker.__init__": Try(
        made(lambda text: (Masker(), {f"A_{n}": p for n, p in enumerate(parts(text))})),
        made(
            lambda text: (
                Masker(),
                {},
                [p + str(n) for n, p in enumerate(parts(text))],
            )
        ),
        made(lambda text: (Masker(), {}, [text])),
    ),
    "gpt_core.privacy.masking.Masker.mask": Try(
        of(Masker()),
        lambda function, text: partial(
            function, Masker(names=["aaa b", "Ana a"]), text
        ),
        texts=(*WORDS, *CONTACTS),
    ),
    "gpt_core.privacy.masking.Masker.mask_again": Try(
        of(Masker()),
        made(lambda text: (Masker(), "[[RFC_1]] " * (len(text) // 10))),
        made(lambda text: (Masker(), {"a": parts(text)})),
        texts=(*WORDS, *CONTACTS),
    ),
    "gpt_core.privacy.masking.Masker.restore": Try(
        of(Masker({"RFC_1": "a"})),
        made(lambda text: (_masker(text), {"a": parts(text)})),
    ),
    "gpt_core.privacy.masking.Masker.used_in": Try(
        of(Masker({"RFC_1": "a"})),
        made(lambda text: (_masker(text), *parts(text))),
    ),
    "gpt_core.privacy.masking.StreamRestorer.feed": Try(
        _fed, of(StreamRestorer(Masker({"RFC_1": "a"})))
    ),
    "gpt_core.chain.output.parse_output": Try(
        _parsed,
        lambda function, text: _parsed(function, f'{{"a": "{text}", "b": null}}'),
        texts=DATA,
    ),
    "gpt_core.retrieval.passages.passages_block": Try(
        made(lambda text: ([Passage(text=part, source="a") for part in parts(text)],))
    ),
    "gpt_core.privacy.pii.find": Try(
        of(), texts=(*CONTACTS, *DIGITS, *STREETS, *IDENTITIES)
    ),
    "gpt_core.privacy.pii.blanked": Try(made(lambda text: (text, _blanks(text)))),
    "gpt_core.chain.preview.step_prompts": Try(
        made(lambda text: (_SPEC, {"a": text, "b": text}, Masker()))
    ),
    "gpt_core.chain.preview.first_prompt": Try(
        made(lambda text: (_SPEC, {"a": text, "b": text}, Masker()))
    ),
    "gpt_core.chain.recorder.Recorder.on_chat_model_start": Try(
        lambda function, text: partial(
            function, Recorder(), {}, [[HumanMessage(text)]], run_id=uuid.uuid4()
        )
    ),
    "gpt_core.chain.recorder.asked_in": Try(
        then("s"),
        made(lambda text: ("[s · human]\n" + text, "s")),
        made(lambda text: ("\n\n[s · human]\n" * (len(text) // 14), "s")),
    ),
    "gpt_core.chain.recorder.Recorder.on_llm_end": Try(_ended),
    "gpt_core.provider.redaction.Redactor.redact": Try(
        of(_REDACTOR), texts=(*WORDS, *CONTACTS)
    ),
    "gpt_core.provider.redaction.Redactor.is_in": Try(
        made(lambda text: (_REDACTOR, text.encode()))
    ),
    "gpt_core.provider.reply_cleaning.cleaned_json": Try(
        lambda function, text: partial(
            function, text.encode(), _REDACTOR.redact, is_error=True
        ),
        texts=DATA,
    ),
    "gpt_core.provider.reply_cleaning.cleaned_text": Try(
        made(lambda text: (text.encode(), _REDACTOR.redact))
    ),
    "gpt_core.text.storable.storable": Try(of(), made(lambda text: (parts(text),))),
    "gpt_core.text.storable.storable_text": Try(of(), texts=WORDS),
    "gpt_core.text.storable.whole_characters": Try(of(), texts=(Hostile("a\ud83d"),)),
    "gpt_core.chain.template.as_text": Try(
        then(1000), then(10**9), made(lambda text: ([parts(text)], 1000))
    ),
    "gpt_core.chain.template.render": Try(
        made(lambda text: ("{a}", "{b}{c}", dict.fromkeys("abc", Value(text)))),
        texts=MARKUP,
    ),
    "gpt_core.text.length.cut_at_sentence": Try(
        then(900), made(lambda text: (text, len(text) - 5)), texts=WORDS
    ),
    "gpt_core.provider.usage.estimated_tokens": Try(of()),
    "gpt_core.provider.usage.most_tokens": Try(of()),
    "gpt_core.conversation.network.network_of": Try(of(), texts=DIGITS),
    "gpt_core.conversation.reply_text.reply_text": Try(
        then(900),
        then(0, hosts=["a.a"], sources=dict.fromkeys(range(1, 9), "x")),
        texts=(*WORDS, *CONTACTS, *MARKUP),
    ),
    "gpt_core.conversation.reply_text.pieces": Try(then(["a.a"]), texts=CONTACTS),
    "gpt_core.conversation.reply_text.is_allowed": Try(then(["a.a"]), texts=CONTACTS),
    "gpt_core.conversation.transcript.transcript": Try(
        made(lambda text: ([Turn("Visitor", text)] * 3,)),
        made(lambda text: ([Turn("Visitor", part) for part in parts(text)],)),
    ),
}
EXCUSED: dict[str, str] = {
    "gpt_core.examples.near_copies.loose_bands": "it looks at digests",
    "gpt_core.examples.near_copies.similar_pairs": "it looks at digests",
    "gpt_core.retrieval.bm25.bm25": CODES,
    "gpt_core.examples.few_shot.FewShot.of": SETTINGS,
    "gpt_core.examples.few_shot.Shown.before_question": "puts lists together",
    "gpt_core.chain.spec.ChainSpec.only": SETTINGS,
    "gpt_core.provider.capabilities.Capabilities.rank": CODES,
    "gpt_core.chain.field_trial.try_fields": SETTINGS,
    "gpt_core.chain.structured_output.bound": SETTINGS,
    "gpt_core.provider.address.base_address": SETTINGS,
    "gpt_core.provider.capabilities.Capabilities.applied": SETTINGS,
    "gpt_core.provider.capabilities.Capabilities.next_way": SETTINGS,
    "gpt_core.privacy.context_words.context_pattern": NOBODY + "patterns of ours",
    "gpt_core.provider.catalogue.NotAnApi.__init__": "keeps a text as it is",
    "gpt_core.provider.catalogue.list_models": SETTINGS,
    "gpt_core.provider.price_list.listed_context": SETTINGS,
    "gpt_core.provider.served_model.ServedModel.from_json": ELSEWHERE,
    "gpt_core.provider.served_model.ServedModel.as_json": "keeps its texts as they are",
    "gpt_core.provider.served_model.ServedModel.is_usable": CODES,
    "gpt_core.provider.catalogue.has_protocol": SETTINGS,
    "gpt_core.chain.recorder.Recorder.on_llm_error": ELSEWHERE,
    "gpt_core.chain.asking.asking": SETTINGS,
    "gpt_core.chain.steps.builds": SETTINGS,
    "gpt_core.chain.steps.prompt_step": ELSEWHERE,
    "gpt_core.chain.steps.check_step": ELSEWHERE,
    "gpt_core.chain.steps.retrieve_step": ELSEWHERE,
    "gpt_core.chain.run.compile_chain": ELSEWHERE,
    "gpt_core.chain.run.run_chain": ELSEWHERE,
    "gpt_core.chain.messages.step_messages": SETTINGS,
    "gpt_core.provider.chat_model.Endpoint.http_client": SETTINGS,
    "gpt_core.provider.chat_model.Endpoint.longest": SETTINGS,
    "gpt_core.provider.chat_model.make_chat_model": SETTINGS,
    "gpt_core.provider.chat_model.make_embeddings": SETTINGS,
    "gpt_core.chain.compare.Line.changed": "compares two texts for being the same",
    "gpt_core.provider.deadline.watch": SETTINGS,
    "gpt_core.privacy.number_recognizers.is_clabe": "takes 18 digits",
    "gpt_core.privacy.number_recognizers.is_card": "takes at most 16 digits",
    "gpt_core.errors.GptError.__init__": "keeps a text as it is",
    "gpt_core.text.folding.Folded.span": "looks two places up",
    "gpt_core.retrieval.cited_passages.citing": SETTINGS,
    "gpt_core.retrieval.cited_passages.lacks_source": ELSEWHERE,
    "gpt_core.retrieval.cited_passages.says_its_kind": SETTINGS,
    "gpt_core.retrieval.retriever.NoRetriever.retrieve": "finds nothing",
    "gpt_core.retrieval.retriever.Retriever.retrieve": "is a protocol",
    "gpt_core.chain.recorder.Recorder.add_retrieval": CODES,
    "gpt_core.chain.run.Outcome.passages": CODES,
    "gpt_core.chain.run.Outcome.retrievals": CODES,
    "gpt_core.provider.http_client.HttpClient.__init__": SETTINGS,
    "gpt_core.provider.http_client.HttpClient.send": "calls a provider",
    "gpt_core.provider.http_client.http_client": SETTINGS,
    "gpt_core.retry_rule.retry_in": CODES,
    "gpt_core.processes.lock_files.lock_folder": SETTINGS,
    "gpt_core.processes.lock_files.open_lock_file": SETTINGS,
    "gpt_core.text.numbers.as_share": CODES,
    "gpt_core.text.numbers.within_range": CODES,
    "gpt_core.chain.output.output_model": SETTINGS,
    "gpt_core.chain.output.json_schema": SETTINGS,
    "gpt_core.provider.price_list.published_prices": SETTINGS,
    "gpt_core.provider.call_record.CallRecord.end": CODES,
    "gpt_core.provider.call_record.CallRecord.unanswered_usage": CODES,
    "gpt_core.provider.redaction.Redactor.__init__": SETTINGS,
    "gpt_core.processes.run_lock.run_lock": CODES,
    "gpt_core.chain.spec.ChainSpec.answering_step": SETTINGS,
    "gpt_core.chain.spec.ChainSpec.outputs": SETTINGS,
    "gpt_core.chain.spec.StepSpec.asks_model": SETTINGS,
    "gpt_core.chain.spec.StepSpec.gives_answer": SETTINGS,
    "gpt_core.chain.spec.StepSpec.looks_up": SETTINGS,
    "gpt_core.chain.step_kinds.step_kind": SETTINGS,
    "gpt_core.chain.template.TemplateError.__init__": SETTINGS,
    "gpt_core.chain.template.template_names": SETTINGS,
    "gpt_core.chain.template.check_template": SETTINGS,
    "gpt_core.processes.cpu_slots.cpu_slot": SETTINGS,
    "gpt_core.provider.usage.plausible_count": CODES,
    "gpt_core.provider.usage.Usage.from_metadata": CODES,
    "gpt_core.provider.usage.Usage.from_completion": CODES,
}
