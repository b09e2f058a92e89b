# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Questions that no document of a company answers, to compare others with.

How near the nearest passage is says little by itself: some models put everything close
together, and in many documents something is always near. So it is compared with how
near the same documents come to questions that they cannot answer. Speaker verification
calls that Z-norm, and such questions a cohort of impostors (Auckenthaler, Carey and
Lloyd-Thomas, "Score Normalization for Text-Independent Speaker Verification Systems",
Digital Signal Processing 10, 2000).
"""

import hashlib
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

COHORT = (
    "¿Quién pintó la Mona Lisa?",
    "¿Cuántos planetas hay en el sistema solar?",
    "¿Cómo se prepara un mole poblano?",
    "Cuéntame un chiste.",
    "¿Qué horas son en Tokio?",
    "Traduce al francés «buenas noches».",
    "¿Quién fue Benito Juárez?",
    "¿Cómo quito una mancha de vino de la alfombra?",
    "¿Qué significa soñar con agua?",
    "Recomiéndame una película de terror.",
    "¿Cuándo empieza el horario de verano en Chile?",
    "¿Cómo entreno para un maratón?",
    "¿Cuál es la raíz cuadrada de 144?",
    "¿Cuánto vive una tortuga?",
    "What is the meaning of life?",
    "How tall is Mount Everest?",
    "Write a haiku about the sea.",
    "Who won the chess championship last year?",
    "How do I teach my dog to sit?",
    "Which river is the longest in Africa?",
)
#: Changes with the questions.
COHORT_HASH = hashlib.sha256("\n".join(COHORT).encode()).hexdigest()[:16]
# The least spread: a model may find all of them equally far away.
_LEAST_SPREAD = 0.005


@dataclass(frozen=True)
class Unanswered:
    """How near documents come to questions that they cannot answer.

    :param nearest: the mean similarity of each question's nearest passage
    :param spread: the standard deviation of that
    """

    nearest: float
    spread: float

    @classmethod
    def of(cls, similarities: Sequence[float]) -> "Unanswered":
        """Return what the similarity of each question's nearest passage adds up to."""
        return cls(statistics.fmean(similarities), statistics.pstdev(similarities))

    def standout(self, similarity: float) -> float:
        """Return by how many deviations a passage is nearer than to such questions."""
        return (similarity - self.nearest) / max(self.spread, _LEAST_SPREAD)
