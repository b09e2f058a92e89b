# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Parameters that a server refuses, or ignores."""

from .quirk import FIELDS, GOOD, Quirk, answers, refused

SCHEMA, OBJECT, TOOLS = '"json_schema"', '"json_object"', '"tools"'
CALL = {
    "content": None,
    "tool_calls": [
        {
            "id": "call_1",
            "type": "function",
            "function": {
                "name": "answer",
                "arguments": '{"topic": "envío", "count": 2, "urgency": "high"}',
            },
        }
    ],
}
GITHUB = "https://github.com/"

PARAMETERS = (
    Quirk(
        "OpenAI: a model without json_schema",
        GITHUB + "langchain-ai/langchain/issues/31490",
        (
            refused(
                "Invalid parameter: 'response_format' of type 'json_schema' is not "
                "supported with this model.",
                SCHEMA,
            ),
            answers(),
        ),
        value=GOOD,
        calls=2,
        paid=1,
        learned={"way": "json"},
        sent=(OBJECT, "JSON schema"),
    ),
    Quirk(
        "DeepSeek: response_format is unavailable",
        GITHUB + "ItzCrazyKns/Vane/issues/969",
        (refused("This response_format type is unavailable now", SCHEMA), answers()),
        value=GOOD,
        calls=2,
        paid=1,
        learned={"way": "json"},
    ),
    Quirk(
        "DeepSeek: 422 in place of 400",
        GITHUB + "dzhng/deep-research/issues/22",
        (
            refused(
                "Failed to deserialize the JSON body into the target type: "
                "response_format: response_format.type `json_schema` is unavailable "
                "now at line 1 column 12440",
                SCHEMA,
                status=422,
            ),
            answers(),
        ),
        value=GOOD,
        calls=2,
        paid=1,
        learned={"way": "json"},
    ),
    Quirk(
        "LM Studio: text or json_schema, no json_object",
        GITHUB + "lmstudio-ai/lmstudio-bug-tracker/issues/189",
        (
            refused("json_schema is not supported by this model", SCHEMA),
            refused(
                "",
                OBJECT,
                body={
                    "error": "'response_format.type' must be 'json_schema' or 'text'"
                },
            ),
            answers(None, message=CALL, finish_reason="tool_calls"),
        ),
        value=GOOD,
        calls=3,
        paid=1,
        learned={"way": "tool"},
        sent=('"tool_choice"',),
    ),
    Quirk(
        "vLLM: no tools without a parser",
        GITHUB + "vllm-project/vllm/issues/9986",
        (
            refused("response_format is not supported", '"response_format"'),
            refused(
                '"auto" tool choice requires --enable-auto-tool-choice and '
                "--tool-call-parser to be set",
                TOOLS,
            ),
            answers(),
        ),
        value=GOOD,
        calls=4,
        paid=1,
        learned={"way": "prompt"},
        sent=("JSON schema",),
        unsent=('"response_format"', TOOLS),
    ),
    Quirk(
        "Groq: response_format has other shapes",
        GITHUB + "vercel/ai/issues/7808",
        (
            refused(
                "'response_format' : one of the following must be satisfied["
                "('response_format.type' : value is not one of the allowed values "
                "['text'])",
                SCHEMA,
            ),
            answers(),
        ),
        value=GOOD,
        calls=2,
        paid=1,
        learned={"way": "json"},
    ),
    Quirk(
        "OpenAI: json_object wants the word in the messages",
        GITHUB + "ultimatejimmy/xray.koplugin/issues/33",
        (
            refused("json_schema is not supported with this model", SCHEMA),
            answers(when="JSON"),
            refused(
                "'messages' must contain the word 'json' in some form, to use "
                "'response_format' of type 'json_object'."
            ),
        ),
        value=GOOD,
        calls=2,
        paid=1,
        learned={"way": "json"},
    ),
    Quirk(
        "llama.cpp: Responses ignore text.format",
        GITHUB + "ggml-org/llama.cpp/issues/21922",
        (
            answers("Es una pregunta sobre el envío.", when=SCHEMA),
            answers(),
        ),
        value=GOOD,
        calls=2,
        paid=2,
        protocol="responses",
        learned={"way": "json"},
    ),
    Quirk(
        "llama.cpp: Chat ignores json_schema",
        GITHUB + "ggml-org/llama.cpp/issues/24097",
        (answers("Claro, con gusto.", when=SCHEMA), answers()),
        value=GOOD,
        calls=2,
        paid=2,
        learned={"way": "json"},
    ),
    Quirk(
        "llama.cpp: json_object gives prose; it is not paid for a third time",
        GITHUB + "ggml-org/llama.cpp/issues/24096",
        (answers("Claro, con gusto."),),
        code="invalid_output",
        calls=2,
        paid=2,
    ),
    Quirk(
        "LM Studio: Responses give a code block",
        GITHUB + "lmstudio-ai/lmstudio-bug-tracker/issues/2403",
        (answers('```json\n{"topic": "envío", "count": 2, "urgency": "high"}\n```'),),
        value=GOOD,
        paid=1,
        protocol="responses",
    ),
    Quirk(
        "Mistral: max_completion_tokens is an extra input",
        GITHUB + "editor-code-assistant/eca/issues/231",
        (
            refused(
                "",
                "max_completion_tokens",
                status=422,
                body={
                    "object": "error",
                    "message": {
                        "detail": [
                            {
                                "type": "extra_forbidden",
                                "loc": ["body", "max_completion_tokens"],
                                "msg": "Extra inputs are not permitted",
                                "input": 320,
                            }
                        ]
                    },
                    "type": "invalid_request_error",
                    "param": None,
                    "code": None,
                },
            ),
            answers(),
        ),
        value=GOOD,
        calls=2,
        paid=1,
        options={"max_tokens": 320},
        learned={"limit_name": "max_tokens"},
        sent=('"max_tokens": 320',),
    ),
    Quirk(
        "OpenAI: max_tokens is unsupported, and its successor wanted",
        GITHUB + "griptape-ai/ComfyUI-Griptape/issues/312",
        (
            refused(
                "Unsupported parameter: 'max_tokens' is not supported with this "
                "model. Use 'max_completion_tokens' instead.",
                '"max_tokens"',
            ),
            answers(),
        ),
        value=GOOD,
        calls=1,
        paid=1,
        options={"max_tokens": 320},
        sent=('"max_completion_tokens": 320',),
    ),
    Quirk(
        "OpenAI: temperature 1 only",
        GITHUB + "QwenLM/qwen-code/issues/921",
        (
            refused(
                "Unsupported value: 'temperature' does not support 0 with this model. "
                "Only the default (1) value is supported.",
                '"temperature"',
            ),
            answers(),
        ),
        value=GOOD,
        calls=2,
        paid=1,
        options={"temperature": 0.2},
        learned={"temperature": False},
        unsent=('"temperature"',),
    ),
    Quirk(
        "Kimi: invalid temperature",
        GITHUB + "XCNXNXNX/dsh-portable-tavern/issues/1",
        (
            refused(
                "invalid temperature: only 1 is allowed for this model",
                '"temperature"',
            ),
            answers("Hola"),
        ),
        value="Hola",
        calls=2,
        paid=1,
        fields=(),
        options={"temperature": 0.2},
        learned={"temperature": False},
    ),
    Quirk(
        "OpenAI: reasoning_effort is unrecognized",
        GITHUB + "davidmigloz/langchain_dart/issues/712",
        (
            refused(
                "Unrecognized request argument supplied: reasoning_effort",
                '"reasoning_effort"',
            ),
            answers(),
        ),
        value=GOOD,
        calls=2,
        paid=1,
        options={"reasoning_effort": "low"},
        learned={"effort": False},
        unsent=('"reasoning_effort"',),
    ),
    Quirk(
        "Kimi: an effort that it does not have",
        GITHUB + "router-for-me/CLIProxyAPI/issues/1307",
        (
            refused(
                "Validation error for `reasoning_effort`: expected one of 'low', "
                "'medium', 'high', received 'xhigh'. Unsupported.",
                '"reasoning_effort"',
            ),
            answers(),
        ),
        value=GOOD,
        calls=2,
        paid=1,
        options={"reasoning_effort": "xhigh"},
        learned={"effort": False},
    ),
    Quirk(
        "OpenAI: Responses have the effort elsewhere",
        GITHUB + "lobehub/lobehub/issues/8116",
        (
            refused(
                "Unsupported parameter: 'reasoning_effort'. In the Responses API, "
                "this parameter has moved to 'reasoning.effort'.",
                '"reasoning_effort"',
            ),
            answers(),
        ),
        value=GOOD,
        paid=1,
        protocol="responses",
        options={"reasoning_effort": "low"},
        sent=('"reasoning": {"effort": "low"}',),
    ),
    Quirk(
        "all of it at once: each refusal is free",
        GITHUB + "voideditor/void/issues/128",
        (
            refused(
                "[{'type': 'extra_forbidden', 'loc': ('body', "
                "'max_completion_tokens'), 'msg': 'Extra inputs are not permitted'}]",
                "max_completion_tokens",
            ),
            refused("temperature is not supported", '"temperature"'),
            refused("response_format json_schema is not supported", SCHEMA),
            answers(),
        ),
        value=GOOD,
        calls=4,
        paid=1,
        options={"temperature": 0.2, "max_tokens": 320},
        learned={"limit_name": "max_tokens", "temperature": False, "way": "json"},
    ),
    Quirk(
        "what is refused in any way is refused at last",
        GITHUB + "earendil-works/pi/issues/4138",
        (refused("not a valid json schema: type is not defined, unsupported"),),
        code="invalid_request",
        calls=4,
        fields=FIELDS,
    ),
)
