# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What endpoints say of their models, each as its documentation shows it."""

import json
from datetime import date

import pytest

from odoo.addons.gpt_core.engine.provider.served_model import (
    ServedModel,
    kind_of_name,
    served_model,
)

# Names as OpenAI, Google, Mistral, Groq, Ollama, Together and Hugging Face have them.
NAMES = {
    "chat": """
        gpt-4o gpt-4o-mini gpt-4.1-nano gpt-5.4 gpt-6-luna o3 o4-mini gpt-5-codex
        gpt-4o-search-preview o3-deep-research chatgpt-4o-latest gpt-3.5-turbo
        gemini-2.5-pro models/gemini-2.5-flash gemma3:27b mistral-large-latest
        ministral-8b-latest magistral-medium-2509 codestral-latest pixtral-12b
        llama3.2-vision:11b llama-3.3-70b-versatile openai/gpt-oss-120b qwen3:8b
        deepseek-r1:14b Qwen/Qwen2.5-VL-72B-Instruct claude-sonnet-4-5 grok-4
        meta-llama/Llama-3.3-70B-Instruct-Turbo phi4 command-r-plus aya-expanse:8b
        moonshotai/kimi-k2-instruct ft:gpt-4o-mini-2024-07-18:acme:voice:9abc
    """,
    "embedding": """
        text-embedding-3-small text-embedding-ada-002 mistral-embed codestral-embed
        gemini-embedding-001 nomic-embed-text mxbai-embed-large bge-m3 all-minilm:33m
        snowflake-arctic-embed2 intfloat/multilingual-e5-large gte-large voyage-3
        jina-embeddings-v3 BAAI/bge-large-en-v1.5 granite-embedding:278m
    """,
    "speech": """
        whisper-1 tts-1-hd gpt-4o-mini-tts gpt-4o-transcribe gpt-realtime gpt-audio
        gpt-4o-audio-preview gpt-4o-realtime-preview whisper-large-v3-turbo
        gpt-4o-transcribe-diarize gemini-2.5-flash-preview-tts playai-tts-arabic
        gemini-2.5-flash-native-audio-latest
    """,
    "image": """
        dall-e-3 gpt-image-1 gpt-image-1-mini chatgpt-image-latest
        gemini-2.5-flash-image imagen-4.0-generate-001 stable-diffusion-xl
        black-forest-labs/FLUX.1-schnell qwen-image-edit
    """,
    "video": "sora-2 sora-2-pro veo-3.0-generate-001",
    "moderation": """
        omni-moderation-latest text-moderation-stable mistral-moderation-latest
        meta-llama/llama-guard-4-12b llama-guard3:8b shieldgemma:9b
    """,
    "rerank": "rerank-v3.5 BAAI/bge-reranker-v2-m3 jina-reranker-v2",
    "ocr": "mistral-ocr-latest",
    "completion": "babbage-002 davinci-002 gpt-3.5-turbo-instruct",
}


@pytest.mark.parametrize(
    ("name", "kind"),
    [(name, kind) for kind, names in NAMES.items() for name in names.split()],
)
def test_kinds_by_name(name, kind):
    assert kind_of_name(name) == kind


@pytest.mark.parametrize(
    ("said", "read"),
    [
        # OpenAI: a name, and since 2026 the day of the end.
        (
            {"id": "gpt-4o", "object": "model", "shutdown_date": "2027-01-14"},
            ServedModel("gpt-4o", retires_on=date(2027, 1, 14)),
        ),
        # Mistral
        (
            {
                "id": "open-mistral-7b",
                "capabilities": {"completion_chat": True, "vision": False},
                "max_context_length": 32768,
                "deprecation": "2026-03-30T12:00:00Z",
                "deprecation_replacement_model": "ministral-8b-latest",
            },
            ServedModel(
                "open-mistral-7b",
                retires_on=date(2026, 3, 30),
                replaced_by="ministral-8b-latest",
                context_window=32768,
            ),
        ),
        (
            {"id": "mistral-embed", "capabilities": {"completion_chat": False}},
            ServedModel("mistral-embed", kind="embedding"),
        ),
        # OpenRouter
        (
            {
                "id": "vendor/thinker",
                "context_length": 400000,
                "architecture": {"output_modalities": ["text"]},
                "top_provider": {"max_completion_tokens": 128000},
                "supported_parameters": ["max_tokens", "structured_outputs"],
            },
            ServedModel(
                "vendor/thinker",
                context_window=400000,
                max_output_tokens=128000,
                takes_temperature=False,
                gives_structure=True,
            ),
        ),
        (
            {
                "id": "vendor/painter",
                "architecture": {"output_modalities": ["image"]},
            },
            ServedModel("vendor/painter", kind="image"),
        ),
        (
            {
                "id": "google/gemini-2.5-flash-image",
                "architecture": {"output_modalities": ["image", "text"]},
            },
            ServedModel("google/gemini-2.5-flash-image", kind="image"),
        ),
        # Together: names tell nothing, types do.
        (
            {"id": "vendor/m2", "type": "embedding", "context_length": 8192},
            ServedModel("vendor/m2", kind="embedding", context_window=8192),
        ),
        ({"id": "vendor/s1", "type": "audio"}, ServedModel("vendor/s1", kind="speech")),
        # Groq
        (
            {"id": "x-70b", "context_window": 131072, "max_completion_tokens": 32768},
            ServedModel("x-70b", context_window=131072, max_output_tokens=32768),
        ),
        # vLLM
        (
            {"id": "local", "max_model_len": 16384},
            ServedModel("local", context_window=16384),
        ),
        # Azure
        (
            {
                "id": "e3",
                "capabilities": {"chat_completion": False, "embeddings": True},
            },
            ServedModel("e3", kind="embedding"),
        ),
    ],
)
def test_what_providers_say(said, read):
    assert served_model(said) == read
    kept = json.loads(json.dumps(read.as_json()))
    assert ServedModel.from_json(kept) == read


@pytest.mark.parametrize(
    "odd",
    [
        {"context_window": "many", "max_output_tokens": True, "type": 7},
        {"context_length": -1, "capabilities": ["chat"], "architecture": "text"},
        {"context_length": 10**12, "supported_parameters": "all"},
        {"capabilities": {"chat": "yes"}, "architecture": {"output_modalities": 5}},
        {"shutdown_date": "soon", "replaced_by": {"id": "x"}, "top_provider": None},
    ],
)
def test_odd_values_say_nothing(odd):
    assert served_model({"id": "m", **odd}) == ServedModel("m")


@pytest.mark.parametrize("said", [{}, {"id": None}, {"id": 7}, {"id": ""}])
def test_without_a_name(said):
    with pytest.raises(TypeError):
        served_model(said)


def test_what_is_usable():
    usable = {kind for kind in NAMES if ServedModel("m", kind=kind).is_usable}
    assert usable == {"chat", "embedding"}
