# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Answers in another dress: read as they are plainly meant, never completed."""

import json
from typing import Any

from .quirk import GOOD, GOOD_TEXT, Quirk, answer, answers
from .quirk import Does as Reply

GITHUB = "https://github.com/"


def reads(name: str, source: str, text: str, **more: Any) -> Quirk:
    """Return a quirk of an answer that is taken, and paid for once."""
    values = {"value": GOOD, "paid": 1} | more
    return Quirk(name, GITHUB + source, (answers(text),), **values)


def says(**values: Any) -> str:
    """Return the good answer, with other values."""
    return json.dumps(GOOD | values, ensure_ascii=False)


PLAIN = {"fields": (), "value": "Cuesta 180."}
TEXTS = (
    reads(
        "a code block",
        "pydantic/pydantic-ai/pull/3475",
        f"```json\n{GOOD_TEXT}\n```",
    ),
    reads(
        "a code block without a language",
        "microsoft/autogen/pull/6607",
        f"```\n{GOOD_TEXT}\n```",
    ),
    reads(
        "a code block amid prose",
        "laravel/ai/pull/879",
        f"Here it is:\n\n```json\n{GOOD_TEXT}\n```\n\nAnything else?",
    ),
    reads(
        "a code block after its thinking",
        "langchain-ai/local-deep-researcher/pull/88",
        f"<think>\nSo {{a}}…\n</think>\n\n```json\n{GOOD_TEXT}\n```",
    ),
    reads(
        "DeepSeek R1: thinking before JSON",
        "deepseek-ai/DeepSeek-R1/issues/381",
        f"<think>hmm</think>{GOOD_TEXT}",
    ),
    reads(
        "thinking before a text is not for the visitor",
        "fishjar/kiss-translator/pull/219",
        "<think>\nThe user asks for a price.\n</think>\n\nCuesta 180.",
        **PLAIN,
    ),
    reads(
        "thinking whose first tag is in the template",
        "open-webui/open-webui/issues/9808",
        "The user asks for a price.\n</think>\n\nCuesta 180.",
        **PLAIN,
    ),
    reads(
        "empty thinking",
        "ollama/ollama/issues/8837",
        "<think>\n\n</think>\n\nCuesta 180.",
        **PLAIN,
    ),
    Quirk(
        "nothing but thinking",
        GITHUB + "ikawrakow/ik_llama.cpp/issues/690",
        (answers("<think>\nThe user asks for a price."),),
        code="empty_answer",
        paid=1,
        fields=(),
    ),
    reads(
        "gpt-oss: channels of the Harmony format",
        "kekzl/imp/pull/768",
        "<|channel|>analysis<|message|>A price.<|end|><|start|>assistant<|channel|>"
        "final<|message|>Cuesta 180.<|return|>",
        **PLAIN,
    ),
    reads(
        "gpt-oss: channels around JSON",
        "ml-explore/mlx-lm/pull/1867",
        "<|channel|>analysis<|message|>A price.<|end|><|start|>assistant<|channel|>"
        f"final <|constrain|>json<|message|>{GOOD_TEXT}<|return|>",
    ),
    Quirk(
        "gpt-oss: no final channel",
        GITHUB + "scouzi1966/maclocal-api/issues/121",
        (answers("<|channel|>analysis<|message|>The user asks why…"),),
        code="empty_answer",
        paid=1,
        fields=(),
    ),
    reads(
        "a number as text",
        "earendil-works/pi/pull/783",
        says(count="2"),
    ),
    reads(
        "a whole number with decimals",
        "block/ftl/issues/4863",
        says(count=2.0),
    ),
    reads(
        "a whole number with decimals, as text",
        "AtomicBot-ai/atomic-agent/issues/182",
        says(count="2.0"),
    ),
    reads(
        "a choice in capitals",
        "langchain4j/langchain4j/issues/4045",
        says(urgency="HIGH"),
    ),
    reads(
        "a choice with a capital",
        "jenkinsci/resources-ai-chatbot-plugin/issues/130",
        says(urgency="High"),
    ),
    reads(
        "what may be null is missing",
        "egoist/chatwise-releases/issues/307",
        '{"topic": "envío"}',
        value={"topic": "envío", "count": None, "urgency": None},
    ),
    Quirk(
        "reasoning ate the limit: truncated, and not repaired",
        GITHUB + "BerriAI/litellm-docs/pull/559",
        (answers("", finish_reason="length"),),
        code="truncated",
        paid=1,
    ),
    Quirk(
        "JSON that was cut is not completed",
        GITHUB + "64bit/async-openai/issues/424",
        (answers('{"topic": "env', finish_reason="length"),),
        code="truncated",
        paid=1,
    ),
    Quirk(
        "a text that was cut is none",
        GITHUB + "ra-jeev/write-assist-ai/issues/32",
        (answers("Cuesta", finish_reason="length"),),
        code="truncated",
        paid=1,
        fields=(),
    ),
    Quirk(
        "cut while it thought",
        GITHUB + "1CatAI/1Cat-vLLM/pull/47",
        (answers("<think>well", finish_reason="length"),),
        code="truncated",
        paid=1,
        fields=(),
    ),
    Quirk(
        "reasoning beside the answer",
        GITHUB + "aws-samples/bedrock-access-gateway/issues/116",
        (answers(message={"reasoning_content": "hmm", "content": GOOD_TEXT}),),
        value=GOOD,
        paid=1,
    ),
    Quirk(
        "an error beside an empty answer",
        GITHUB + "gethouston/houston/pull/1211",
        (answers("", finish_reason="error"),),
        code="empty_answer",
        paid=1,
        fields=(),
    ),
    Quirk(
        "no count of tokens is estimated",
        GITHUB + "openai/openai-agents-python/issues/1179",
        (Reply(body={**answer("chat", "Cuesta 180."), "usage": None}),),
        value="Cuesta 180.",
        paid=-1,
        fields=(),
    ),
)
