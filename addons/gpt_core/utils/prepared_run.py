# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A run of a chain that needs no cursor any more."""

import logging
from dataclasses import dataclass, field

from ..engine.errors import GptError

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class PreparedRun:
    """What it takes to ask the models, read from the database beforehand.

    :param spec: a :class:`~..engine.chain.spec.ChainSpec`, ``None`` with a ``problem``
    :param models: each step's :class:`~..engine.chain.asking.StepModel`, by its name
    :param values: the chain's inputs
    :param masker: the :class:`~..engine.privacy.masking.Masker` of the conversation
    :param retriever: the :class:`~..engine.retrieval.retriever.Retriever` of the
        chain's retrieve steps; ``None``: they find nothing
    :param given: the :class:`~..engine.retrieval.retriever.Retrieval` of which the
        value ``passages`` was made, if it was
    :param few_shot: the approved examples that it may show, a
        :class:`~..engine.examples.few_shot.FewShot`; ``None``: none
    :param problem: why it cannot run; it fails with this without asking anybody
    """

    spec: object = None
    models: dict = field(default_factory=dict)
    values: dict = field(default_factory=dict)
    masker: object = None
    retriever: object = None
    given: object = None
    few_shot: object = None
    problem: GptError | None = None

    def run(self):
        """Ask the models; return an :class:`~..engine.chain.run.Outcome`."""
        from ..engine.chain.recorder import Recorder
        from ..engine.chain.run import Outcome, run_chain

        if self.problem:
            recorder = Recorder()
            if self.given:
                recorder.add_retrieval(self.given)
            return Outcome(recorder, error=self.problem)
        outcome = run_chain(
            self.spec,
            self.models,
            self.values,
            self.masker,
            self.retriever,
            self.given,
            self.few_shot,
        )
        if outcome.error and outcome.error.code == "internal":
            _logger.error(
                "chain %s failed", self.spec.code, exc_info=outcome.error.__cause__
            )
        return outcome
