# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What an endpoint says of a model that it lists.

OpenAI gives a name and little else. Others say what a model is for, how much it takes,
and when it ends, each in fields of their own; these are read where they are there, and
the name is judged only where they are not.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

#: What the catalogue has; the other kinds cannot be asked by a chain.
USABLE = ("chat", "embedding")
# Of the words of a name, in this order: the first that is found decides.
_NAMES = (
    ("moderation", r"moderation|safeguard|guard\w*|shield\w*"),
    ("rerank", r"rerank\w*"),
    ("speech", r"tts|whisper|transcribe|transcription|diarize|speech|audio|voice"),
    ("speech", r"realtime|asr|voxtral|orpheus|playai|kokoro|sonic|parakeet|live"),
    ("embedding", r"embed\w*|bge|gte|e5|minilm|voyage|sbert"),
    ("image", r"image|images|dall|imagen|flux|diffusion|sdxl|seedream|recraft"),
    ("video", r"sora|veo|video|kling|seedance|hailuo|wan2"),
    ("ocr", r"ocr"),
    ("completion", r"babbage|davinci|curie|ada"),
)
_KIND_OF_NAME = tuple(
    (kind, re.compile(rf"(?:^|[^a-z0-9])(?:{words})(?:$|[^a-z0-9])"))
    for kind, words in _NAMES
)
# Providers' own words for a kind.
_KINDS = {
    "chat": "chat", "language": "chat", "chat-completion": "chat", "text": "chat",
    "chat_completion": "chat", "completion_chat": "chat", "llm": "chat", "vlm": "chat",
    "embedding": "embedding", "embeddings": "embedding",
    "image": "image", "audio": "speech", "transcribe": "speech", "tts": "speech",
    "speech": "speech", "transcription": "speech", "moderation": "moderation",
    "rerank": "rerank", "video": "video", "ocr": "ocr",
}  # fmt: skip
# How they call the tokens of a prompt and an answer together, and of an answer.
_CONTEXT = (
    "context_window", "context_length", "max_context_length", "max_model_len",
    "max_input_tokens", "input_token_limit",
)  # fmt: skip
_LONGEST = ("max_completion_tokens", "max_output_tokens", "output_token_limit")
_END = ("shutdown_date", "retirement_date", "expiration_date", "deprecation")
_HEIR = ("deprecation_replacement_model", "replacement_model", "replaced_by")
_MAX_TOKENS = 100_000_000
_MAX_NAME = 300


@dataclass(frozen=True)
class ServedModel:
    """A model that an endpoint lists; what it does not say is 0 or ``None``."""

    name: str
    kind: str = "chat"
    retires_on: date | None = None
    replaced_by: str = ""
    context_window: int = 0
    max_output_tokens: int = 0
    takes_temperature: bool | None = None
    gives_structure: bool | None = None

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "ServedModel":
        """Return what :meth:`as_json` gave."""
        return cls(**{**kept, "retires_on": _as_date(kept.get("retires_on"))})

    def as_json(self) -> dict[str, Any]:
        """Return it in types that JSON has."""
        day = self.retires_on
        return {**asdict(self), "retires_on": day.isoformat() if day else None}

    @property
    def is_usable(self) -> bool:
        """Whether the catalogue has models of its kind."""
        return self.kind in USABLE


def served_model(said: Mapping[str, Any]) -> ServedModel:
    """Read one entry of ``/v1/models``.

    :raises TypeError: when it has no name
    """
    name = said.get("id")
    if not isinstance(name, str) or not name:
        raise TypeError("a model without a name")
    takes = _texts(said.get("supported_parameters"))
    structure = {"structured_outputs", "response_format"} & set(takes)
    return ServedModel(
        name=name,
        kind=_kind_said(said) or kind_of_name(name),
        retires_on=_first_date(said),
        replaced_by=_first_text(said, _HEIR),
        context_window=_first_count(said, _CONTEXT),
        max_output_tokens=_first_count(said, _LONGEST)
        or _first_count(_part(said, "top_provider"), _LONGEST),
        takes_temperature="temperature" in takes if takes else None,
        gives_structure=bool(structure) if takes else None,
    )


def kind_of_name(name: str) -> str:
    """Return what a model is for, judged by its name: ``chat`` where nothing tells."""
    name = name[:_MAX_NAME].casefold()
    # A tuned model is of the kind of its base, whatever its owner called it.
    if name.startswith("ft:"):
        name = name.split(":")[1]
    for kind, words in _KIND_OF_NAME:
        if words.search(name):
            return kind
    return "completion" if name.endswith("-turbo-instruct") else "chat"


def _kind_said(said: Mapping[str, Any]) -> str:
    """Return the kind that the provider says, empty when it does not."""
    for field in ("type", "task", "mode"):
        value = said.get(field)
        if isinstance(value, str) and value.casefold() in _KINDS:
            return _KINDS[value.casefold()]
    can = said.get("capabilities")
    if isinstance(can, Mapping):
        told = {_KINDS[key]: value for key, value in can.items() if key in _KINDS}
        for kind in ("chat", "embedding"):
            if told.get(kind) is True:
                return kind
        return next((kind for kind, value in told.items() if value is True), "")
    gives = _texts(_part(said, "architecture").get("output_modalities"))
    if not gives:
        return ""
    if "text" in gives:
        # Of those that give sound or pictures as well, the name tells what they are.
        return "chat" if gives == ["text"] else ""
    return _KINDS.get(gives[0], gives[0])


def _part(said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = said.get(name)
    return part if isinstance(part, Mapping) else {}


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list):
        return []
    return [item for item in value if isinstance(item, str)]


def _first_text(said: Mapping[str, Any], names: tuple[str, ...]) -> str:
    values = (said.get(name) for name in names)
    return next((value for value in values if isinstance(value, str) and value), "")


def _first_count(said: Mapping[str, Any], names: tuple[str, ...]) -> int:
    for name in names:
        value = said.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            if 0 < value <= _MAX_TOKENS:
                return value
    return 0


def _first_date(said: Mapping[str, Any]) -> date | None:
    days = (_as_date(said.get(name)) for name in _END)
    return next((day for day in days if day), None)


def _as_date(value: Any) -> date | None:
    """Read a date as providers write it: ISO, or seconds since 1970."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC).date()
        return date.fromisoformat(value[:10])
    except (TypeError, ValueError, OverflowError, OSError):
        return None
