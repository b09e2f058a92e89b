# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Refusals and faults: each has its own error code, and costs nothing."""

from typing import Any

from .quirk import GOOD, Does, Quirk, answers, page, refused

GITHUB = "https://github.com/"


def fails(name: str, source: str, does: Does, code: str, **more: Any) -> Quirk:
    """Return a quirk of which nothing comes."""
    return Quirk(name, GITHUB + source, (does,), code=code, **more)


def error(status: int, message: str, code: Any = None, **more: Any) -> Does:
    """Return that the server refuses with a status."""
    said = {"message": message, "code": code, "type": more.pop("type", None)}
    return Does(status=status, body={"error": said}, **more)


FAILURES = (
    # Money
    fails(
        "OpenRouter: 402",
        "Gitlawb/openclaude/issues/43",
        error(402, "Insufficient credits. This account never purchased credits.", 402),
        "quota",
        retries=1,
    ),
    fails(
        "OpenRouter: 402 for a limit that is too high",
        "QwenLM/qwen-code/issues/73",
        error(402, "This request requires more credits, or fewer max_tokens.", 402),
        "quota",
    ),
    fails(
        "OpenRouter: 402 within a 200",
        "tailcallhq/forgecode/issues/571",
        Does(
            body={
                "error": {
                    "message": "More credits are required to run this request.",
                    "code": 402,
                }
            }
        ),
        "quota",
    ),
    fails(
        "DeepSeek: 402",
        "continuedev/continue/issues/9942",
        error(402, "Insufficient Balance", "invalid_request_error"),
        "quota",
    ),
    fails(
        "a gateway: code insufficient_credits",
        "Gitlawb/openclaude/issues/1528",
        error(402, "Insufficient credits", "insufficient_credits"),
        "quota",
    ),
    fails(
        "Anthropic: 400 for no credit",
        "anthropics/claude-quickstarts/issues/229",
        refused("Your credit balance is too low to access the Anthropic API."),
        "quota",
    ),
    fails(
        "Moonshot: 403 for no credit",
        "MoonshotAI/Kimi-K2/issues/5",
        error(
            403,
            "Your account is not active, organization exceeded current quota, please "
            "check your plan and billing details",
            type="exceeded_current_quota_error",
        ),
        "quota",
    ),
    fails(
        "xAI: 429 for no credit is not tried again",
        "continuedev/continue/issues/10373",
        Does(
            status=429,
            body={
                "code": "resource-exhausted",
                "error": "Your team has either used all available credits or reached "
                "its monthly spending limit. Please purchase more credits or raise "
                "your spending limit.",
            },
        ),
        "quota",
        retries=1,
    ),
    fails(
        "xAI: 403 for no credit",
        "continuedev/continue/issues/12670",
        Does(
            status=403,
            body={
                "error": "Your newly created team doesn't have any credits or licenses "
                "yet. You can purchase those on https://console.x.ai."
            },
        ),
        "quota",
    ),
    # Length
    fails(
        "llama.cpp: exceed_context_size_error",
        "oobabooga/textgen/issues/7257",
        error(
            400,
            "the request exceeds the available context size. try increasing the "
            "context size or enable context shift",
            400,
            type="exceed_context_size_error",
        ),
        "context_length",
    ),
    fails(
        "llama.cpp: the same as a 500",
        "ggml-org/llama.cpp/pull/15780",
        error(
            500,
            "the request exceeds the available context size.",
            500,
            type="exceed_context_size_error",
        ),
        "context_length",
    ),
    fails(
        "vLLM: maximum context length",
        "vllm-project/vllm/issues/20409",
        error(
            400,
            "This model's maximum context length is 16384 tokens. However, you "
            "requested 122946 tokens. Please reduce the length of the messages.",
            400,
            type="BadRequestError",
        ),
        "context_length",
    ),
    fails(
        "llama-cpp-python: Requested tokens exceed context window",
        "abetlen/llama-cpp-python/issues/416",
        error(500, "Requested tokens (516) exceed context window of 512", None),
        "context_length",
    ),
    # Models
    fails(
        "Groq: a model that was switched off",
        "ItzCrazyKns/Vane/issues/771",
        error(
            400,
            "The model `llama-3.3-70b-specdec` has been decommissioned and is no "
            "longer supported.",
            "model_decommissioned",
        ),
        "unknown_model",
    ),
    fails(
        "Azure: no deployment of that name",
        "jekalmin/extended_openai_conversation/issues/231",
        error(
            404,
            "The API deployment for this resource does not exist.",
            "DeploymentNotFound",
        ),
        "unknown_model",
    ),
    fails(
        "llama.cpp: no Responses API",
        "ggml-org/llama.cpp/issues/14702",
        error(404, "File Not Found", 404, type="not_found_error"),
        "unknown_model",
        protocol="responses",
    ),
    # Filters
    fails(
        "Azure: content management policy",
        "openai/openai-python/issues/331",
        error(
            400,
            "The response was filtered due to the prompt triggering Azure OpenAI's "
            "content management policy.",
            "content_filter",
        ),
        "content_filter",
    ),
    fails(
        "DashScope: data_inspection_failed",
        "camel-ai/owl/issues/432",
        error(
            400,
            "Input data may contain inappropriate content.",
            "data_inspection_failed",
        ),
        "content_filter",
    ),
    fails(
        "DashScope: the same without a code",
        "QwenLM/qwen-code/issues/2905",
        refused(
            "<400> InternalError.Algo.DataInspectionFailed: Input text data may "
            "contain inappropriate content."
        ),
        "content_filter",
    ),
    # Replies of success that are none
    fails(
        "vLLM: choices are null",
        "langchain-ai/langchain/issues/32252",
        Does(body={"id": "c", "object": "chat.completion", "choices": None}),
        "bad_reply",
        retries=1,
    ),
    fails(
        "OpenRouter: 429 within a 200",
        "BerriAI/litellm/issues/8448",
        Does(
            body={
                "choices": [],
                "error": {"message": "Provider returned error", "code": 429},
            }
        ),
        "rate_limit",
    ),
    fails(
        "OpenRouter: an error that is text within a 200",
        "vercel/ai/issues/2698",
        Does(body={"error": {"message": '{"error": {"code": 429}}', "code": 429}}),
        "rate_limit",
    ),
    Quirk(
        "OpenRouter: an error within a 200 is tried again at once",
        GITHUB + "open-webui/computer/issues/293",
        (
            Does(
                body={"error": {"message": "Provider returned error", "code": 502}},
                times=1,
            ),
            answers(),
        ),
        value=GOOD,
        calls=2,
        paid=1,
        retries=1,
    ),
    # Web pages
    fails(
        "Cloudflare: 502",
        "yoheinakajima/babyagi/issues/64",
        page("api.openai.com | 502: Bad gateway", 502),
        "server_error",
        detail="api.openai.com | 502: Bad gateway",
    ),
    fails(
        "Cloudflare: 403",
        "JohnnyZ93/oai-compatible-copilot/issues/287",
        page("Access denied | Cloudflare", 403),
        "web_page",
        retries=1,
        detail="Access denied",
    ),
    fails(
        "Cloudflare: a challenge",
        "OpenHands/OpenHands/issues/4480",
        page("Attention Required! | Cloudflare", 403),
        "web_page",
        detail="Attention Required!",
    ),
    fails(
        "a relay: a page with status 200",
        "smallmain/vscode-unify-chat-provider/issues/59",
        page("New API", 200),
        "web_page",
        retries=1,
    ),
    # Passing faults
    Quirk(
        "Azure: 408 is tried again",
        GITHUB + "Ironclad/rivet/pull/344",
        (
            Does(
                status=408,
                body={
                    "error": {
                        "code": "Timeout",
                        "message": "The operation was timeout.",
                    }
                },
                times=1,
            ),
            answers(),
        ),
        value=GOOD,
        calls=2,
        paid=1,
        retries=1,
    ),
    fails(
        "408 again and again",
        "anomalyco/opencode/issues/47525",
        error(408, "The operation was timeout.", "Timeout"),
        "server_error",
        retries=1,
        calls=2,
    ),
    fails(
        "409 again and again",
        "anomalyco/opencode/issues/47525",
        error(409, "Conflict"),
        "server_error",
        retries=1,
        calls=2,
    ),
    fails(
        "an ordinary 429",
        "continuedev/continue/issues/10442",
        error(429, "Provider returned error"),
        "rate_limit",
    ),
    fails(
        "Gemini: the error stands in a list",
        "google-gemini/gemini-cli/issues/12823",
        Does(
            status=400,
            body=[
                {
                    "error": {
                        "code": 400,
                        "message": "Request contains an invalid argument.",
                        "status": "INVALID_ARGUMENT",
                    }
                }
            ],
        ),
        "invalid_request",
        detail="Request contains an invalid argument.",
    ),
    # The server judges the answer, and keeps it
    Quirk(
        "Groq: json_validate_failed is asked once more",
        GITHUB + "thepersonalaicompany/amurex-backend/issues/38",
        (
            Does(
                when='"json_schema"',
                status=400,
                body={
                    "error": {
                        "message": "Failed to generate JSON. Please adjust your "
                        "prompt. See 'failed_generation' for more details.",
                        "type": "invalid_request_error",
                        "code": "json_validate_failed",
                        "failed_generation": "{",
                    }
                },
            ),
            answers(),
        ),
        value=GOOD,
        calls=2,
        paid=1,
        learned={"way": "json"},
    ),
    fails(
        "Groq: tool_use_failed, not asked for a third time",
        "lucagrippa/obsidian-ai-tagger/issues/34",
        error(400, "Failed to call a function.", "tool_use_failed"),
        "invalid_output",
        calls=2,
    ),
)
