# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a model's server takes, learned from what it refuses.

A refusal of a parameter costs nothing: the same is asked without it, and remembered.
"""

import re
from dataclasses import dataclass, replace
from typing import Self

from langchain_core.language_models import BaseChatModel
from langchain_openai.chat_models.base import BaseChatOpenAI

from ..errors import GptError

#: How structured output is asked for, the best way first.
WAYS = ("schema", "json", "tool", "prompt")
#: How the limit of an answer is called; Responses has one name, which all servers know.
LIMIT_NAMES = ("max_completion_tokens", "max_tokens")
# A parameter that is refused, not a value of it that is too large.
_REFUSED = re.compile(
    r"unsupported|not support|unrecognized|unknown|unexpected|not permitted|extra"
    r"|unavailable|not available|invalid|must be|only|not allowed|require|instead"
    r"|deprecated|cannot|does not match|not match",
    re.IGNORECASE,
)
_OF_FORMAT = re.compile(
    r"response_?format|json_?schema|json_object|structured|text\.format|schema|strict"
    r"|json mode|grammar|guided",
    re.IGNORECASE,
)
_OF_TOOLS = re.compile(r"tool|function|schema|strict", re.IGNORECASE)
_OF_EFFORT = re.compile(r"reasoning|effort", re.IGNORECASE)
_OF_TEMPERATURE = re.compile("temperature", re.IGNORECASE)
# Errors that may be the refusal of a parameter.
_CODES = frozenset({"invalid_request", "server_error"})


@dataclass(frozen=True)
class Capabilities:
    """What a model's server takes.

    :param way: how structured output is asked for, one of :data:`WAYS`
    :param limit_name: how Chat Completions call the limit of an answer
    """

    way: str = WAYS[0]
    limit_name: str = LIMIT_NAMES[0]
    temperature: bool = True
    effort: bool = True

    @property
    def rank(self) -> int:
        """How good the way is, 0 the best."""
        return WAYS.index(self.way)

    def after(self, error: GptError, *, structured: bool) -> Self | None:
        """Return what is left after a refusal, ``None`` if it was another failure.

        :param structured: whether structured output was asked for
        """
        said = error.detail
        if error.code not in _CODES or not _REFUSED.search(said):
            return None
        other = LIMIT_NAMES[1 - LIMIT_NAMES.index(self.limit_name)]
        # Some name what they want instead.
        if re.search(rf"\b{self.limit_name}\b", said):
            return replace(self, limit_name=other)
        if self.temperature and _OF_TEMPERATURE.search(said):
            return replace(self, temperature=False)
        if self.effort and _OF_EFFORT.search(said):
            return replace(self, effort=False)
        words = _OF_TOOLS if self.way == "tool" else _OF_FORMAT
        return self.next_way() if structured and words.search(said) else None

    def next_way(self) -> Self | None:
        """Return the same with the next way to structured output, if there is one."""
        ways = WAYS[WAYS.index(self.way) + 1 :]
        return replace(self, way=ways[0]) if ways else None

    def applied(self, chat: BaseChatModel) -> BaseChatModel:
        """Return ``chat``, without what its server does not take."""
        if not isinstance(chat, BaseChatOpenAI):
            return chat
        changes: dict[str, object] = {}
        if not self.temperature and chat.temperature is not None:
            changes["temperature"] = None
        if not self.effort and chat.reasoning_effort:
            changes["reasoning_effort"] = None
        in_chat = not chat.use_responses_api and chat.max_tokens
        if in_chat and self.limit_name == LIMIT_NAMES[1]:
            # LangChain knows the new name only.
            changes["extra_body"] = {"max_tokens": chat.max_tokens}
            changes["max_tokens"] = None
        return chat.model_copy(update=changes) if changes else chat
