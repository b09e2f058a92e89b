# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a refusal says in words, where its status and its code say too little.

Servers that are compatible with OpenAI's API share its requests, not its error codes:
the sentence is all that tells one refusal from another.
"""

import re

# Of requests that were understood and refused: the first that is found counts.
_WORDS = (
    (
        "context_length",
        r"maximum context length|context (?:length|window|size)|prompt is too long"
        r"|too many (?:input )?tokens|input tokens exceed|input is too long"
        r"|maximum prompt length",
    ),
    (
        "quota",
        r"insufficient (?:balance|credits?|funds|quota)|credit balance is too low"
        r"|(?:more|out of|no|enough) credits|credits (?:or|and) licenses"
        r"|spending limit|billing (?:details|not active)|account is (?:in arrears|over)"
        r"|exceeded your current quota",
    ),
    (
        "wrong_key",
        r"api key not valid|invalid api[ _-]?key|incorrect api key|api key expired",
    ),
    (
        "unknown_model",
        r"model [^ ]{1,100} (?:does not exist|(?:is )?not found|has been deprecated)"
        r"|(?:invalid|unknown|no such) model\b|model not found|model_not_found"
        r"|not a valid model id|no endpoints found|model not exist",
    ),
    (
        "content_filter",
        r"content management policy|inappropriate content|flagged|safety system"
        r"|content exists risk",
    ),
    (
        "wrong_scheme",
        r"plain http request was sent to https|client sent an http request",
    ),
)
_PATTERNS = tuple((code, re.compile(words, re.IGNORECASE)) for code, words in _WORDS)
# A status of these says all; of the others, the sentence may say more.
_CLEAR = frozenset({401, 402, 407, 408, 409})
# Some say of every fault that a server has: only these are refusals in disguise.
_OF_FAULTS = frozenset({"context_length", "quota"})


def code_in_words(detail: str, status: int) -> str:
    """Return the error code that a sentence tells, or an empty text.

    :param detail: what the provider said
    :param status: the HTTP status of its reply
    """
    if status in _CLEAR:
        return ""
    for code, pattern in _PATTERNS:
        if status == 429 and code != "quota":
            continue
        if status >= 500 and code not in _OF_FAULTS:
            continue
        if pattern.search(detail):
            return code
    return ""
