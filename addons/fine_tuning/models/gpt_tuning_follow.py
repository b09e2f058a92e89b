# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import psycopg2

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.gpt_core.engine.errors import GptError
from odoo.addons.gpt_core.engine.processes.run_lock import run_lock
from odoo.addons.gpt_core.utils.enqueue import delayed
from odoo.addons.gpt_core.utils.transaction import clean_superuser, own_transaction
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.utils import must_run_without_delay

from ..engine.tuning.profile import job_body, problems
from .gpt_tuning_job import ACTIVE

# Seconds until the next look: soon at first, later each minute.
FIRST_LOOK, LONGEST_LOOK = 5, 60
# Seconds until the next try after a passing fault, and how often it is tried.
FIRST_TRY, LONGEST_TRY = 30, 1800
MOST_TRIES = {True: 40, False: 8}  # by whether a job runs at the provider
BUSY_SECONDS = 10
# A queue's job that is late for so long is not there any more.
LATE_MINUTES = 15
# Without a queue nothing waits: the cron job goes on.
LOOKS_WITHOUT_QUEUE = 20


class Step(NamedTuple):
    """What is asked of the provider next, and with what."""

    kind: str
    endpoint: Any
    arguments: tuple = ()
    is_retry: bool = False


class GptTuningFollow(models.AbstractModel):
    """Takes a tuning job from its files to its end, one question at a time.

    Each question has three phases: a transaction reads what to ask and notes that it is
    asked, the provider is asked while no transaction of ours is open, and another one
    keeps what came. So a job that is killed goes on where it was: what may have been
    made already is looked for before it is made.
    """

    _name = "gpt.tuning.follow"
    _description = "GPT Tuning Jobs at Work"

    # What users want

    @api.model
    def _start(self, job):
        job.check_access("write")
        if job.state in ACTIVE or job.state == "done":
            raise UserError(
                self.env._(
                    "%(name)s was started already. Duplicate it to train anew.",
                    name=job.name,
                )
            )
        if job.remote_id and not job.is_over_there:
            raise UserError(
                self.env._(
                    "%(name)s may still run at the provider. Press Follow Again, or "
                    "Cancel, before you start another one.",
                    name=job.name,
                )
            )
        self._check(job)
        # sudo: gpt.tuning.job - its course is written here only
        job = job.sudo()
        job.event_ids.unlink()
        job.metric_ids.unlink()
        job.checkpoint_ids.unlink()
        job.write(
            {
                "state": "uploading",
                "attempt": job.attempt + 1,
                "example_ids": [Command.set(job.dataset_id.example_ids.ids)],
                "erased_at": False,
                "progress": 1,
                "started_at": fields.Datetime.now(),
                "ended_at": False,
                "ends_at": False,
                "train_file_ref": False,
                "valid_file_ref": False,
                "files_deleted": False,
                "remote_id": False,
                "is_over_there": False,
                "problem_code": False,
                "problem_detail": False,
                "asked": False,
                "wanted": False,
                "tries": 0,
                "step": 0,
                "total_steps": 0,
                "trained_tokens": 0,
                "training_cost": 0,
            }
        )
        self._enqueue(job)

    @api.model
    def _check(self, job):
        """Refuse to start what the provider would refuse, in words that help."""
        # sudo: gpt.provider - whether there is a key, not which
        if not job.provider_id.sudo().is_ready:
            raise UserError(self.env["gpt.tuning.problem"]._text("not_configured"))
        training, validation = self.env["gpt.tuning.files"]._of(job)
        found = problems(
            job._settings(), job.profile_id._profile(), training, validation
        )
        if found:
            words = self.env["gpt.tuning.problem"]
            raise UserError("\n".join(words._before(problem) for problem in found))

    @api.model
    def _want(self, job, wanted):
        """Note what a user wants, and have it done at once."""
        job.check_access("write")
        if job.state == "draft" and wanted == "cancel":
            job.sudo().state = "cancelled"
            return
        is_lost = job.state == "failed" and job.remote_id and not job.is_over_there
        if job.state not in ACTIVE and not (is_lost and wanted == "cancel"):
            raise UserError(self.env._("%(name)s is not at work.", name=job.name))
        # sudo: gpt.tuning.job - its course is written here only
        job = job.sudo()
        values = {"wanted": wanted, "tries": 0}
        if is_lost:
            values |= {"state": "queued", "problem_code": False}
        job.write(values)
        self._enqueue(job)

    @api.model
    def _again(self, job):
        """Look at a job now, also at one that was given up."""
        job.check_access("write")
        if not (job.state in ACTIVE or (job.remote_id and not job.is_over_there)):
            raise UserError(
                self.env._(
                    "There is nothing to follow at the provider. Press Start Again to "
                    "train anew."
                )
            )
        # sudo: gpt.tuning.job - its course is written here only
        job = job.sudo()
        values = {"tries": 0, "problem_code": False, "problem_detail": False}
        if job.state not in ACTIVE:
            values |= {"state": "queued", "ended_at": False}
        job.write(values)
        self._enqueue(job)

    @api.model
    def _enqueue(self, job, seconds=0):
        """Have the queue do the next thing for a job, in so many seconds."""
        job = clean_superuser(job)
        number = job.round + 1
        if must_run_without_delay(job.env) and number % LOOKS_WITHOUT_QUEUE == 0:
            seconds = max(seconds, LONGEST_LOOK)
            job.write({"round": number, "next_look": _in(seconds)})
            return
        job.write({"round": number, "next_look": _in(seconds)})
        job.job_uuid = (
            delayed(
                job,
                eta=seconds or None,
                identity_key=f"gpt-tuning-{job.id}-{number}",
                description=self.env._("Tuning job: %(name)s", name=job.name),
            )
            ._follow_job(number)
            .uuid
        )

    @api.model
    def _cron_follow(self):
        """Go on with the jobs that nobody follows any more."""
        late = fields.Datetime.now() - timedelta(minutes=LATE_MINUTES)
        if must_run_without_delay(self.env):
            late = fields.Datetime.now()
        jobs = self.env["gpt.tuning.job"].search(
            [("state", "in", ACTIVE), ("next_look", "<", late)]
        )
        for job in jobs:
            self._enqueue(job)

    # The queue's job

    @api.model
    def _run(self, job, number):
        """Do one thing after the other, until the provider has to work on it."""
        with run_lock(self.env.cr.dbname, f"gpt-tuning-{job.id}") as is_alone:
            if not is_alone:
                raise RetryableJobError(
                    "the provider is being asked",
                    seconds=BUSY_SECONDS,
                    ignore_retry=True,
                )
            try:
                while self._one_step(job, number):
                    continue
            except (RetryableJobError, psycopg2.Error):
                raise
            except Exception:
                # A fault of ours: it is shown, and the job does not wait for ever.
                self._give_up(job)
                raise

    @api.model
    def _one_step(self, job, number):
        """Ask one thing; tell whether the next one is to be asked at once."""
        from ..engine.tuning.client import TuningApi
        from ..engine.tuning.refusals import Refusal

        try:
            step = self._begin(job, number)
        except GptError as error:
            return self._refused(job, None, Refusal("not_configured", error.detail))
        if step is None:
            return False
        try:
            # The provider is asked here, while no cursor of ours is open.
            answer = _ask(TuningApi(step.endpoint), step)
        except Refusal as refusal:
            return self._refused(job, step.kind, refusal)
        return self._keep(job, step.kind, answer)

    @own_transaction
    def _begin(self, job, number):
        """Return the next :class:`Step`, and note that it is asked; ``None``: none."""
        job = job.exists()
        if not job or job.state not in ACTIVE or job.round != number:
            return None
        kind, arguments = self._next(job)
        if kind is None:
            self._end(job, "cancelled")
            return None
        is_retry = job.asked == kind or (kind == "train" and job.attempt > 1)
        if kind == "valid" and job.attempt > 1:
            is_retry = True
        if job.asked != kind:
            job.asked = kind
        return Step(kind, job.provider_id._endpoint(), arguments, is_retry)

    @api.model
    def _next(self, job):
        """Return what is asked next, and with what."""
        if job.wanted == "cancel":
            if job.remote_id:
                return "cancel", (job.remote_id,)
            if job.asked == "start":
                return "cancel_of", (job.train_file_ref,)
            return None, ()
        if job.remote_id:
            known = job.event_ids.filtered("remote_id")[:1].remote_id or ""
            if job.wanted:
                return job.wanted, (job.remote_id,)
            return "look", (job.remote_id, known)
        files = self.env["gpt.tuning.files"]
        training, validation = files._of(job)
        if not job.train_file_ref:
            return "train", (files._name_of(job, "train", training), training)
        if validation and not job.valid_file_ref:
            return "valid", (files._name_of(job, "valid", validation), validation)
        body = job_body(
            job._settings(),
            job.profile_id._profile(),
            job.train_file_ref,
            job.valid_file_ref or "",
        )
        return "start", (body,)

    @own_transaction
    def _keep(self, job, kind, answer):
        """Keep what came; tell whether to go on at once."""
        job = job.exists()
        if not job:
            return False
        job.write({"asked": False, "tries": 0})
        if kind in ("train", "valid"):
            job.write({f"{kind}_file_ref": answer, "progress": job.progress + 1})
            self._tell(job, self.env._("Uploaded: %(file)s", file=answer))
            return True
        if kind == "cancel_of" and answer is None:
            self._end(job, "cancelled")
            return False
        if job.wanted == kind or kind == "cancel_of":
            job.wanted = False
        self.env["gpt.tuning.progress"]._keep(job, answer)
        if answer.is_over:
            self._end(job, answer.state, answer)
        elif job.wanted:
            return True
        else:
            looks = min(job.round - 1, 10)
            self._enqueue(job, min(FIRST_LOOK * 2**looks, LONGEST_LOOK))
        return False

    @own_transaction
    def _refused(self, job, kind, refusal):
        """Wait and try again, or end the job, after the provider did not do it."""
        job = job.exists()
        if not job or job.state not in ACTIVE:
            return False
        if kind in ("pause", "resume") and not refusal.is_passing:
            job.write({"wanted": False, "asked": False})
            text = self.env["gpt.tuning.problem"]._text(refusal.code, refusal.detail)
            self._tell(job, text, "warn")
            self._enqueue(job, LONGEST_LOOK)
            return False
        if refusal.is_passing and job.tries < MOST_TRIES[bool(job.remote_id)]:
            wait = min(FIRST_TRY * 2 ** min(job.tries, 10), LONGEST_TRY)
            wait = min(max(wait, int(refusal.retry_after or 0)), LONGEST_TRY)
            if not job.tries:
                text = self.env._(
                    "No answer; it is asked again, nothing is made twice. %(detail)s",
                    detail=refusal.detail,
                )
                self._tell(job, text, "warn")
            job.tries += 1
            self._enqueue(job, wait)
            return False
        if refusal.code == "job_gone":
            job.is_over_there = True
        self._end(job, "failed", problem=refusal)
        return False

    @own_transaction
    def _give_up(self, job):
        from ..engine.tuning.refusals import Refusal

        job = job.exists()
        if job and job.state in ACTIVE:
            self._end(job, "failed", problem=Refusal("internal"))

    @api.model
    def _end(self, job, state, answer=None, problem=None):
        """Put a job into its last state, with a clear text."""
        problem = problem or (answer and answer.problem)
        values = {
            "state": state,
            "wanted": False,
            "asked": False,
            "is_paused": False,
            "ended_at": fields.Datetime.now(),
            "next_look": False,
        }
        if answer:
            values["is_over_there"] = True
        if state == "failed":
            values |= {
                "problem_code": problem.code if problem else "training_failed",
                "problem_detail": problem.detail if problem else False,
            }
        job.write(values)
        words = {
            "done": self.env._("Done: %(model)s", model=job.tuned_name or ""),
            "cancelled": self.env._("Cancelled."),
            "failed": job.problem or "",
        }
        self._tell(job, words[state], "error" if state == "failed" else "info")
        if state == "done":
            self.env["gpt.tuning.progress"]._enter_model(job)

    @api.model
    def _tell(self, job, message, level="info"):
        self.env["gpt.tuning.event"].create(
            {
                "job_id": job.id,
                "at": fields.Datetime.now(),
                "level": level,
                "message": message,
            }
        )


def _ask(api, step):
    """Ask the provider one thing; return what came."""
    if step.kind in ("train", "valid"):
        return api.upload(*step.arguments, is_retry=step.is_retry)
    if step.kind == "start":
        return api.start(*step.arguments, is_retry=step.is_retry)
    return getattr(api, step.kind)(*step.arguments)


def _in(seconds):
    now = datetime.now(UTC).replace(tzinfo=None)
    return now + timedelta(seconds=seconds)
