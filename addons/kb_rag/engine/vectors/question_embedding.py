# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A question → its vectors."""

import re

from odoo.addons.gpt_core.engine.privacy.masking import PLACEHOLDER, Masker
from odoo.addons.gpt_core.engine.provider.call_record import CallRecord

from ..retrieval.request import QuestionModels, QuestionVectors
from .embedding import embed_query

# Questions may come with some already.
_PLACEHOLDERS = re.compile(f"({PLACEHOLDER.pattern})")


def embed_question(question: str, models: QuestionModels) -> QuestionVectors:
    """Embed a question with each model; no database is needed.

    A model that does not answer is noted as a problem: words find what they find.
    """
    if not models.embeddings or not question.strip():
        return QuestionVectors(problem=models.problem)
    query = masked_question(question)
    vectors, calls, problem = {}, [], models.problem
    for model_id, model in models.embeddings.items():
        outcome = embed_query(model, models.prefixes.get(model_id, "") + query)
        calls.append(
            CallRecord(
                "question",
                [],
                outcome.usage,
                model_id,
                seconds=outcome.seconds,
                tries=outcome.tries,
                error=outcome.error,
                is_estimated=outcome.is_estimated,
            )
        )
        if outcome.error:
            problem = outcome.error.detail or outcome.error.code
        elif vector := outcome.vectors[0]:
            vectors[model_id] = vector
    return QuestionVectors(vectors, tuple(calls), problem)


def masked_question(question: str) -> str:
    """Return a question as it leaves Odoo: personal data in it are placeholders.

    Those that it has already stay as they are.
    """
    masker = Masker()
    return "".join(
        part if _PLACEHOLDERS.fullmatch(part) else masker.mask(part)
        for part in _PLACEHOLDERS.split(question)
    )
