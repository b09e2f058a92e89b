# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What this addon adds to a chain: the evidence of each value."""

from odoo.addons.gpt_core.engine.chain.spec import (
    AddonSettings,
    ChainSpec,
    OutputSpec,
    StepSpec,
)

from .evidence_check import QUOTE_SUFFIX


class EvidenceSettings(AddonSettings):
    """Whether a chain requires evidence."""

    require_evidence: bool = False


class OutputEvidenceSettings(AddonSettings):
    """Whether an output needs evidence, where its chain requires it."""

    needs_evidence: bool = True


class OutputOfferSettings(AddonSettings):
    """Whether the value of an output is offered only, for a field that is empty."""

    offer_only: bool = False


def needs_evidence(spec: ChainSpec, output: OutputSpec) -> bool:
    """Tell whether the value of an output counts only with evidence."""
    asked = EvidenceSettings.of(spec).require_evidence and bool(output.field_name)
    return asked and OutputEvidenceSettings.of(output).needs_evidence


def is_offer(output: OutputSpec) -> bool:
    """Tell whether the value of an output waits for somebody to accept it."""
    return OutputOfferSettings.of(output).offer_only


def with_evidence(spec: ChainSpec) -> ChainSpec:
    """Return a chain that also asks for the quote of each value that needs one."""
    if not EvidenceSettings.of(spec).require_evidence:
        return spec

    def quoted(step: StepSpec) -> StepSpec:
        outputs: list[OutputSpec] = []
        for output in step.outputs:
            outputs.append(output)
            if needs_evidence(spec, output):
                outputs.append(_quote_of(output))
        return step.model_copy(update={"outputs": tuple(outputs)})

    return spec.model_copy(update={"steps": tuple(map(quoted, spec.steps))})


def _quote_of(output: OutputSpec) -> OutputSpec:
    return OutputSpec(
        name=output.name + QUOTE_SUFFIX,
        ttype="text",
        description=f"The passage that {output.name} rests on, copied letter by "
        "letter: one sentence at most. Null when there is none.",
    )
