# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Functions of ``fine_tuning``."""

import io
import json

from odoo.addons.fine_tuning.engine.dataset import collection
from odoo.addons.fine_tuning.engine.dataset.layout import Layout
from odoo.addons.fine_tuning.engine.dataset.masking_again import MaskerAgain
from odoo.addons.fine_tuning.engine.dataset.source import Dialogue, SourceExample
from odoo.addons.fine_tuning.engine.file_check.rules import Rules
from odoo.addons.fine_tuning.engine.tuning.profile import Profile, Settings

from .ways import CODES, NOBODY, SETTINGS, Try, made, of, parts

_CHAT = Layout("chat", {"messages": "$messages"})
_RULES = Rules("chat", alternation=True)


def _said(text: str) -> list[dict[str, str]]:
    return [
        {"role": role, "content": part}
        for part in parts(text)
        for role in ("user", "assistant")
    ]


def _line(text: str) -> bytes:
    return json.dumps({"messages": _said(text), text: text}).encode()


def _collected(function, text):
    """Collect one example of the text, and a copy of it."""

    def call() -> None:
        with collection.Collection(collection.Settings(_CHAT, share=0.5)) as made_of:
            for number in (1, 2):
                function(
                    made_of, SourceExample(number, _said(text), names=(text[:50],))
                )

    return call


TRIED: dict[str, Try] = {
    "fine_tuning.dataset.collection.Collection.add": Try(_collected),
    "fine_tuning.dataset.layout.as_line": Try(of()),
    "fine_tuning.dataset.layout.lines_of": Try(
        made(
            lambda text: (
                Layout("thumbs", {text: "$prompt", "x": "$label"}),
                Dialogue(_said(text), text, text + "."),
                text,
                "up",
            )
        )
    ),
    "fine_tuning.dataset.masking_again.MaskerAgain.__init__": Try(
        made(lambda text: (object.__new__(MaskerAgain), [text], [text[:50]]))
    ),
    "fine_tuning.dataset.masking_again.MaskerAgain.mask": Try(
        made(lambda text: (MaskerAgain([text], ["Ana López"]), text))
    ),
    "fine_tuning.dataset.source.dialogue_of": Try(
        made(lambda text: (SourceExample(1, _said(text), text, text),))
    ),
    "fine_tuning.file_check.file_check.check_files": Try(
        made(lambda text: ([("x", io.BytesIO(_line(text)))], _RULES)),
        made(
            lambda text: ([("x", io.BytesIO(text.encode("utf-8", "replace")))], _RULES)
        ),
    ),
    "fine_tuning.file_check.line_check.line_problems": Try(
        lambda function, text: lambda: list(function(_line(text), _RULES)),
    ),
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
    "fine_tuning.dataset.collection.Collection.__init__": SETTINGS,
    "fine_tuning.dataset.collection.Collection.write_to": "it copies what was added",
    "fine_tuning.dataset.layout.LayoutError.__init__": "it keeps what it is given",
    "fine_tuning.dataset.layout.check_layout": SETTINGS,
    "fine_tuning.dataset.source.LeftOutError.__init__": CODES,
    "fine_tuning.dataset.split.rank": NOBODY + "it looks at a digest",
    "fine_tuning.dataset.split.validation_places": NOBODY + "it looks at digests",
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
