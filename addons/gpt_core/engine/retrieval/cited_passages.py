# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which passages an answer rests on, as the model says itself.

Whether any of the passages that were found answers the question is nothing that a
similarity can tell. So the model names those that it used: by their numbers in the
output ``cited``, or by marks such as ``[1]`` in its text. A number that no passage has
counts as none.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ..chain.spec import ChainSpec, OutputSpec, StepSpec

#: The outputs by which a structured answer says what it is, and what it rests on.
KIND, CITED = "kind", "cited"
#: What a text may be, as the output ``kind`` says.
ANSWER = "answer"
#: Texts that state nothing, and so need no passage.
UNSOURCED_KINDS = ("small_talk", "clarification", "acknowledgement")
# What a text is by its output ``action``, where there is no output ``kind``.
_KIND_OF_ACTION = {"ask": "clarification", "handoff": "handoff"}

#: Marks of passages in a text: ``[1]``, ``[1, 3]``, ``[1 y 3]``, and as some models
#: write them although they were told otherwise: ``【1】``, ``【1†source】``.
MARK = re.compile(
    r"[\[［【](\d{1,3}(?:(?: ?[,;&–-] ?| (?:y|e|and) )\d{1,3}){0,9})"
    r"(?:†[^\[\]【】\n]{0,80})?[\]］】]"
)
_NUMBER = re.compile(r"\d{1,3}(?!\d)")

CITED_OUTPUT = OutputSpec(
    name=CITED,
    ttype="list",
    required=True,
    description="The numbers of the passages that the answer rests on, such as 1; "
    "empty when no passage answers.",
)
CITING_RULE = (
    "Only say what the numbered passages in the user's message support. Put after each "
    "sentence the number of the passage that it rests on, like [1]; keep such numbers "
    "of a text that you are given. When no passage answers, say so, and cite none."
)


def marked_numbers(text: str) -> list[int]:
    """Return the numbers of the passages that a text marks, in order."""
    return [int(n) for mark in MARK.finditer(text) for n in _NUMBER.findall(mark[1])]


def kind_of(data: Mapping[str, Any] | None) -> str:
    """Return what a text is: ``answer``, or one of :data:`UNSOURCED_KINDS`.

    Without an output ``kind``, an output ``action`` with the value ``ask`` makes it a
    clarification, one with ``handoff`` nothing that anybody is told. A text of a chain
    that has neither is an answer.
    """
    data = data or {}
    by_action = _KIND_OF_ACTION.get(str(data.get("action") or ""))
    if by_action == "handoff":
        return by_action
    kind = data.get(KIND)
    if kind == ANSWER or kind in UNSOURCED_KINDS:
        return str(kind)
    return by_action or ANSWER


def cited_numbers(
    text: str, data: Mapping[str, Any] | None, count: int
) -> tuple[int, ...]:
    """Return the numbers of the passages that an answer names, sorted.

    :param text: the answer of a chain without structured output
    :param data: the structured output, if there is one
    :param count: how many passages there were, numbered from 1
    """
    named = set(marked_numbers(text)) if data is None else set(_named_in(data))
    return tuple(sorted(number for number in named if 1 <= number <= count))


def _named_in(data: Mapping[str, Any]) -> Iterable[int]:
    for name, value in data.items():
        items = value if isinstance(value, list) else [value]
        for item in items:
            if name == CITED:
                # "1", 1, "[1]"; a list may be given as one text.
                yield from map(int, _NUMBER.findall(str(item)))
            elif isinstance(item, str):
                yield from marked_numbers(item)


def lacks_source(data: Mapping[str, Any] | None, cited: tuple[int, ...]) -> bool:
    """Tell whether a text states something and names no passage that it rests on."""
    return kind_of(data) == ANSWER and not cited


def says_its_kind(spec: ChainSpec) -> bool:
    """Tell whether a chain's answer says what it is."""
    return any(output.name == KIND for output in spec.answering_step.outputs)


def citing(spec: ChainSpec) -> ChainSpec:
    """Return a chain whose steps name the passages that they use.

    A step with structured output that has no output ``cited`` gets one, and a step that
    writes text is told to mark the passages.
    """
    steps = tuple(map(_citing_step, spec.steps))
    return spec.model_copy(update={"steps": steps})


def _citing_step(step: StepSpec) -> StepSpec:
    if not step.gives_answer:
        return step
    if step.outputs:
        if any(output.name == CITED for output in step.outputs):
            return step
        return step.model_copy(update={"outputs": (*step.outputs, CITED_OUTPUT)})
    prompt = "\n\n".join(filter(None, [step.system_prompt, CITING_RULE]))
    return step.model_copy(update={"system_prompt": prompt})
