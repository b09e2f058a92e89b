# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What this addon adds to a chain: a quote of what each value rests on."""

from odoo.addons.gpt_core.engine.chain.spec import (
    AddonSettings,
    ChainSpec,
    OutputSpec,
    StepSpec,
)

from .judgement import QUOTE_SUFFIX


class QuoteSettings(AddonSettings):
    """Whether a chain asks for quotes."""

    quote_values: bool = False


class OutputQuoteSettings(AddonSettings):
    """Whether an output needs a quote, where its chain asks for them."""

    needs_quote: bool = True


def needs_quote(spec: ChainSpec, output: OutputSpec) -> bool:
    """Tell whether the value of an output counts only with a quote."""
    asked = QuoteSettings.of(spec).quote_values and bool(output.field_name)
    return asked and OutputQuoteSettings.of(output).needs_quote


def quoting(spec: ChainSpec) -> ChainSpec:
    """Return a chain that also asks for the quote of each value that needs one."""
    if not QuoteSettings.of(spec).quote_values:
        return spec

    def with_quotes(step: StepSpec) -> StepSpec:
        outputs: list[OutputSpec] = []
        for output in step.outputs:
            outputs.append(output)
            if needs_quote(spec, output):
                outputs.append(_quote_of(output))
        return step.model_copy(update={"outputs": tuple(outputs)})

    return spec.model_copy(update={"steps": tuple(map(with_quotes, spec.steps))})


def _quote_of(output: OutputSpec) -> OutputSpec:
    return OutputSpec(
        name=output.name + QUOTE_SUFFIX,
        ttype="text",
        description=f"The passage that {output.name} rests on, copied letter by "
        "letter: one sentence at most. Null when there is none.",
    )
