# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a provider's tuning API accepts, and what a job asks of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

#: What the official API accepts.
SUFFIX_CHARS = 64
# Of settings that are left to the provider.
AUTO = "auto"


@dataclass(frozen=True)
class Profile:
    """What one kind of provider accepts.

    :param methods: of training
    :param is_nested: hyperparameters stand in ``method``, or else at the top
    :param names: of the hyperparameters, ours and the provider's; others are not sent
    :param suffix_chars: longest suffix, 0 where there is none
    :param suffix_without: characters that a suffix must not have
    :param extra_body: what is sent besides
    :param max_bytes: of a file, 0 where nobody says so
    :param min_examples: of the training file
    """

    methods: tuple[str, ...] = ("supervised", "dpo")
    is_nested: bool = True
    names: Mapping[str, str] = field(default_factory=dict)
    suffix_chars: int = SUFFIX_CHARS
    suffix_without: str = ""
    takes_seed: bool = True
    takes_metadata: bool = True
    extra_body: Mapping[str, Any] = field(default_factory=dict)
    max_bytes: int = 0
    min_examples: int = 10


@dataclass(frozen=True)
class Settings:
    """What is to be trained; hyperparameters that are 0 are the provider's choice."""

    model: str
    method: str = "supervised"
    hyperparameters: Mapping[str, float] = field(default_factory=dict)
    suffix: str = ""
    seed: int | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    """Why a provider would refuse; ``code`` says which sentence tells it."""

    code: str
    value: str = ""
    limit: str = ""


def job_body(
    settings: Settings, profile: Profile, training_file: str, validation_file: str = ""
) -> dict[str, Any]:
    """Return the request that creates a job, with what the profile adds to it."""
    body: dict[str, Any] = {"model": settings.model, "training_file": training_file}
    if validation_file:
        body["validation_file"] = validation_file
    if settings.suffix and profile.suffix_chars:
        body["suffix"] = settings.suffix
    if settings.seed is not None and profile.takes_seed:
        body["seed"] = settings.seed
    if settings.metadata and profile.takes_metadata:
        body["metadata"] = dict(settings.metadata)
    values = {
        profile.names[name]: value
        for name, value in settings.hyperparameters.items()
        if value and name in profile.names
    }
    if profile.is_nested:
        method: dict[str, Any] = {"type": settings.method}
        if values:
            method[settings.method] = {"hyperparameters": values}
        body["method"] = method
    elif values:
        body["hyperparameters"] = values
    return merged(body, profile.extra_body)


def merged(body: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``body`` with ``more`` in it, which counts where both say something."""
    result = dict(body)
    for name, value in more.items():
        known = result.get(name)
        both = isinstance(known, Mapping) and isinstance(value, Mapping)
        result[name] = merged(known, value) if both else value  # type: ignore[arg-type]
    return result


def problems(
    settings: Settings, profile: Profile, training: bytes, validation: bytes = b""
) -> list[Problem]:
    """Return what the provider would refuse, as far as one can tell beforehand."""
    found = []
    if not settings.model.strip():
        found.append(Problem("no_model"))
    if settings.method not in profile.methods:
        found.append(Problem("method", settings.method))
    if len(settings.suffix) > (profile.suffix_chars or SUFFIX_CHARS):
        found.append(Problem("suffix_long", settings.suffix, str(profile.suffix_chars)))
    wrong = sorted(set(settings.suffix) & set(profile.suffix_without))
    if wrong:
        found.append(Problem("suffix_character", settings.suffix, " ".join(wrong)))
    examples = sum(1 for line in training.splitlines() if line.strip())
    if not examples:
        found.append(Problem("no_file"))
    elif examples < profile.min_examples:
        found.append(Problem("few", str(examples), str(profile.min_examples)))
    largest = max(len(training), len(validation))
    if profile.max_bytes and largest > profile.max_bytes:
        found.append(Problem("large", megabytes(largest), megabytes(profile.max_bytes)))
    return found


def megabytes(size: int) -> str:
    """Return a size as people read it."""
    return f"{size / 1_000_000:,.1f} MB"
