# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a run of a chain looks up, for the ledger's row of that run."""

from dataclasses import dataclass, field, fields, replace

from odoo.addons.gpt_core.utils.prepared_run import PreparedRun


@dataclass
class Lookups:
    """Passages that were found for a run, and the calls that embedded its questions.

    :param masker: of the run; knows the names of the people that it is about
    :param calls: the ``ModelCall`` of ``gpt_core``'s recorder
    """

    masker: object = None
    passages: list = field(default_factory=list)
    calls: list = field(default_factory=list)

    def masked(self, question):
        """Return a question as it is looked up: it leaves Odoo to be embedded."""
        return self.masker.mask(question) if self.masker else question

    def note(self, passages, search):
        self.passages += passages
        self.calls += search.calls


@dataclass(frozen=True)
class KnowledgeRun(PreparedRun):
    """A run that tells what it looked up, however it ends: it was sent and paid for."""

    lookups: Lookups = field(default_factory=Lookups)

    @classmethod
    def of(cls, run, lookups):
        """Return ``run`` with what was, and what will be, looked up for it."""
        own = {item.name: getattr(run, item.name) for item in fields(PreparedRun)}
        # What was found before is what the prompt is handed as {passages}.
        return cls(**own | {"given": tuple(lookups.passages)}, lookups=lookups)

    def run(self):
        outcome = super().run()
        outcome.recorder.calls[:0] = self.lookups.calls
        passages = tuple(self.lookups.passages) or outcome.passages
        return replace(outcome, passages=passages)
