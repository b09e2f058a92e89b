# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a prompt gives as facts, and what it asks.

Facts stand in delimited blocks: ``<facts>``, ``<passages>``, ``<document>``,
``<lead>``, ``<record>``, ``<source>`` and their like. Everything else is instruction
and is never quoted. The question is the last user message, without the blocks of facts;
when it has a block like ``<question>``, that block, and of a ``<conversation>`` the
last line that the customer wrote.

Passages may be numbered: a line ``[1] Name of the source`` right above their text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from openai_server.prompts import Message
from openai_server.text import fold

from .text import Language, sentences

FACT_TAGS = (
    "facts",
    "passages",
    "passage",
    "documents",
    "document",
    "leads",
    "lead",
    "records",
    "record",
    "sources",
    "source",
)
QUESTION_TAGS = (
    "question",
    "query",
    "message",
    "user_message",
    "visitor_message",
    "customer_message",
    "visitor",
    "customer",
    "pregunta",
    "mensaje",
)
CONVERSATION_TAGS = ("conversation", "transcript", "history", "chat")

_TAG_LINE = re.compile(r"</?[A-Za-z_][^<>\n]*>")
_BULLET = re.compile(r"^\s*(?:[-*•·–]|\d{1,2}[.)]|\[\d+\])\s+")
_PASSAGE = re.compile(r"^\s*\[(\d{1,2})\](?:\s|$)")
# A sentence that goes on in the next line, as those of a PDF do.
_WRAPPED = re.compile(r"(?<![.!?:;\n])\n(?=[a-záéíóúüñ(])(?![^:\n]{2,40}:\s)")
_KEY_VALUE = re.compile(r"^([^:\n]{2,40}):\s*(.*)$")
_WRITE_IN = re.compile(
    r"\b(?:write|answer|reply|tell|escrib\w+|respond\w+|contest\w+)\b[^.\n]{0,60}?"
    r"\b(?:in|en)\s+(?:(?P<es>spanish|espanol)|(?P<en>english|ingles))\b"
)
_CUSTOMER_LINE = re.compile(
    r"^\s*(?:visitor|visitante|customer|cliente|user|usuario|guest|invitado)"
    r"[^:\n]{0,30}:\s*(.+)$",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True)
class Fact:
    """One quotable sentence or list line, the heading it stands under, and the number
    of its passage if that has one."""

    text: str
    heading: str = ""
    number: str = ""


def _block(tags: Sequence[str]) -> re.Pattern[str]:
    names = "|".join(sorted(tags, key=len, reverse=True))
    return re.compile(
        rf"<(?P<tag>{names})(?:\s[^<>\n]*)?>(?P<text>.*?)</\s*(?P=tag)\s*>",
        re.DOTALL | re.IGNORECASE,
    )


_FACTS = _block(FACT_TAGS)
_QUESTION = _block(QUESTION_TAGS)
_CONVERSATION = _block(CONVERSATION_TAGS)


def fact_text(messages: Sequence[Message]) -> str:
    """The text of all blocks of facts, one after the other, without inner tags."""
    blocks = [
        match["text"]
        for message in messages
        if message.role != "assistant"
        for match in _FACTS.finditer(message.text)
    ]
    return "\n\n".join(_TAG_LINE.sub("", block).strip("\n") for block in blocks)


def fact_list(text: str) -> list[Fact]:
    """The facts of a text: its list lines and the sentences of its paragraphs."""
    facts: list[Fact] = []
    heading, number, in_list = "", "", False
    lines = [*_WRAPPED.sub(" ", text).splitlines(), ""]
    for line, below in pairwise(lines):
        title = _PASSAGE.match(line)
        if title and below.strip() and not _PASSAGE.match(below):
            heading, number, in_list = "", title[1], False
            continue
        bare = _BULLET.sub("", line).strip()
        is_listed = bool(_BULLET.match(line))
        if _is_heading(bare):
            heading, in_list = bare.strip("#:* ").strip(), False
            continue
        if in_list and not is_listed:
            # A list ends its heading's reach; a paragraph does not.
            heading = ""
        in_list = is_listed
        facts += [Fact(sentence, heading, number) for sentence in sentences(bare)]
    return list(dict.fromkeys(facts))


def asks_for_numbers(messages: Sequence[Message]) -> bool:
    """Tell whether the instructions want passages cited by their number."""
    instructions = (m.text for m in messages if m.role in ("system", "developer"))
    return any("[1]" in text for text in instructions)


def asked_language(messages: Sequence[Message]) -> Language | None:
    """The language that the instructions name to write in, ``None`` if none."""
    instructions = (m.text for m in messages if m.role in ("system", "developer"))
    found = _WRITE_IN.search(fold(_FACTS.sub("", "\n".join(instructions))))
    if not found:
        return None
    return "es" if found["es"] else "en"


def _is_heading(line: str) -> bool:
    if line.startswith("#"):
        return True
    return line.endswith(":") and len(line) <= 80 and "." not in line


def fields_of(text: str) -> dict[str, str]:
    """The ``Label: value`` lines of a text, labels folded; the first one wins."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        match = _KEY_VALUE.match(_BULLET.sub("", line).strip())
        if match:
            found.setdefault(fold(match[1]).strip(), match[2].strip())
    return found


def question_of(messages: Sequence[Message]) -> str:
    """What the last user message asks."""
    users = [m.text for m in messages if m.role == "user"]
    return _question_in(users[-1]) if users else ""


def earlier_question(messages: Sequence[Message]) -> str:
    """What the customer asked before the last question, ``""`` if nothing."""
    users = [m.text for m in messages if m.role == "user"]
    conversation = _last(_CONVERSATION, users[-1]) if users else ""
    if conversation:
        lines = _CUSTOMER_LINE.findall(conversation)
        if not _last(_QUESTION, users[-1]):
            # The conversation's own last line is the question.
            lines = lines[:-1]
        return lines[-1].strip() if lines else ""
    return _question_in(users[-2]) if len(users) >= 2 else ""


def _question_in(message: str) -> str:
    asked = _last(_QUESTION, message)
    if asked:
        return asked
    conversation = _last(_CONVERSATION, message)
    if conversation:
        lines = _CUSTOMER_LINE.findall(conversation) or conversation.splitlines()
        return lines[-1].strip()
    outside = _TAG_LINE.sub("", _FACTS.sub("", message))
    return outside.strip()


def _last(pattern: re.Pattern[str], text: str) -> str:
    found = [match["text"].strip() for match in pattern.finditer(text)]
    return found[-1] if found else ""
