# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Functions of ``fine_tuning``."""

from odoo.addons.fine_tuning.engine.tuning.profile import Profile, Settings

from .ways import CODES, NOBODY, SETTINGS, Try, made, of, parts

TRIED: dict[str, Try] = {
    "fine_tuning.tuning.profile.problems": Try(
        made(lambda text: (Settings("m", suffix=text), Profile(), text.encode()))
    ),
    "fine_tuning.tuning.progress.progress_of": Try(
        made(
            lambda text: (
                {"status": "failed", "error": {"message": text}},
                [{"message": part, "data": {part: 1}} for part in parts(text)],
                [{"fine_tuned_model_checkpoint": text, "step_number": 1}],
            )
        )
    ),
    "fine_tuning.tuning.refusals.refusal_of_job": Try(of("")),
}
_SENT = NOBODY + "it sends what it is given"
EXCUSED: dict[str, str] = {
    "fine_tuning.tuning.client.TuningApi.__init__": SETTINGS,
    **{
        f"fine_tuning.tuning.client.TuningApi.{name}": _SENT
        for name in (
            *("cancel", "cancel_of", "delete_file", "look", "pause", "resume"),
            *("start", "upload"),
        )
    },
    "fine_tuning.tuning.profile.job_body": SETTINGS,
    "fine_tuning.tuning.profile.merged": SETTINGS,
    "fine_tuning.tuning.progress.Progress.is_over": CODES,
    "fine_tuning.tuning.progress.Progress.percent": CODES,
    "fine_tuning.tuning.refusals.Refusal.__init__": "it keeps what it is given",
    "fine_tuning.tuning.refusals.refusal_of": "what gpt_core cut to 500 characters",
    "fine_tuning.tuning.snapshots.main_model": SETTINGS,
    "fine_tuning.tuning.snapshots.with_model": SETTINGS,
}
