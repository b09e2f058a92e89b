# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Compares what is found in sentences with what should have been."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from odoo.addons.gpt_core.engine.privacy import pii

from .pii_corpus import Expected, Sentence


@dataclass
class Score:
    """The outcome over a set of sentences.

    :param total: expected values per label; ``found`` those wholly masked
    :param whole: values wholly masked with all that may go with them, per label
    :param relabelled: wholly masked, under another label (label wanted, value)
    :param missed: values of which something remains (label, value, sentence)
    :param false_hits: findings where nothing is personal (label, value, sentence)
    :param other: findings on other personal data that was not looked for
    :param too_much: findings that take more than the value and what may go with it
    """

    total: Counter = field(default_factory=Counter)
    found: Counter = field(default_factory=Counter)
    whole: Counter = field(default_factory=Counter)
    relabelled: list[tuple[str, str]] = field(default_factory=list)
    missed: list[tuple[str, str, str]] = field(default_factory=list)
    false_hits: list[tuple[str, str, str]] = field(default_factory=list)
    too_much: list[tuple[str, str, str]] = field(default_factory=list)
    other: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of the expected values of which nothing remains, 0 to 1."""
        return sum(self.found.values()) / max(sum(self.total.values()), 1)


def score(sentences: Iterable[Sentence]) -> Score:
    """Look for personal data in every sentence and compare."""
    result = Score()
    for sentence in sentences:
        findings = pii.find(sentence.text)
        for expected in sentence.expected:
            _count(result, sentence.text, expected, findings)
        for finding in findings:
            _judge(result, sentence, finding)
    return result


def _count(
    result: Score, text: str, expected: Expected, findings: list[pii.PiiSpan]
) -> None:
    value = text[expected.start : expected.end]
    result.total[expected.label] += 1
    covering = [
        finding
        for finding in findings
        if finding.start < expected.last and expected.first < finding.end
    ]
    if _remains(text, expected.start, expected.end, covering):
        result.missed.append((expected.label, value, text))
        return
    result.found[expected.label] += 1
    if not _remains(text, expected.first, expected.last, covering):
        result.whole[expected.label] += 1
    if expected.label not in {finding.label for finding in covering}:
        result.relabelled.append((expected.label, value))


def _judge(result: Score, sentence: Sentence, finding: pii.PiiSpan) -> None:
    hit = (finding.label, sentence.text[finding.start : finding.end], sentence.text)
    allowed = [
        pii.PiiSpan(expected.label, expected.first, expected.last)
        for expected in sentence.expected
        if expected.first < finding.end and finding.start < expected.last
    ]
    if not allowed:
        if any(o.start < finding.end and finding.start < o.end for o in sentence.other):
            result.other.append(hit)
        else:
            result.false_hits.append(hit)
    elif _remains(sentence.text, finding.start, finding.end, allowed):
        result.too_much.append(hit)


def _remains(text: str, start: int, end: int, covering: list[pii.PiiSpan]) -> bool:
    """Whether a letter or digit of ``text[start:end]`` is in none of ``covering``."""
    return any(
        text[place].isalnum()
        and not any(finding.start <= place < finding.end for finding in covering)
        for place in range(start, end)
    )
