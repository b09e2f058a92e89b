# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import tempfile
from contextlib import ExitStack

from odoo import api, fields, models

from odoo.addons.gpt_core.utils.transaction import (
    is_connection_lost,
    own_transaction,
    run_alone,
)

from ..engine.dataset.collection import Collection, Settings
from ..engine.file_check.file_check import check_files
from ..utils.streamed_attachment import attach_file
from .gpt_dataset_problem import FILES

MIMETYPE = "application/jsonl"
# Reading the examples takes most of the time.
READ = 80
# Rows that are kept of what was left out.
_ROWS = 1000


class GptDatasetExport(models.AbstractModel):
    """The job that writes the files of a data set.

    Examples are read in batches, each in a short transaction of its own; their texts go
    to a file on disk, and the finished files into the filestore, so that a hundred
    thousand of them need no more memory than some tens of megabytes.
    """

    _name = "gpt.dataset.export"
    _description = "Export of Data Sets"

    @api.model
    def _run(self, dataset):
        with run_alone(self.env):
            try:
                settings = self._begin(dataset)
                if settings:
                    self._export(dataset, settings)
            except Exception as error:
                if not is_connection_lost(error):  # or else the job is run again
                    self._fail(dataset, error)
                raise

    @api.model
    @own_transaction
    def _begin(self, dataset):
        """Note what is exported; return the engine's settings, ``None`` if gone."""
        dataset = dataset.exists()
        if not dataset or not dataset.is_running:
            return None
        examples = self.env["gpt.dataset.source"]._readable(dataset)
        approved = examples.search_count(dataset._approved_domain())
        found = examples.search_count(dataset._example_domain())
        dataset.write(
            {
                "version_id": dataset.chain_id.published_version_id.id,
                "found_count": found,
                "filtered_count": approved - found,
            }
        )
        record = self.env["gpt.dataset.format"]._of(dataset.format)
        return {
            "engine": Settings(
                layout=record._layout(),
                share=dataset.valid_share,
                seed=dataset.seed,
                max_lines=record.max_examples,
                max_tokens=dataset.model_id.context_window,
                has_mark=record.byte_order_mark,
            ),
            "rules": record._rules(),
            "found": found,
        }

    @api.model
    def _export(self, dataset, settings):
        with ExitStack() as stack:
            collection = stack.enter_context(Collection(settings["engine"]))
            self._collect(dataset, collection, settings["found"])
            collection.split()
            files, written = [], []
            for (name, _label), validation in zip(FILES, (False, True), strict=True):
                file = stack.enter_context(tempfile.TemporaryFile())
                written.append(collection.write_to(file, validation))
                file.seek(0)
                files.append((name, file))
            self._show_progress(dataset, READ + 10)
            outcome = check_files(files, settings["rules"])
            self._show_progress(dataset, READ + 15)
            self._finish(dataset, files, written, collection, outcome)

    @api.model
    def _collect(self, dataset, collection, found):
        done = last = 0
        while batch := self._read(dataset, last):
            for example in batch:
                collection.add(example)
            done, last = done + len(batch), batch[-1].id
            self._show_progress(dataset, min(READ, READ * done // (found or 1)))

    @api.model
    @own_transaction
    def _read(self, dataset, last):
        return self.env["gpt.dataset.source"]._batch(dataset, last)

    @api.model
    @own_transaction
    def _show_progress(self, dataset, percent):
        dataset.exists().progress = percent

    @api.model
    @own_transaction
    def _finish(self, dataset, files, written, collection, outcome):
        """Attach the files, and say how it went."""
        dataset = dataset.exists()
        if not dataset:
            return
        train, valid = written
        for field_name, (name, file), made in zip(
            ("train_file", "valid_file"), files, written, strict=True
        ):
            if made.example_ids:
                attach_file(dataset, field_name, file, name, MIMETYPE)
        self._link_examples(dataset, {*train.example_ids, *valid.example_ids})
        self._note_problems(dataset, written, collection, outcome)
        problem = False
        if outcome.count:
            problem = self.env._(
                "%(count)s rules of the format are broken; the list says where. Mend "
                "the examples, or choose another format, and export again.",
                count=outcome.count,
            )
        dataset.write(
            {
                "state": "failed" if problem else "done",
                "problem": problem,
                "progress": 100,
                "train_count": len(train.example_ids),
                "valid_count": len(valid.example_ids),
                "train_tokens": train.tokens,
                "valid_tokens": valid.tokens,
                "left_out": dict(collection.left_out),
                "violation_count": outcome.count,
                "exported_at": fields.Datetime.now(),
            }
        )

    @api.model
    def _link_examples(self, dataset, example_ids):
        """Note which examples are in the files; there may be a hundred thousand."""
        field = dataset._fields["example_ids"]
        known = self.env["gpt.example"].browse(example_ids).exists()
        columns = f"{field.column1}, {field.column2}"
        self.env.cr.execute_values(
            f"INSERT INTO {field.relation} ({columns}) VALUES %s",
            [(dataset.id, example_id) for example_id in known.ids],
        )
        dataset.invalidate_recordset(["example_ids"])

    @api.model
    def _note_problems(self, dataset, written, collection, outcome):
        rows = []
        lines = {
            name: made.example_ids
            for (name, _label), made in zip(FILES, written, strict=True)
        }
        for violation in outcome.violations:
            ids = lines[violation.file]
            is_line = 0 < violation.line <= len(ids)
            rows.append(
                {
                    "kind": "violation",
                    "code": violation.code,
                    "detail": violation.detail,
                    "file": violation.file,
                    "line": violation.line,
                    "example_id": ids[violation.line - 1] if is_line else False,
                }
            )
        left_out = [
            {"kind": "left_out", "code": reason, "example_id": example_id}
            for reason, ids in collection.left_out_ids.items()
            for example_id in ids
        ]
        rows += left_out[:_ROWS]
        ids = {row["example_id"] for row in rows} - {False}
        known = {False, *self.env["gpt.example"].browse(ids).exists().ids}
        self.env["gpt.dataset.problem"].create(
            [
                row | {"dataset_id": dataset.id}
                for row in rows
                if row["example_id"] in known
            ]
        )

    @api.model
    @own_transaction
    def _fail(self, dataset, error):
        dataset.exists().write(
            {
                "state": "failed",
                "problem": self.env._(
                    "The export broke off. Try again; if it happens again, show this "
                    "to who looks after Odoo: %(error)s",
                    error=type(error).__name__,
                ),
            }
        )
