# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from base64 import b64decode
from hashlib import sha256
from uuid import UUID

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.gpt_core.utils.enqueue import delayed
from odoo.addons.gpt_core.utils.transaction import clean_superuser, own_transaction
from odoo.addons.queue_job.exception import RetryableJobError

from .gpt_tuning_job import ACTIVE

# Seconds until the next try to delete them.
RETRY_SECONDS = 60


class GptTuningFiles(models.AbstractModel):
    """The files of a tuning job: what they are, and their end at the provider."""

    _name = "gpt.tuning.files"
    _description = "GPT Tuning Files"

    @api.model
    def _of(self, job):
        """Return the training and the validation file."""
        data = job.dataset_id.with_context(bin_size=False)
        return tuple(_decoded(data[name]) for name in ("train_file", "valid_file"))

    @api.model
    def _name_of(self, job, kind, content):
        """Return a name that no other file has: by it, a lost one is found."""
        params = self.env["ir.config_parameter"].sudo()  # sudo: to tell databases apart
        database = UUID(params.get_param("database.uuid")).hex[:8]
        return f"{kind}-{database}-{job.id}-{sha256(content).hexdigest()[:12]}.jsonl"

    @api.model
    def _delete(self, job):
        job.check_access("write")
        if job.state in ACTIVE:
            raise UserError(
                self.env._("The provider still needs the files. Cancel the job first.")
            )
        job = clean_superuser(job)
        delayed(
            job,
            identity_key=f"gpt-tuning-files-{job.id}",
            description=self.env._("Delete the files of %(name)s", name=job.name),
        )._delete_files_job()

    @api.model
    def _run_delete(self, job):
        """Delete the files of a job at its provider, one after the other."""
        from ..engine.tuning.client import TuningApi
        from ..engine.tuning.refusals import Refusal

        endpoint, refs = self._begin_delete(job)
        for ref in refs:
            try:
                TuningApi(endpoint).delete_file(ref)
            except Refusal as refusal:
                self._keep_not_deleted(job, ref, refusal)
                if refusal.is_passing:
                    raise RetryableJobError(
                        refusal.code, seconds=RETRY_SECONDS
                    ) from refusal
                return
        self._keep_deleted(job)

    @own_transaction
    def _begin_delete(self, job):
        refs = [ref for ref in (job.train_file_ref, job.valid_file_ref) if ref]
        return job.provider_id._endpoint(), refs

    @own_transaction
    def _keep_not_deleted(self, job, ref, refusal):
        text = self.env["gpt.tuning.problem"]._text(refusal.code, refusal.detail)
        note = self.env._("Not deleted: %(file)s. %(why)s", file=ref, why=text)
        self.env["gpt.tuning.follow"]._tell(job, note, "warn")

    @own_transaction
    def _keep_deleted(self, job):
        job.write(
            {"train_file_ref": False, "valid_file_ref": False, "files_deleted": True}
        )
        note = self.env._("The files were deleted at the provider.")
        self.env["gpt.tuning.follow"]._tell(job, note)


def _decoded(value):
    return b64decode(value or b"")
